using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Xml;
using PasswordOps.Core;
using PasswordOps.Core.Writeback;

namespace PasswordOps.OnPremises;

/// <summary>
/// Reads events from an export as XML, by wevtutil (with a root or without), Event Viewer, Get-WinEvent or event forwarding, in whatever
/// encoding it was left; on Windows also from a saved log (.evtx) and the live one, which wevtutil turns into the same XML. Streams: memory
/// does not grow with the file.
/// </summary>
public sealed class XmlEventSource : IEventSource
{
    private const int TopLength = 8;
    private const int BufferSize = 65_536;

    private readonly string? _program;

    /// <summary>Creates the reader.</summary>
    public XmlEventSource()
        : this(WevtutilRun.Program)
    {
    }

    /// <summary>Creates the reader with a program in the place of wevtutil.</summary>
    /// <param name="program">Full path; null where there is none.</param>
    internal XmlEventSource(string? program) => _program = program;

    /// <inheritdoc/>
    public IEnumerable<WritebackEvent> Read(string path, EventReadSummary summary, CancellationToken stop) =>
        Read(new EventQuery { Path = path }, summary, stop);

    /// <inheritdoc/>
    public IEnumerable<WritebackEvent> Read(EventQuery query, EventReadSummary summary, CancellationToken stop)
    {
        if (query.Path is null)
        {
            return ReadLog(query, "Application", summary, stop);
        }

        return ReadFile(query, query.Path, summary, stop);
    }

    private IEnumerable<WritebackEvent> ReadFile(EventQuery query, string path, EventReadSummary summary, CancellationToken stop)
    {
        string name = Path.GetFileName(path);
        FileStream? file = OpenFile(path);
        try
        {
            byte[] top = new byte[TopLength];
            int count = Top(file, top, name);
            if (count < TopLength || Encoding.ASCII.GetString(top, 0, TopLength - 1) != "ElfFile")
            {
                FileStream opened = file;
                file = null;
                foreach (WritebackEvent found in ReadXml(opened, top, count, name, summary, stop))
                {
                    yield return found;
                }

                yield break;
            }
        }
        finally
        {
            file?.Dispose();
        }

        if (_program is null)
        {
            throw EventLogErrors.BinaryLog(name);
        }

        foreach (WritebackEvent found in ReadLog(query, name, summary, stop))
        {
            yield return found;
        }
    }

    private IEnumerable<WritebackEvent> ReadLog(EventQuery query, string name, EventReadSummary summary, CancellationToken stop)
    {
        using WevtutilRun run = WevtutilRun.Start(_program ?? throw EventLogErrors.NeedsWindows(), query, stop);
        byte[] top = new byte[TopLength];
        int count = Top(run.Output, top, name);
        foreach (WritebackEvent found in ReadXml(run.Output, top, count, name, summary, stop))
        {
            yield return found;
        }

        run.Finish();
    }

    private static IEnumerable<WritebackEvent> ReadXml(
        Stream file, byte[] top, int count, string name, EventReadSummary summary, CancellationToken stop)
    {
        StreamReader decoded = new(
            new RewoundStream(top, count, file), EncodingOf(top, count), detectEncodingFromByteOrderMarks: true, BufferSize);
        using EventTextReader text = new(decoded, name, summary, stop);
        using XmlReader xml = Guarded(name, () => XmlReader.Create(text, new XmlReaderSettings
        {
            ConformanceLevel = ConformanceLevel.Fragment,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
        }));
        EventXml events = new(xml, summary);
        while (Next(events, text, summary, name) is WritebackEvent found)
        {
            stop.ThrowIfCancellationRequested();
            yield return found;
        }
    }

    private static WritebackEvent? Next(EventXml events, EventTextReader text, EventReadSummary summary, string name)
    {
        try
        {
            WritebackEvent? found = Guarded(name, events.Next);
            return found is null && events.SawOthers && !events.SawEvents && summary.Other == 0
                ? throw EventLogErrors.NotXml(name, Text.Of($"it is XML without a single event"))
                : found;
        }
        catch (XmlException) when (text.EndedInside)
        {
            // Exports break off when the disk is full or somebody presses Ctrl+C; what stands before is still true.
            summary.Truncated = true;
            return null;
        }
        catch (XmlException)
        {
            // The place by line would be another than in the file: what is passed over does not count.
            long before = summary.Taken + summary.Other + summary.Malformed;
            throw EventLogErrors.NotXml(name, Text.Of($"it is not well formed after {before} events"));
        }
    }

    private static T Guarded<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (IOException e)
        {
            throw EventLogErrors.Unreadable(name, e);
        }
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            const FileShare share = FileShare.ReadWrite | FileShare.Delete;
            FileStream stream = new(path, FileMode.Open, FileAccess.Read, share, BufferSize, FileOptions.SequentialScan);
            if (stream.CanSeek)
            {
                return stream;
            }

            stream.Dispose();
            throw EventLogErrors.NotAFile(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException or NotSupportedException)
        {
            throw EventLogErrors.NotFound(path, e);
        }
        catch (Exception) when (Directory.Exists(path))
        {
            throw EventLogErrors.NotAFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw EventLogErrors.Unreadable(path, e);
        }
    }

    // As many as there are: a pipe gives them in pieces.
    private static int Top(Stream file, byte[] top, string name) => Guarded(name, () =>
    {
        int count = 0;
        int read;
        while (count < top.Length && (read = file.Read(top, count, top.Length - count)) > 0)
        {
            count += read;
        }

        return count;
    });

    // The bytes decide, never the declaration: it survives when a tool writes the file anew in another encoding. Text of an old code page
    // reads as UTF-8 with replaced letters: ids, codes and times are ASCII in all of them.
    private static Encoding EncodingOf(byte[] top, int count) => count >= 2 && (top[0] == 0) != (top[1] == 0)
        ? new UnicodeEncoding(bigEndian: top[0] == 0, byteOrderMark: true)
        : new UTF8Encoding(false);
}
