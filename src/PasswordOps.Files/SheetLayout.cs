using System;
using System.IO;
using System.Text;
using PasswordOps.Core;

namespace PasswordOps.Files;

/// <summary>How a sheet is written: encoding, delimiter, and whether Excel's line that names the delimiter stands on top.</summary>
internal sealed class SheetLayout
{
    /// <summary>Longest header, in characters, that a sheet can have; a file without a line end in so much text is no sheet.</summary>
    public const int HeaderLimit = 1_048_576;

    private const int BlockSize = 65_536;
    private const int WindowsCodePage = 1252;

    /// <summary>One byte in so many may be NUL in a text.</summary>
    private const int NulShare = 100;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    private SheetLayout(Encoding encoding, char delimiter, bool namesDelimiter)
    {
        Encoding = encoding;
        Delimiter = delimiter;
        NamesDelimiter = namesDelimiter;
    }

    public Encoding Encoding { get; }

    public char Delimiter { get; }

    /// <summary>True when the first line is <c>sep=;</c> or the like.</summary>
    public bool NamesDelimiter { get; }

    /// <summary>Finds out the layout; the stream stands at its beginning before and after.</summary>
    public static SheetLayout Detect(FileStream stream, string name)
    {
        Encoding encoding = DetectEncoding(stream, name);
        stream.Position = 0;
        string top = ReadTop(stream, encoding);
        stream.Position = 0;

        int start = SkipBlankLines(top, 0);
        if (start == top.Length && top.Length < HeaderLimit)
        {
            throw SheetErrors.Empty(name);
        }

        int end = LineEnd(top, start);
        if (NamedDelimiter(top.Substring(start, end - start)) is char named)
        {
            return new SheetLayout(encoding, named, true);
        }

        if (end == top.Length && top.Length >= HeaderLimit)
        {
            throw SheetErrors.HeaderMissing(name, Text.Of($"its first line does not end"));
        }

        return new SheetLayout(encoding, MostFrequentDelimiter(top, start), false);
    }

