using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CsvHelper;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps.Files;

/// <summary>One sheet, read as a stream.</summary>
internal sealed class CsvSheet : ISheet
{
    /// <summary>What a cell of Excel can hold.</summary>
    private const int CellLimit = 32_767;

    /// <summary>Bytes that a cell of that length can take as written, and then some.</summary>
    private const int WrittenCellLimit = 262_144;

    /// <summary>Bytes that a row can take as written. A row beyond it is one in which a quotation mark was not closed.</summary>
    private const int RecordLimit = 16_777_216;

    // What people see nothing of, and spreadsheets, address books and joined files leave around values: marks of direction, of width 0, and
    // byte order marks.
    private const string Invisible = "\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2066\u2067\u2068\u2069\uFEFF";

    private readonly FileStream _stream;
    private readonly CsvReader _csv;
    private readonly SheetLayout _layout;
    private readonly SheetHeader? _header;
    private bool _suspectQuotes;
    private bool _started;

    public CsvSheet(FileStream stream, string name, SheetLayout layout, SheetOptions options)
    {
        _stream = stream;
        _layout = layout;
        Name = name;
        StreamReader text = new(stream, layout.Encoding, detectEncodingFromByteOrderMarks: false, 65_536);
        _csv = CsvReader.Create(
            text,
            new CsvReaderOptions
            {
                Separator = layout.Delimiter,
                HasHeader = false,   // read here, since its mistakes are ours to explain
                DetectSeparatorHint = false,
                SkipEmptyLines = true,
                TrackLineNumbers = true,
                TrimWhitespace = true,
                WhitespaceCharacters = layout.Delimiter == '\t' ? " " : " \t",
                MaxRecordSize = RecordLimit,
                OnMalformedRecord = _ => _suspectQuotes = true,
                IncludeValuesInExceptions = false,
            },
            leaveOpen: false);
        EncodingName = layout.Encoding.WebName;
        Delimiter = layout.Delimiter;
        _header = SheetHeader.Of(Name, ReadHeadings(), options);
        Header = _header.Headings;
    }

    public string Name { get; }

    public string EncodingName { get; }

    public char Delimiter { get; }

    public IReadOnlyList<SheetHeading> Header { get; }

    public IEnumerable<SheetRow> Rows()
    {
        if (_started)
        {
            throw new InvalidOperationException("The rows of a sheet can be read once; open it again.");
        }

        _started = true;
        return Stream();
    }

    public void Dispose() => _csv.Dispose();

    private IEnumerable<SheetRow> Stream()
    {
        while (ReadRecord() is Record record)
        {
            if (record.Error is not null)
            {
                yield return SheetRow.Broken(record.Line, record.Error);
                if (record.IsLast)
                {
                    yield break;
                }
            }
            else if (!Array.TrueForAll(record.Cells, string.IsNullOrEmpty))
            {
                yield return ToRow(record);
            }
        }
    }

    private SheetRow ToRow(Record record)
    {
        Dictionary<SheetColumn, string> row = new(_header!.Used.Count);
        foreach (int at in _header.Used)
        {
            row[Header[at].Column!.Value] = record.Cells[at];
        }

        return new SheetRow(record.Line, row);
    }

    /// <summary>The next record that is not an empty line; null at the end.</summary>
    private Record? ReadRecord()
    {
        _suspectQuotes = false;
        try
        {
            return _csv.Read() ? Taken() : null;
        }
        catch (CsvFormatException e)
        {
            int line = (int)e.LineNumber;
            string why = Text.Of($"the row does not end within {RecordLimit >> 20} MB; probably a quotation mark is not closed");
            return new Record(line, Array.Empty<string>())
            {
                Error = SheetErrors.RowBroken(Name, line, HeadingAt(ColumnThatRunsOn(line)), why), IsLast = true,
            };
        }
        catch (IOException e)
        {
            throw SheetErrors.Unreadable(Name, e);
        }
    }

    private Record Taken()
    {
        int line = (int)_csv.LineNumber;
        int count = _csv.FieldCount;
        string[] cells = new string[count];
        for (int at = 0; at < count; at++)
        {
            ReadOnlySpan<byte> raw = _csv.GetRawSpan(at);
            if (_suspectQuotes && !QuotesMatch(raw))
            {
                return Broken(line, at, Text.Of($"quotation marks do not match"));
            }

            // What is left out need not be good; but whether a cell behind the last column is empty has to be known.
            if (_header is not null && at < Header.Count && Header[at].Column is null)
            {
                cells[at] = raw.Length == 0 ? string.Empty : "-";
                continue;
            }

            if (raw.Length > WrittenCellLimit)
            {
                return Broken(line, at, Text.Of($"the cell is longer than {CellLimit} characters"));
            }

            cells[at] = Trimmed(_csv.GetString(at));
            if (Fault(cells[at]) is string fault)
            {
                return Broken(line, at, fault);
            }
        }

        return _header is null ? new Record(line, cells) : Shaped(line, cells);
    }

    // A row has the cells of the header. What spreadsheets leave behind the last one are empty cells.
    private Record Shaped(int line, string[] cells)
    {
        if (Array.TrueForAll(cells, cell => cell.Length == 0))
        {
            return new Record(line, cells);
        }

        if (cells.Length <= _header!.LastUsed)
        {
            // Filling up would be a guess: a delimiter that is lost in the middle shifts every value behind it.
            return Broken(line, cells.Length,
                Text.Of($"the cell is missing; the row has {cells.Length} cells and the header {Header.Count}"));
        }

        for (int i = Header.Count; i < cells.Length; i++)
        {
            if (cells[i].Length > 0)
            {
                return Broken(line, Header.Count - 1,
                    Text.Of($"values stand behind the last column; the row has {cells.Length} cells and the header {Header.Count}"));
            }
        }

        return new Record(line, cells);
    }

