using System.Collections.Generic;

namespace PasswordOps.Core.Contacts;

/// <summary>The port through which contact sheets are written.</summary>
public interface ISheetWriter
{
    /// <summary>
    /// Begins a sheet. It appears under its name only when it is complete, readable by its owner alone; until then nothing of that name is
    /// touched.
    /// </summary>
    /// <param name="path">File.</param>
    /// <param name="header">Column names.</param>
    /// <param name="delimiter">Comma, semicolon or tab.</param>
    /// <param name="overwrite">True when a file of that name may be replaced.</param>
    /// <returns>The sheet; dispose it.</returns>
    /// <exception cref="PasswordOpsException"><c>FileExists</c>, <c>FileNotWritable</c>.</exception>
    ISheetOutput Create(string path, IReadOnlyList<string> header, char delimiter, bool overwrite);
}
