using System.Threading;

namespace PasswordOps.Core.Contacts;

/// <summary>The port through which a contact sheet is read.</summary>
public interface ISheetReader
{
    /// <summary>Opens a sheet, finds out its encoding and delimiter and reads its header.</summary>
    /// <param name="path">File.</param>
    /// <param name="options">How its columns are to be taken.</param>
    /// <returns>The sheet; dispose it.</returns>
    /// <exception cref="PasswordOpsException">
    /// <c>SheetNotFound</c>, <c>SheetUnreadable</c>, <c>SheetEmpty</c>, <c>SheetBinary</c>, <c>SheetHeaderMissing</c>,
    /// <c>SheetColumnUnknown</c>, <c>SheetColumnDoubled</c>.
    /// </exception>
    ISheet Open(string path, SheetOptions options);

    /// <summary>What tells one state of a file from another: the SHA-256 of its bytes, as hexadecimal digits.</summary>
    /// <param name="path">File.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <returns>64 digits.</returns>
    /// <exception cref="PasswordOpsException"><c>SheetNotFound</c>, <c>SheetUnreadable</c>.</exception>
    string Digest(string path, CancellationToken stop);
}
