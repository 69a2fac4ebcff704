using System;
using System.IO;
using System.Text;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Files.Journals;

/// <summary>Reads a journal line by line and tests the check of each.</summary>
internal sealed class LineReader
{
    /// <summary>Bytes that a line can have. A row's line has a few hundred; what is longer is no journal.</summary>
    public const int LineLimit = 4_194_304;

    /// <summary>Bytes of the end of each line: <c>,"c":"0123abcd"}</c>.</summary>
    public const int CheckLength = 16;

    private static readonly byte[] CheckBegin = Encoding.ASCII.GetBytes(",\"c\":\"");

    private readonly Stream stream;
    private readonly string name;
    private byte[] buffer = new byte[131_072];
    private int lineStart;
    private int lineLength;
    private int next;
    private int filled;
    private long left;

    /// <summary>Begins at the first line.</summary>
    /// <param name="stream">The file, at its beginning.</param>
    /// <param name="end">How far to read.</param>
    /// <param name="name">Name of the file, for messages.</param>
    public LineReader(Stream stream, long end, string name)
    {
        this.stream = stream;
        this.name = name;
        left = end;
    }

    /// <summary>Number of the present line, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Check of the last whole line.</summary>
    public uint Check { get; private set; }

    /// <summary>Where the last whole line ends, its line end included.</summary>
    public long WholeEnd { get; private set; }

    /// <summary>True when the last line is whole but for its line end.</summary>
    public bool LacksLineEnd { get; private set; }

    /// <summary>The present line, with its check and without its line end.</summary>
    public ReadOnlySpan<byte> Line => new(buffer, lineStart, lineLength);

    /// <summary>Writes the check that ends a line, and the line end.</summary>
    /// <param name="target">Where to; 17 bytes.</param>
    /// <param name="check">The check.</param>
    public static void WriteCheck(Span<byte> target, uint check)
    {
        CheckBegin.AsSpan().CopyTo(target);
        for (int i = 0; i < 8; i++)
        {
            target[CheckBegin.Length + i] = (byte)"0123456789abcdef"[(int)(check >> (28 - (4 * i))) & 0xF];
        }

        target[14] = (byte)'"';
        target[15] = (byte)'}';
        target[16] = (byte)'\n';
    }

    /// <summary>Goes to the next whole line.</summary>
    /// <returns>False at the end, or where the last line is cut.</returns>
    /// <exception cref="Core.PasswordOpsException"><c>JournalBroken</c>, <c>JournalTooNew</c>.</exception>
    public bool Next()
    {
        int end = FindLineEnd();
        if (end < 0)
        {
            return NextOfTail();
        }

        Number++;
        Take(end - next);
        next = end + 1;
        if (!IsWhole(Line))
        {
            ExplainFirst();
            throw JournalErrors.Broken(name, Number, Text.Of($"it was changed, or lines before it are missing or in another order"));
        }

        Pass(lineLength + 1);
        return true;
    }

    // What follows the last line end: nothing, a line that a killed process left half, or a whole one that lacks only the line end.
    private bool NextOfTail()
    {
        ReadOnlySpan<byte> tail = new(buffer, next, filled - next);
        if (tail.Length > LineLimit)
        {
            Number++;
            Take(tail.Length);
            ExplainFirst();
            throw JournalErrors.Broken(name, Number, Text.Of($"it does not end"));
        }

        int last = tail.LastIndexOf((byte)'}');
        if (tail.Length == 0 || last < 0 || !IsWhole(tail.Slice(0, last + 1)))
        {
            if (Number == 0)
            {
                Take(tail.Length);
                ExplainFirst();
                throw JournalErrors.NotAJournal(name, tail.Length == 0 ? Text.Of($"it is empty") : Text.Of($"its first line is cut off"));
            }

            return false;
        }

        Number++;
        foreach (byte rest in tail.Slice(last + 1))
        {
            // Zeros are what some file systems leave when the power fails.
            if (rest != 0)
            {
                throw JournalErrors.Broken(name, Number, Text.Of($"something follows its end"));
            }
        }

        Take(last + 1);
        next = filled;
        Pass(lineLength);
        LacksLineEnd = true;
        return true;
    }

    private void Take(int length)
    {
        lineStart = next;
        lineLength = length;
    }

    private void Pass(int length)
    {
        Check = LineCheck.Over(Check, Line.Slice(0, lineLength - CheckLength));
        WholeEnd += length;
    }

    private bool IsWhole(ReadOnlySpan<byte> line)
    {
        if (line.Length <= CheckLength)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[CheckLength + 1];
        WriteCheck(expected, LineCheck.Over(Check, line.Slice(0, line.Length - CheckLength)));
        return line.Slice(line.Length - CheckLength).SequenceEqual(expected.Slice(0, CheckLength));
    }

    // What a first line that does not check out is; a newer format may have other checks.
    private void ExplainFirst()
    {
        if (Number > 1)
        {
            return;
        }

        int? version = JournalText.VersionOf(Line);
        throw version switch
        {
            null => JournalErrors.NotAJournal(name, Line.Length == 0 ? Text.Of($"it is empty") : Text.Of($"it does not begin as one")),
            > JournalHead.CurrentVersion => JournalErrors.TooNew(name, version.Value, JournalHead.CurrentVersion),
            _ => JournalErrors.Broken(name, 1, Text.Of($"it was changed or cut off")),
        };
    }

    private int FindLineEnd()
    {
        int searched = next;
        while (true)
        {
            int at = new ReadOnlySpan<byte>(buffer, searched, filled - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                return searched + at;
            }

            searched = filled;
            if (left == 0 || filled - next > LineLimit || !Fill(ref searched))
            {
                return -1;
            }
        }
    }

    private bool Fill(ref int searched)
    {
        if (next > 0)
        {
            Buffer.BlockCopy(buffer, next, buffer, 0, filled - next);
            filled -= next;
            searched -= next;
            next = 0;
        }

        if (filled == buffer.Length)
        {
            Array.Resize(ref buffer, 2 * buffer.Length);
        }

        int read = stream.Read(buffer, filled, (int)Math.Min(left, buffer.Length - filled));
        filled += read;

        // A file that became shorter than it was when the reading began ends where it ends.
        left = read == 0 ? 0 : left - read;
        return read > 0;
    }
}
