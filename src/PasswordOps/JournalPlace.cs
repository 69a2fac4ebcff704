using System;
using System.Globalization;
using System.IO;
using System.Linq;
using PasswordOps.Core;

namespace PasswordOps;

/// <summary>Where the journals of runs go for which nobody named a file.</summary>
internal static class JournalPlace
{
    // 20261120T154600Z-1a2b3c.jsonl
    private const int Suffix = 29;

    /// <summary>Gives a new name in the account's own folder, which is made where there is none.</summary>
    /// <param name="source">Name of the sheet, or what else the run is about.</param>
    /// <param name="now">Time.</param>
    /// <param name="kind">Name of the folder.</param>
    /// <param name="ending">Ending of the name.</param>
    /// <returns>Full path of a file that does not exist.</returns>
    /// <exception cref="PasswordOpsException"><c>JournalFolderMissing</c>.</exception>
    internal static string New(string source, DateTimeOffset now, string kind = "journals", string ending = ".jsonl")
    {
        string data = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (data.Length == 0)
        {
            throw Missing(Text.Of($"this account has no folder for its data"), null);
        }

        string home = Path.Combine(data, "PasswordOps");
        string folder = Path.Combine(home, kind);
        try
        {
#if NET
            if (!OperatingSystem.IsWindows())
            {
                UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
                Directory.CreateDirectory(data);
                Directory.CreateDirectory(home, own);
                Directory.CreateDirectory(folder, own);
            }
#endif
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Missing(Text.Of($"the folder '{folder}' cannot be made"), fault);
        }

        return Path.Combine(
            folder,
            NamePart(source) + "-" + now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + "-"
                + Guid.NewGuid().ToString("N").Substring(0, 6) + ending);
    }

    /// <summary>The journals in the account's own folder, the latest last.</summary>
    /// <returns>Full paths.</returns>
    internal static string[] All()
    {
        string data = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        DirectoryInfo folder = new(Path.Combine(data, "PasswordOps", "journals"));
        return data.Length > 0 && folder.Exists
            ? folder.GetFiles("*.jsonl").OrderBy(file => file.LastWriteTimeUtc).Select(file => file.FullName).ToArray()
            : Array.Empty<string>();
    }

    /// <summary>Says where journals are for which nobody named a file.</summary>
    /// <param name="sheet">Sheet whose latest journal is named; null for none.</param>
    /// <returns>A sentence or two.</returns>
    internal static string Told(string? sheet)
    {
        string data = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        string folder = Path.Combine(data, "PasswordOps", "journals");
        if (sheet is null)
        {
            return Text.Of($"Runs over a sheet that named none have theirs in '{folder}'.");
        }

        // The time and a few digits follow the name: another sheet's name may begin with this one's.
        string start = NamePart(sheet) + "-";
        string? latest = All().LastOrDefault(file => Path.GetFileName(file) is string name
            && name.Length == start.Length + Suffix && name.StartsWith(start, StringComparison.Ordinal));
        return latest is null
            ? Text.Of($"Runs over a sheet that named none have theirs in '{folder}', and there is none of {Path.GetFileName(sheet)}.")
            : Text.Of($"Runs over a sheet that named none have theirs in '{folder}'; the latest of {Path.GetFileName(sheet)} is "
                + $"'{latest}'.");
    }

    private static string NamePart(string source) => new(Path.GetFileNameWithoutExtension(source)
        .Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_').Take(60).ToArray());

    private static PasswordOpsException Missing(string why, Exception? inner) => new(
        "JournalFolderMissing", ErrorKind.InvalidOperation, Text.Of($"There is no place for the run's journal: {why}."),
        Text.Of($"Name a file with -Journal, on a disk that outlives this machine's restarts."), inner);
}
