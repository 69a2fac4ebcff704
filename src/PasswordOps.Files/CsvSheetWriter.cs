using System;
using System.Collections.Generic;
using System.IO;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps.Files;

/// <summary>
/// Writes contact sheets that Excel and <see cref="CsvSheetReader"/> read: UTF-8 with a byte order mark, without which Excel takes it for
/// another encoding. A sheet is written beside its place and put there in one step when it is complete.
/// </summary>
public sealed class CsvSheetWriter : ISheetWriter
{
    /// <inheritdoc/>
    public ISheetOutput Create(string path, IReadOnlyList<string> header, char delimiter, bool overwrite)
    {
        if (delimiter is not (',' or ';' or '\t'))
        {
            throw new ArgumentOutOfRangeException(nameof(delimiter), Text.Of($"The delimiter of a sheet is comma, semicolon or tab."));
        }

        string full = FullPath(path);
        if (Directory.Exists(full))
        {
            throw FileErrors.NotWritable(path, Text.Of($"it is a folder."));
        }

        if (File.Exists(full))
        {
            // Putting the sheet in its place would take away a device, or a link that leads elsewhere.
            if ((File.GetAttributes(full) & (FileAttributes.Device | FileAttributes.ReparsePoint)) != 0 || IsDevice(full))
            {
                throw FileErrors.NotWritable(path, Text.Of($"it is a device or a link."));
            }

            if (!overwrite)
            {
                throw FileErrors.Exists(path);
            }
        }

        string draft = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        FileStream? stream = null;
        try
        {
            stream = OwnFile.Open(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            return new CsvSheetOutput(stream, full, header, delimiter, overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            throw FileErrors.NotWritable(path, e.Message, e);
        }
    }

    private static bool IsDevice(string path) => path.StartsWith("/dev/", StringComparison.Ordinal);

    private static string FullPath(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw FileErrors.NotWritable(path, e.Message, e);
        }
    }
}
