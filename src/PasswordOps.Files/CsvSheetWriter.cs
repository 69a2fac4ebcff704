using System;
using System.Collections.Generic;
using PasswordOps.Core.Contacts;

namespace PasswordOps.Files;

/// <summary>
/// Writes contact sheets that Excel and <see cref="CsvSheetReader"/> read: UTF-8 with a byte order mark, without which Excel takes it for
/// another encoding. A sheet is written beside its place and put there in one step when it is complete.
/// </summary>
public sealed class CsvSheetWriter : ISheetWriter
{
    /// <inheritdoc/>
    public ISheetOutput Create(string path, IReadOnlyList<string> header, char delimiter, bool overwrite) =>
        delimiter is ',' or ';' or '\t'
            ? new CsvSheetOutput(DraftFile.Create(path, overwrite), header, delimiter)
            : throw new ArgumentOutOfRangeException(nameof(delimiter), "The delimiter of a sheet is comma, semicolon or tab.");
}