    // The lines that a broken row takes along are named: what stands on them is not read as rows of their own, since nobody knows whether
    // they are.
    private Record Broken(int line, int at, string why)
    {
        int last = line + LineBreaks(_csv.RawRecord);
        string ends = last == line ? string.Empty : Text.Of($"; what is read as one row ends on line {last}");
        return new Record(line, Array.Empty<string>()) { Error = SheetErrors.RowBroken(Name, line, HeadingAt(at), why + ends) };
    }

    private static int LineBreaks(ReadOnlySpan<byte> raw)
    {
        int end = raw.Length;
        while (end > 0 && raw[end - 1] is (byte)'\r' or (byte)'\n')
        {
            // A cell that was not closed takes the file's last line end along.
            end--;
        }

        int breaks = 0;
        for (int i = 0; i < end; i++)
        {
            bool single = raw[i] == '\r' && raw[i + 1] != '\n';
            breaks += raw[i] == '\n' || single ? 1 : 0;
        }

        return breaks;
    }

    // A mark inside a cell that does not begin with one is text, as in ="+1 425...", a habit of Excel's users; a cell that begins with one
    // has to end with one.
    private static bool QuotesMatch(ReadOnlySpan<byte> raw)
    {
        int start = 0;
        int end = raw.Length;
        while (start < end && raw[start] is (byte)' ' or (byte)'\t')
        {
            start++;
        }

        while (end > start && raw[end - 1] is (byte)' ' or (byte)'\t')
        {
            end--;
        }

        if (start == end || raw[start] != '"')
        {
            return true;
        }

        for (int i = start + 1; i < end; i++)
        {
            if (raw[i] != '"')
            {
                continue;
            }

            if (i == end - 1)
            {
                return true;
            }

            if (raw[++i] != '"')
            {
                return false;
            }
        }

        return false;
    }

    private static string Trimmed(string cell)
    {
        int start = 0;
        int end = cell.Length;
        while (start < end && IsBlank(cell[start]))
        {
            start++;
        }

        while (end > start && IsBlank(cell[end - 1]))
        {
            end--;
        }

        return SpreadsheetText.Unwrapped(cell.Substring(start, end - start));
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || (c >= '\u200B' && Invisible.IndexOf(c) >= 0);

    private string? Fault(string cell)
    {
        if (cell.Length > CellLimit)
        {
            return Text.Of($"the cell is longer than {CellLimit} characters");
        }

        bool ascii = true;
        foreach (char c in cell)
        {
            if (char.IsControl(c) && c is not ('\t' or '\r' or '\n'))
            {
                return c == '\0' ? Text.Of($"the cell holds NUL characters") : Text.Of($"the cell holds control characters");
            }

            if (c is '\uFFFD' or '\uFEFF')
            {
                return c == '\uFEFF'
                    ? Text.Of($"a byte order mark stands in the middle of the cell, as files have it that were joined")
                    : Text.Of($"the cell holds bytes that are no letters in {EncodingName}");
            }

            ascii &= c < 128;
        }

        return ascii || !_layout.IsUtf8Written(cell)
            ? null
            : Text.Of($"the cell is written in UTF-8, and others in the file in Windows-1252; save all of it in UTF-8");
    }

    private string? HeadingAt(int at) => _header is null ? null
        : at < Header.Count && Header[at].Text.Length > 0 ? Header[at].Text
        : (at + 1).ToString(CultureInfo.InvariantCulture);

    // Reads the file once more up to the row that did not end, to tell which of its cells goes on and on. Nothing is read after that.
    private int ColumnThatRunsOn(int line)
    {
        _stream.Position = 0;
        using StreamReader text = new(_stream, _layout.Encoding, false, 65_536, leaveOpen: true);
        int current = 1;
        for (int c = text.Read(); c >= 0 && current < line; c = current < line ? text.Read() : c)
        {
            current += c == '\n' || (c == '\r' && text.Peek() != '\n') ? 1 : 0;
        }

        int column = 0;
        bool quoted = false;
        for (int read = 0; read < RecordLimit && text.Read() is int c and >= 0; read++)
        {
            quoted ^= c == '"';
            column += c == Delimiter && !quoted ? 1 : 0;
        }

        return column;
    }

    // The first record that holds anything, without the empty headings that Excel leaves behind the last column.
    private string[] ReadHeadings()
    {
        bool delimiterLine = _layout.NamesDelimiter;
        while (ReadRecord() is Record record)
        {
            if (record.Error is not null)
            {
                throw SheetErrors.HeaderMissing(
                    Name, Text.Of($"its first line is broken (quotation marks that do not match, or control characters)"));
            }

            int count = Array.FindLastIndex(record.Cells, heading => heading.Length > 0) + 1;
            if (count > 0 && !delimiterLine)
            {
                return record.Cells.Take(count).ToArray();
            }

            delimiterLine &= count == 0;
        }

        throw SheetErrors.Empty(Name);
    }

    private sealed record Record(int Line, string[] Cells)
    {
        public PasswordOpsException? Error { get; init; }

        public bool IsLast { get; init; }
    }
}
