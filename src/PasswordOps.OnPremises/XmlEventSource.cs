using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Xml;
using PasswordOps.Core.Writeback;

namespace PasswordOps.OnPremises;

/// <summary>
/// Reads events from an export as XML, by wevtutil (with a root or without), Event Viewer, Get-WinEvent or event forwarding, in whatever
/// encoding it was left. Streams: memory does not grow with the file.
/// </summary>
public sealed class XmlEventSource : IEventSource
{
    /// <inheritdoc/>
    public IEnumerable<WritebackEvent> Read(string path, EventReadSummary summary, CancellationToken stop)
    {
        using FileStream file = OpenFile(path);
        string name = Path.GetFileName(path);
        using EventTextReader text = new(OpenText(file, name), name, stop);
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
            return found is null && events.SawOthers && !events.SawEvents
                ? throw EventLogErrors.NotXml(name, "it is XML without a single event")
                : found;
        }
        catch (XmlException) when (text.EndedInside)
        {
            // Exports break off when the disk is full or somebody presses Ctrl+C; what stands before is still true.
            summary.Truncated = true;
            return null;
        }
        catch (XmlException e)
        {
            string place = FormattableString.Invariant($"line {e.LineNumber}, position {e.LinePosition}");
            throw EventLogErrors.NotXml(name, $"it is not well formed near {place}");
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
            FileStream stream = new(path, FileMode.Open, FileAccess.Read, share, 65_536, FileOptions.SequentialScan);
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

    // The bytes decide, never the declaration: it survives when a tool writes the file anew in another encoding.
    private static StreamReader OpenText(FileStream file, string name)
    {
        byte[] top = new byte[8];
        int count = Guarded(name, () => file.Read(top, 0, top.Length));
        file.Position = 0;
        if (count == 8 && Encoding.ASCII.GetString(top, 0, 7) == "ElfFile")
        {
            throw EventLogErrors.BinaryLog(name);
        }

        Encoding encoding = new UTF8Encoding(false);
        if (count >= 2 && (top[0] == 0) != (top[1] == 0))
        {
            encoding = new UnicodeEncoding(bigEndian: top[0] == 0, byteOrderMark: true);
        }

        // Text of an old code page reads as UTF-8 with replaced letters: ids, codes and times are ASCII in all of them.
        return new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, 65_536);
    }
}
