using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Files.Journals;

/// <summary>A journal that is open, for reading alone or for appending as well.</summary>
internal sealed class Journal : IJournal
{
    private readonly string name;
    private readonly KeyProtection protection;
    private readonly X509Certificate2? certificate;
    private readonly JournalAppender? appender;
    private readonly SealedValues? own;
    private readonly WrappedKey? ownKey;
    private volatile bool closed;

    /// <summary>Opens for reading.</summary>
    public Journal(string path, JournalHead head, KeyProtection protection, X509Certificate2? certificate)
    {
        Path = path;
        Head = head;
        name = System.IO.Path.GetFileName(path);
        this.protection = protection;
        this.certificate = certificate;
    }

    /// <summary>Opens for appending.</summary>
    public Journal(
        string path, JournalHead head, KeyProtection protection, JournalAppender appender, SealedValues own, WrappedKey ownKey)
        : this(path, head, protection, certificate: null)
    {
        this.appender = appender;
        this.own = own;
        this.ownKey = ownKey;
    }

    public string Path { get; }

    public JournalHead Head { get; }

    /// <summary>Opens a journal's file for reading, also while it is written to.</summary>
    /// <exception cref="PasswordOpsException"><c>JournalNotFound</c>, <c>JournalUnreadable</c>.</exception>
    public static FileStream OpenFile(string path)
    {
        try
        {
            const FileShare share = FileShare.ReadWrite | FileShare.Delete;
            FileStream file = new(path, FileMode.Open, FileAccess.Read, share, 1, FileOptions.SequentialScan);
            if (file.CanSeek)
            {
                return file;
            }

            file.Dispose();
            throw JournalErrors.Unreadable(path, Text.Of($"it is a pipe or a device."));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException or NotSupportedException)
        {
            throw JournalErrors.NotFound(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw JournalErrors.Unreadable(path, Directory.Exists(path) ? Text.Of($"it is a folder.") : e.Message, e);
        }
    }

    /// <summary>Reads the head.</summary>
    /// <param name="lines">At the beginning.</param>
    /// <param name="name">Name of the file.</param>
    /// <exception cref="PasswordOpsException"><c>JournalBroken</c>, <c>JournalTooNew</c>.</exception>
    public static JournalHead ReadHead(LineReader lines, string name)
    {
        lines.Next();
        int? version = JournalText.VersionOf(lines.Line);
        if (version is null or > JournalHead.CurrentVersion)
        {
            throw version is int newer
                ? JournalErrors.TooNew(name, newer, JournalHead.CurrentVersion)
                : JournalErrors.NotAJournal(name, Text.Of($"it does not begin as one"));
        }

        try
        {
            return JournalLine.Head(lines.Line);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            throw JournalErrors.Broken(name, 1, Text.Of($"it is no head"), e);
        }
    }

    public IEnumerable<JournalEntry> Read(bool withValues)
    {
        using FileStream file = OpenFile(Path);
        LineReader lines = new(file, appender?.Length ?? file.Length, name);
        Next(lines);
        using Segment? segment = withValues ? new Segment(this) : null;
        while (Next(lines))
        {
            if (Parse(lines, segment) is JournalEntry entry)
            {
                yield return entry;
            }
        }
    }

    public void Append(IReadOnlyList<JournalEntry> entries, bool flush)
    {
        JournalAppender target = appender ?? throw new InvalidOperationException("The journal was opened for reading.");
        if (closed)
        {
            throw new ObjectDisposedException(Path);
        }

        using JournalText text = new();
        target.Append(entries.Select(entry => text.Entry(entry, own!)).ToArray(), flush);
    }

    public void Delete()
    {
        closed = true;
        (appender ?? throw new InvalidOperationException("The journal was opened for reading.")).Delete();
        own!.Dispose();
    }

    public void Dispose()
    {
        closed = true;
        appender?.Dispose();
        own?.Dispose();
    }

    private bool Next(LineReader lines)
    {
        try
        {
            return lines.Next();
        }
        catch (IOException e)
        {
            throw JournalErrors.Unreadable(Path, e.Message, e);
        }
    }

    private JournalEntry? Parse(LineReader lines, Segment? segment)
    {
        try
        {
            JournalLine line = JournalLine.Read(lines.Line);
            if (line.Key() is WrappedKey key)
            {
                segment?.Begin(key);
                return null;
            }

            return line.Entry(lines.Line, segment is null ? null : segment.Values);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            string why = e is FormatException && e.InnerException is null ? e.Message : Text.Of($"it has another form than an entry");
            throw JournalErrors.Broken(name, lines.Number, why, e);
        }
    }

    /// <summary>The part of the journal that one process wrote. Its key is opened when the first values in it are asked for.</summary>
    private sealed class Segment : IDisposable
    {
        private readonly Journal journal;
        private WrappedKey? wrapped;
        private SealedValues? values;

        public Segment(Journal journal) => this.journal = journal;

        public void Begin(WrappedKey key)
        {
            values?.Dispose();
            values = null;
            wrapped = key;
        }

        public SealedValues Values()
        {
            if (wrapped is null)
            {
                throw new FormatException(Text.Of($"no key stands before its values"));
            }

            if (journal.ownKey is WrappedKey own && own.Key.SequenceEqual(wrapped.Key))
            {
                return journal.own!;
            }

            if (values is null)
            {
                byte[] key = journal.protection.Unwrap(wrapped, journal.certificate, journal.name);
                values = new SealedValues(key, journal.Head.RunId);
                Array.Clear(key, 0, key.Length);
            }

            return values;
        }

        public void Dispose() => values?.Dispose();
    }
}