    /// <summary>
    /// True when a text that was read as Windows-1252 makes sense in UTF-8: letters with accents come in pairs that nobody writes. Such a
    /// file was put together from parts in different encodings.
    /// </summary>
    public bool IsUtf8Written(string text)
    {
        if (Encoding.CodePage != WindowsCodePage)
        {
            return false;
        }

        try
        {
            StrictUtf8.GetCharCount(Encoding.GetBytes(text));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static Encoding DetectEncoding(FileStream stream, string name)
    {
        byte[] block = new byte[BlockSize];
        int read = Fill(stream, block);
        RefuseKnownBinaries(block, read, name);
        Encoding? unicode = MarkedUnicode(block, read) ?? UnmarkedUtf16(block, read);
        if (unicode is UnicodeEncoding)
        {
            return unicode;
        }

        // Only the whole file can tell UTF-8 from Windows-1252: the first letter with an accent may be in the last row. NULs are everywhere
        // in what is no text; one here and there is a broken cell, which is named when its row is read.
        long nuls = 0;
        long? firstNul = null;
        Decoder? utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        char[] scratch = new char[BlockSize + 1];
        for (long position = 0; read > 0; position += read, read = Fill(stream, block))
        {
            for (int nul = Array.IndexOf(block, (byte)0, 0, read); nul >= 0; nul = Array.IndexOf(block, (byte)0, nul + 1, read - nul - 1))
            {
                firstNul ??= position + nul;
                nuls++;
            }

            utf8 = Decodes(utf8, block, read, scratch, flush: false) ? utf8 : null;
        }

        if (nuls * NulShare > stream.Length)
        {
            throw SheetErrors.Binary(name, Text.Of($"it holds NUL bytes, the first at offset {firstNul}"));
        }

        bool valid = Decodes(utf8, block, 0, scratch, flush: true);
        return unicode is not null || valid ? new UTF8Encoding(true) : CodePagesEncodingProvider.Instance.GetEncoding(WindowsCodePage)!;
    }

    private static bool Decodes(Decoder? decoder, byte[] block, int count, char[] scratch, bool flush)
    {
        try
        {
            decoder?.GetChars(block, 0, count, scratch, 0, flush);
            return decoder is not null;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static void RefuseKnownBinaries(byte[] block, int count, string name)
    {
        // xlsx is a zip archive, xls an OLE compound file.
        if (StartsWith(block, count, 0x50, 0x4B, 0x03, 0x04) || StartsWith(block, count, 0xD0, 0xCF, 0x11, 0xE0))
        {
            throw SheetErrors.Workbook(name);
        }

        if (StartsWith(block, count, 0x25, 0x50, 0x44, 0x46))
        {
            throw SheetErrors.Binary(name, Text.Of($"it is a PDF document"));
        }

        if (StartsWith(block, count, 0x1F, 0x8B))
        {
            throw SheetErrors.Binary(name, Text.Of($"it is compressed (gzip)"));
        }
    }

    private static bool StartsWith(byte[] block, int count, params byte[] sign)
    {
        for (int i = 0; i < sign.Length; i++)
        {
            if (i >= count || block[i] != sign[i])
            {
                return false;
            }
        }

        return true;
    }

    private static Encoding? MarkedUnicode(byte[] block, int count)
    {
        if (StartsWith(block, count, 0xEF, 0xBB, 0xBF))
        {
            return new UTF8Encoding(true);
        }

        if (StartsWith(block, count, 0xFF, 0xFE))
        {
            return new UnicodeEncoding(bigEndian: false, byteOrderMark: true);
        }

        return StartsWith(block, count, 0xFE, 0xFF) ? new UnicodeEncoding(bigEndian: true, byteOrderMark: true) : null;
    }

    // Without a mark: column names are mostly ASCII, so nearly every other byte of the top is 0, and none on the other side.
    private static Encoding? UnmarkedUtf16(byte[] block, int count)
    {
        int pairs = Math.Min(count, 512) / 2;
        int even = 0;
        int odd = 0;
        for (int i = 0; i < pairs; i++)
        {
            even += block[2 * i] == 0 ? 1 : 0;
            odd += block[(2 * i) + 1] == 0 ? 1 : 0;
        }

        if (even == 0 && odd * 2 > pairs)
        {
            return new UnicodeEncoding(bigEndian: false, byteOrderMark: true);
        }

        return odd == 0 && even * 2 > pairs ? new UnicodeEncoding(bigEndian: true, byteOrderMark: true) : null;
    }

    private static int Fill(Stream stream, byte[] block)
    {
        int filled = 0;
        while (filled < block.Length)
        {
            int read = stream.Read(block, filled, block.Length - filled);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }

    private static string ReadTop(Stream stream, Encoding encoding)
    {
        using StreamReader reader = new(stream, encoding, false, 4096, leaveOpen: true);
        char[] top = new char[HeaderLimit];
        return new string(top, 0, reader.ReadBlock(top, 0, top.Length));
    }

    private static int SkipBlankLines(string text, int start)
    {
        while (start < text.Length && (char.IsWhiteSpace(text[start]) || text[start] == '\uFEFF'))
        {
            start++;
        }

        // Back to the beginning of the line: a tab may be an empty first heading.
        while (start > 0 && start < text.Length && text[start - 1] == '\t')
        {
            start--;
        }

        return start;
    }

    private static int LineEnd(string text, int start)
    {
        int end = text.IndexOfAny(new[] { '\r', '\n' }, start);
        return end < 0 ? text.Length : end;
    }

    private static char? NamedDelimiter(string line)
    {
        line = line.TrimEnd(' ').Trim('"');
        bool named = line.Length == 5 && line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase);
        return named && ",;\t|".IndexOf(line[4]) >= 0 ? line[4] : null;
    }

    private static char MostFrequentDelimiter(string text, int start)
    {
        int commas = 0;
        int semicolons = 0;
        int tabs = 0;
        bool quoted = false;
        for (int i = start; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted)
            {
                if (c is '\r' or '\n')
                {
                    break;
                }

                commas += c == ',' ? 1 : 0;
                semicolons += c == ';' ? 1 : 0;
                tabs += c == '\t' ? 1 : 0;
            }
        }

        if (tabs > commas && tabs > semicolons)
        {
            return '\t';
        }

        return semicolons > commas ? ';' : ',';
    }
}
