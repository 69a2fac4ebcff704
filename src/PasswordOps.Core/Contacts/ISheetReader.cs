using System.Collections.Generic;

namespace PasswordOps.Core.Contacts;

/// <summary>The port through which a contact sheet is read.</summary>
public interface ISheetReader
{
    /// <summary>Opens a sheet, finds out its encoding and delimiter and reads its header.</summary>
    /// <param name="path">File.</param>
    /// <returns>The sheet; dispose it.</returns>
    /// <exception cref="PasswordOpsException">
    /// <c>SheetNotFound</c>, <c>SheetUnreadable</c>, <c>SheetEmpty</c>, <c>SheetBinary</c>, <c>SheetHeaderMissing</c>,
    /// <c>SheetColumnUnknown</c>, <c>SheetColumnDoubled</c>.
    /// </exception>
    ISheet Open(string path);
}
