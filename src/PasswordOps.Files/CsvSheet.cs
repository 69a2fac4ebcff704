using System;
using System.Collections.Generic;
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

    /// <summary>Bytes that a row may take as written: five full cells of letters that take three bytes, or of quotation marks.</summary>
    private const int RecordLimit = 1_048_576;

    private readonly CsvReader _csv;
    private readonly SheetColumn[] _columns;
    private bool _suspectQuotes;
    private bool _started;

    public CsvSheet(FileStream stream, string name, SheetLayout layout)
    {
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
        Header = ReadHeader(layout);
        _columns = Header.Select(heading => heading.Column!.Value).ToArray();
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
        while (ReadRecord(out int line) is string[] cells)
        {
            if (Array.TrueForAll(cells, cell => cell.Length == 0))
            {
                continue;
            }

            yield return ToRow(cells, line);
        }
    }

    private SheetRow ToRow(string[] cells, int line)
    {
        if (cells.Length < _columns.Length)
        {
            // Filling up would be a guess: a delimiter that is lost in the middle shifts every value behind it.
            throw SheetErrors.RowBroken(Name, line, Header[cells.Length].Text, FormattableString.Invariant(
                $"the cell is missing; the row has {cells.Length} cells and the header {_columns.Length}"));
        }

        for (int i = _columns.Length; i < cells.Length; i++)
        {
            if (cells[i].Length > 0)
            {
                throw SheetErrors.RowBroken(Name, line, Header[_columns.Length - 1].Text, FormattableString.Invariant(
                    $"values stand behind the last column; the row has {cells.Length} cells and the header {_columns.Length}"));
            }
        }

        Dictionary<SheetColumn, string> row = new(_columns.Length);
        for (int i = 0; i < _columns.Length; i++)
        {
            row[_columns[i]] = cells[i];
        }

        return new SheetRow(line, row);
    }

    /// <summary>The next record that is not an empty line, with the line on which it begins; null at the end.</summary>
    private string[]? ReadRecord(out int line)
    {
        line = 0;
        _suspectQuotes = false;
        try
        {
            if (!_csv.Read())
            {
                return null;
            }

            line = (int)_csv.LineNumber;
            string[] cells = new string[_csv.FieldCount];
            for (int at = 0; at < cells.Length; at++)
            {
                if (_suspectQuotes && !QuotesMatch(_csv.GetRawSpan(at)))
                {
                    throw SheetErrors.RowBroken(Name, line, HeadingAt(at), "quotation marks do not match");
                }

                cells[at] = Checked(_csv.GetString(at).Trim(), line, at);
            }

            return cells;
        }
        catch (CsvFormatException e)
        {
            throw SheetErrors.RowBroken(Name, (int)e.LineNumber, null, "it does not end; probably a quotation mark is not closed");
        }
        catch (IOException e)
        {
            throw SheetErrors.Unreadable(Name, e);
        }
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

    private string Checked(string cell, int line, int at)
    {
        if (cell.Length > CellLimit)
        {
            throw SheetErrors.RowBroken(
                Name, line, HeadingAt(at), FormattableString.Invariant($"the cell is longer than {CellLimit} characters"));
        }

        foreach (char c in cell)
        {
            if (char.IsControl(c) && c is not ('\t' or '\r' or '\n'))
            {
                throw SheetErrors.RowBroken(Name, line, HeadingAt(at), "the cell holds control characters");
            }
        }

        return cell;
    }

    private string? HeadingAt(int at) => Header is not null && at < Header.Count ? Header[at].Text : null;

    private List<SheetHeading> ReadHeader(SheetLayout layout)
    {
        string[] headings = ReadHeadings(layout);
        if (headings.Any(LooksLikeData))
        {
            throw SheetErrors.HeaderMissing(Name, "its first line looks like data");
        }

        SheetColumn?[] columns = headings.Select(SheetColumnNames.Find).ToArray();
        if (columns.All(column => column is null))
        {
            // Not one known name: this is no header, and what it holds is nobody's business.
            throw SheetErrors.HeaderMissing(Name, "its first line holds no known column name");
        }

        List<KeyValuePair<int, string>> unknown = headings.Select((heading, i) => new KeyValuePair<int, string>(i + 1, heading))
            .Where(heading => columns[heading.Key - 1] is null).ToList();
        if (unknown.Count > 0)
        {
            throw SheetErrors.ColumnUnknown(Name, unknown);
        }

        Dictionary<SheetColumn, int> seen = new();
        List<SheetHeading> header = new(headings.Length);
        for (int i = 0; i < headings.Length; i++)
        {
            SheetColumn column = columns[i]!.Value;
            if (seen.TryGetValue(column, out int first))
            {
                throw SheetErrors.ColumnDoubled(Name, column, headings[first], first + 1, headings[i], i + 1);
            }

            seen[column] = i;
            header.Add(new SheetHeading(headings[i], column));
        }

        return seen.ContainsKey(SheetColumn.Identity) ? header : throw SheetErrors.HeaderMissing(Name, "no column names the user");
    }

    // The first record that holds anything, without the empty headings that Excel leaves behind the last column.
    private string[] ReadHeadings(SheetLayout layout)
    {
        bool delimiterLine = layout.NamesDelimiter;
        try
        {
            while (ReadRecord(out _) is string[] record)
            {
                int count = Array.FindLastIndex(record, heading => heading.Length > 0) + 1;
                if (count > 0 && !delimiterLine)
                {
                    return record.Take(count).ToArray();
                }

                delimiterLine &= count == 0;
            }
        }
        catch (PasswordOpsException e) when (e.Id == "SheetRowBroken")
        {
            throw SheetErrors.HeaderMissing(Name, "its first line is broken (quotation marks that do not match, or control characters)");
        }

        throw SheetErrors.Empty(Name);
    }

    // An address, an object id or a number of six and more digits: nobody calls a column so.
    private static bool LooksLikeData(string heading) =>
        heading.IndexOf('@') >= 0 || Guid.TryParse(heading, out _) || heading.Count(char.IsDigit) >= 6;
}
