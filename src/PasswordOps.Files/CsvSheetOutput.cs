using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsvHelper;
using PasswordOps.Core.Contacts;

namespace PasswordOps.Files;

/// <summary>A sheet that is being written, under another name until it is complete.</summary>
internal sealed class CsvSheetOutput : ISheetOutput
{
    private readonly DraftFile draft;
    private readonly CsvWriter csv;
    private readonly int columns;
    private bool closed;

    public CsvSheetOutput(DraftFile draft, IReadOnlyList<string> header, char delimiter)
    {
        this.draft = draft;
        columns = header.Count;
        CsvWriterOptions options = new()
        {
            Separator = delimiter, WriteByteOrderMark = true, Quoting = CsvQuoting.WhenNeededOrWhitespace, NewLine = "\r\n",
        };
        csv = CsvWriter.Create(draft.Stream, options, leaveOpen: true);
        Write(header);
    }

    public void Write(IReadOnlyList<string> cells)
    {
        if (cells.Count != columns)
        {
            throw new ArgumentException($"A row has as many cells as the header: {columns}.", nameof(cells));
        }

        draft.Try(() => csv.WriteRecord(cells.Select(Inert).ToArray()));
    }

    public void Complete()
    {
        draft.Try(csv.Dispose);
        closed = true;
        draft.Complete();
    }

    public void Dispose()
    {
        if (!closed)
        {
            closed = true;
            try
            {
                csv.Dispose();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // What it could not write is thrown away with the rest.
            }
        }

        draft.Dispose();
    }

    // A text that a spreadsheet would calculate is written as a formula that is nothing but that text, which the reader undoes. A phone
    // number in the service's form is none: a blank stands between its digits.
    private static string Inert(string cell) =>
        cell.Length == 0 || "=+-@\t\r".IndexOf(cell[0]) < 0 || IsPhoneNumber(cell) ? cell : "=\"" + cell.Replace("\"", "\"\"") + "\"";

    private static bool IsPhoneNumber(string cell)
    {
        int blank = cell.IndexOf(' ');
        return cell[0] == '+' && blank > 1 && blank == cell.LastIndexOf(' ') && blank < cell.Length - 1
            && cell.Skip(1).All(c => c is ' ' or 'x' or (>= '0' and <= '9'));
    }
}
