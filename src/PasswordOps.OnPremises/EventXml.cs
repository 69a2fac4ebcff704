using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Xml;
using PasswordOps.Core.Writeback;

namespace PasswordOps.OnPremises;

/// <summary>
/// Picks the events of password writeback out of the XML that Windows writes. Only what the source itself said counts: never the rendering.
/// </summary>
internal sealed class EventXml
{
    /// <summary>Characters of one event's texts; the event log itself stops long before.</summary>
    private const int DataLimit = 131_072;

    internal static readonly string[] Providers = { "PasswordResetService", "ADSync" };

    private readonly XmlReader _xml;
    private readonly EventReadSummary _summary;
    private readonly char[] _chunk = new char[4096];

    public EventXml(XmlReader xml, EventReadSummary summary)
    {
        _xml = xml;
        _summary = summary;
    }

    /// <summary>True when an element that is no event, and not the root around events, has been met.</summary>
    public bool SawOthers { get; private set; }

    /// <summary>True when an event, of whatever sort, has been met.</summary>
    public bool SawEvents { get; private set; }

    /// <summary>The next event of the two providers; null at the end.</summary>
    /// <exception cref="XmlException">The text is not well formed from here on.</exception>
    public WritebackEvent? Next()
    {
        while (_xml.Read())
        {
            if (_xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (_xml.LocalName != "Event")
            {
                SawOthers |= _xml.Depth > 0;
                continue;
            }

            SawEvents = true;
            if (ReadEvent() is WritebackEvent found)
            {
                return found;
            }
        }

        return null;
    }

    internal static DateTimeOffset? TimeOf(string? text)
    {
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out DateTimeOffset time) ? time : null;
    }

    // An event counts when all of it has been read; one that is cut off leaves by exception before.
    private WritebackEvent? ReadEvent()
    {
        Header header = new();
        string data = string.Empty;
        bool started = false;
        int depth = _xml.Depth;
        bool empty = _xml.IsEmptyElement;
        while (!empty && _xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType != XmlNodeType.Element || _xml.Depth != depth + 1)
            {
                continue;
            }

            switch (_xml.LocalName)
            {
                case "System":
                    ReadSystem(header);
                    break;
                case "EventData" when !started:
                    started = true;
                    data = ReadEventData();
                    break;
                case "UserData" when !started:
                    started = true;
                    data = ReadUserData();
                    break;
            }
        }

        return Judge(header, data);
    }

    private WritebackEvent? Judge(Header header, string data)
    {
        if (header.Time is DateTimeOffset time)
        {
            _summary.Saw(time);
        }

        if (header.SourceName is null || header.Time is null || header.Id is null)
        {
            _summary.Malformed++;
            return null;
        }

        if (header.Provider is null)
        {
            _summary.Other++;
            return null;
        }

        _summary.Taken++;
        return new WritebackEvent
        {
            Provider = header.Provider,
            Id = header.Id.Value,
            Time = header.Time.Value,
            Level = header.Level,
            RecordId = header.RecordId,
            Computer = header.Computer,
            Data = data,
        };
    }

    private void ReadSystem(Header header)
    {
        int depth = _xml.Depth;
        bool empty = _xml.IsEmptyElement;
        while (!empty && _xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType != XmlNodeType.Element || _xml.Depth != depth + 1)
            {
                continue;
            }

            switch (_xml.LocalName)
            {
                case "Provider":
                    // A classic source that was given a manifest later keeps its old name beside the new one.
                    string? name = _xml.GetAttribute("Name");
                    string? oldName = _xml.GetAttribute("EventSourceName");
                    header.SourceName = name ?? oldName;
                    header.Provider = Known(name) ?? Known(oldName);
                    break;
                case "EventID":
                    // Qualifiers are the upper half of the old id and do not belong to it.
                    header.Id = ReadNumber() is >= 0 and <= ushort.MaxValue and long id ? (int)id : null;
                    break;
                case "Level":
                    header.Level = ReadNumber() is >= 0 and <= byte.MaxValue and long level ? (int)level : 0;
                    break;
                case "TimeCreated":
                    header.Time = TimeOf(_xml.GetAttribute("SystemTime"));
                    break;
                case "EventRecordID":
                    header.RecordId = ReadNumber();
                    break;
                case "Computer":
                    header.Computer = ReadText().Trim();
                    break;
            }
        }
    }

    private static string? Known(string? name) =>
        Array.Find(Providers, known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));

    private long? ReadNumber() =>
        long.TryParse(ReadText(), NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number : null;

    private string ReadEventData()
    {
        List<string> texts = new();
        int room = DataLimit;
        int depth = _xml.Depth;
        bool empty = _xml.IsEmptyElement;
        while (!empty && _xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType == XmlNodeType.Element && _xml.Depth == depth + 1 && _xml.LocalName == "Data" && room > 0)
            {
                string text = ReadText(room);
                room -= text.Length + 1;
                texts.Add(text);
            }
        }

        return string.Join("\n", texts);
    }

    // Elements of the publisher's own making: their texts in order, one a line.
    private string ReadUserData()
    {
        StringBuilder texts = new();
        int depth = _xml.Depth;
        bool empty = _xml.IsEmptyElement;
        while (!empty && _xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && texts.Length < DataLimit)
            {
                texts.Append(texts.Length == 0 ? string.Empty : "\n");
                Append(texts, DataLimit);
            }
        }

        return texts.ToString();
    }

    // All text inside the element at which the reader stands, to its end tag; what is beyond the limit is read and dropped.
    private string ReadText(int limit = 256)
    {
        StringBuilder text = new();
        int depth = _xml.Depth;
        bool empty = _xml.IsEmptyElement;
        while (!empty && _xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                Append(text, limit);
            }
        }

        return text.ToString();
    }

    // In pieces: a text may be longer than anybody wants to hold.
    private void Append(StringBuilder text, int limit)
    {
        int read;
        while ((read = _xml.ReadValueChunk(_chunk, 0, _chunk.Length)) > 0)
        {
            text.Append(_chunk, 0, Math.Max(0, Math.Min(read, limit - text.Length)));
        }
    }

    private sealed class Header
    {
        public string? SourceName { get; set; }

        public string? Provider { get; set; }

        public int? Id { get; set; }

        public DateTimeOffset? Time { get; set; }

        public int Level { get; set; }

        public long? RecordId { get; set; }

        public string Computer { get; set; } = string.Empty;
    }
}
