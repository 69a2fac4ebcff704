using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using PasswordOps.Core.Contacts;

namespace PasswordOps.Files;

/// <summary>
/// Reads contact sheets from text files: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252; all found out from the file. The file is
/// gone through once to learn its encoding and then read as a stream, so that memory does not grow with it.
/// </summary>
public sealed class CsvSheetReader : ISheetReader
{
    /// <inheritdoc/>
    public ISheet Open(string path, SheetOptions options)
    {
        FileStream stream = OpenFile(path);
        try
        {
            string name = Path.GetFileName(path);
            try
            {
                SheetLayout layout = SheetLayout.Detect(stream, name);
                return new CsvSheet(stream, name, layout, options);
            }
            catch (IOException e)
            {
                throw SheetErrors.Unreadable(name, e);
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Digest(string path, CancellationToken stop)
    {
        using FileStream stream = OpenFile(path);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[81_920];
        try
        {
            for (int read = stream.Read(buffer, 0, buffer.Length); read > 0; read = stream.Read(buffer, 0, buffer.Length))
            {
                stop.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
            }
        }
        catch (IOException e)
        {
            throw SheetErrors.Unreadable(Path.GetFileName(path), e);
        }

        return BitConverter.ToString(hash.GetHashAndReset()).Replace("-", string.Empty);
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            // Excel holds a sheet open for writing; whoever only reads need not mind.
            const FileShare share = FileShare.ReadWrite | FileShare.Delete;
            FileStream stream = new(path, FileMode.Open, FileAccess.Read, share, 4096, FileOptions.SequentialScan);
            if (stream.CanSeek)
            {
                return stream;
            }

            stream.Dispose();
            throw SheetErrors.NotAFile(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException or NotSupportedException)
        {
            throw SheetErrors.NotFound(path, e);
        }
        catch (Exception) when (Directory.Exists(path))
        {
            throw SheetErrors.NotAFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SheetErrors.Unreadable(path, e);
        }
    }
}
