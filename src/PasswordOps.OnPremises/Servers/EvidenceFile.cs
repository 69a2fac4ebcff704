using System;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using PasswordOps.Core;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.OnPremises.Servers;

/// <summary>
/// Reads what the collector left. The file may come from anybody: it is bounded, and a part that is not what it should be is not
/// known, while the others are.
/// </summary>
public sealed class EvidenceFile : IServerEvidence
{
    /// <summary>Name of the file in the folder.</summary>
    internal const string Name = "writeback-evidence.json";

    private const int MostBytes = 4 * 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = 16, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip,
    };

    /// <inheritdoc/>
    public ServerEvidence Read(string folder, CancellationToken stop)
    {
        if (folder is null)
        {
            throw new ArgumentNullException(nameof(folder));
        }

        stop.ThrowIfCancellationRequested();
        string path = PathOf(folder);
        string text = TextOf(path, stop);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Options);
            SyncServer server = new EvidenceReading(document.RootElement).Server()
                ?? throw EvidenceErrors.Invalid(path, Text.Of($"it lacks schema, collectedAt or items"));
            return new ServerEvidence(server, EventsIn(Path.GetDirectoryName(path)!, server));
        }
        catch (JsonException e)
        {
            // The parser's own words quote the file; the place is enough.
            throw EvidenceErrors.Invalid(path, Text.Of($"it is no JSON from line {(e.LineNumber ?? 0) + 1} on"));
        }
    }

    // The name comes from the file: only one that stays in the folder is taken.
    private static string? EventsIn(string folder, SyncServer server)
    {
        if (server.Events.Value?.File is not string name || name.IndexOfAny(new[] { '/', '\\', ':', '\0' }) >= 0 || name is "." or "..")
        {
            return null;
        }

        string file = Path.Combine(folder, name);
        return File.Exists(file) ? file : null;
    }

    private static string PathOf(string given)
    {
        try
        {
            string full = Path.GetFullPath(given);
            return Directory.Exists(full) ? Path.Combine(full, Name) : full;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw EvidenceErrors.NotFound(given, e);
        }
    }

    private static string TextOf(string path, CancellationToken stop)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (!file.CanSeek)
            {
                throw EvidenceErrors.Invalid(path, Text.Of($"it is no file"));
            }

            // A file that grows while it is read stops here, too.
            byte[] bytes = new byte[MostBytes + 1];
            int count = 0;
            while (count < bytes.Length && file.Read(bytes, count, bytes.Length - count) is int read and > 0)
            {
                stop.ThrowIfCancellationRequested();
                count += read;
            }

            if (count > MostBytes)
            {
                throw EvidenceErrors.Invalid(path, Text.Of($"it is larger than {MostBytes / 1024 / 1024} MB"));
            }

            using StreamReader reader = new(
                new MemoryStream(bytes, 0, count), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw EvidenceErrors.NotFound(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw EvidenceErrors.Unreadable(path, e);
        }
    }
}
