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
    private readonly FileStream _stream;
    private readonly CsvWriter _csv;
    private readonly string _path;
    private readonly bool _overwrite;
    private readonly int _columns;
    private bool _closed;

    public CsvSheetOutput(FileStream stream, string path, IReadOnlyList<string> header, char delimiter, bool overwrite)
    {
        _stream = stream;
        _path = path;
        _overwrite = overwrite;
        _columns = header.Count;
        CsvWriterOptions options = new()
        {
            Separator = delimiter, WriteByteOrderMark = true, Quoting = CsvQuoting.WhenNeededOrWhitespace, NewLine = "\r\n",
        };
        _csv = CsvWriter.Create(stream, options, leaveOpen: true);
        Write(header);
    }

    public void Write(IReadOnlyList<string> cells)
    {
        if (_closed)
        {
            throw new ObjectDisposedException(_path);
        }

        if (cells.Count != _columns)
        {
            throw new ArgumentException($"A row has as many cells as the header: {_columns}.", nameof(cells));
        }

        Try(() => _csv.WriteRecord(cells.Select(Inert).ToArray()));
    }

    public void Complete()
    {
        if (_closed)
        {
            throw new ObjectDisposedException(_path);
        }

        Try(() =>
        {
            _csv.Dispose();
            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
            _closed = true;
            PutInPlace();
        });
    }

    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        try
        {
            _csv.Dispose();
        }
        catch (IOException)
        {
            // What it could not write is thrown away with the rest.
        }

        Discard();
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

    private void PutInPlace()
    {
        try
        {
#if NET
            File.Move(_stream.Name, _path, _overwrite);
#else
            if (_overwrite && File.Exists(_path))
            {
                File.Replace(_stream.Name, _path, destinationBackupFileName: null);
                return;
            }

            File.Move(_stream.Name, _path);
#endif
        }
        catch (IOException e) when (!_overwrite && File.Exists(_path))
        {
            throw FileErrors.Exists(_path, e);
        }
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e)
        {
            _closed = true;
            Discard();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw FileErrors.NotWritable(_path, e.Message, e);
            }

            throw;
        }
    }

    private void Discard()
    {
        _stream.Dispose();
        try
        {
            File.Delete(_stream.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure before this one says more.
        }
    }
}
