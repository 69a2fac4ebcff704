using System;
using System.Globalization;

namespace PasswordOps.OnPremises;

/// <summary>
/// Tells by a glance at its raw text that an event is another provider's, so that it need not be read as XML: most events of an Application
/// log are. It says so only where everything is as Windows writes it; else the event is read in full, which decides.
/// </summary>
internal static class EventGlance
{
    public const string Start = "<Event";
    private const string End = "</Event>";

    /// <summary>Longest of the names that are looked for, with what may follow.</summary>
    private const int NameLength = 16;

    internal enum Answer
    {
        /// <summary>Not known; it has to be read.</summary>
        Read,

        /// <summary>Another provider's, and complete.</summary>
        Other,

        /// <summary>The text ends before the event does.</summary>
        Cut,
    }

    /// <summary>Looks at the event that begins at a place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where <see cref="Start"/> stands.</param>
    /// <param name="to">Where the text ends.</param>
    /// <param name="end">Behind the event, if it is another provider's.</param>
    /// <param name="time">When it was written, if it is another provider's.</param>
    /// <returns>What was seen.</returns>
    public static Answer At(char[] text, int from, int to, out int end, out DateTimeOffset time)
    {
        end = from;
        time = default;
        int at = from + Start.Length;
        if (at >= to || !(text[at] == '>' || char.IsWhiteSpace(text[at])))
        {
            return Answer.Read;
        }

        bool system = false;
        int provider = -1;
        int id = -1;
        int created = -1;
        while (true)
        {
            at = IndexOf(text, '<', at, to);
            if (at < 0 || to - at < NameLength)
            {
                return Answer.Cut;
            }

            switch (text[at + 1])
            {
                case '/' when Is(text, at, End):
                    end = at + End.Length;
                    return provider >= 0 && id >= 0 && created >= 0
                        && IsOthers(text, provider, end) && HasId(text, id, end) && HasTime(text, created, end, out time)
                            ? Answer.Other
                            : Answer.Read;
                case '!':
                case '?':
                case 'E' when Is(text, at, Start) && !char.IsLetter(text[at + Start.Length]):
                    return Answer.Read;
                case 'E' when id < 0 && Is(text, at, "<EventID"):
                    id = at;
                    break;
                case 'S' when Is(text, at, "<System"):
                    system = true;
                    break;
                case 'P' when system && provider < 0 && Is(text, at, "<Provider"):
                    provider = at;
                    break;
                case 'T' when system && created < 0 && Is(text, at, "<TimeCreated"):
                    created = at;
                    break;
            }

            at += 2;
        }
    }

    private static bool IsOthers(char[] text, int at, int end)
    {
        string tag = Tag(text, at, end);
        return tag.IndexOf('&') < 0
            && (tag.IndexOf("Name='", StringComparison.Ordinal) > 0 || tag.IndexOf("Name=\"", StringComparison.Ordinal) > 0)
            && !Array.Exists(EventXml.Providers, name => tag.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0);
    }

    private static bool HasId(char[] text, int at, int end)
    {
        int digits = at + Tag(text, at, end).Length;
        int last = IndexOf(text, '<', digits, end);
        return last - digits is > 0 and <= 5
            && ushort.TryParse(new string(text, digits, last - digits), NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    private static bool HasTime(char[] text, int at, int end, out DateTimeOffset time)
    {
        const string label = "SystemTime=";
        string tag = Tag(text, at, end);
        int start = tag.IndexOf(label, StringComparison.Ordinal) + label.Length;
        int close = start > label.Length && start < tag.Length ? tag.IndexOf(tag[start], start + 1) : -1;
        time = default;
        if (close < 0 || EventXml.TimeOf(tag.Substring(start + 1, close - start - 1)) is not DateTimeOffset found)
        {
            return false;
        }

        time = found;
        return true;
    }

    // A '>' within quotes does not end a tag.
    private static string Tag(char[] text, int at, int end)
    {
        char quote = '\0';
        for (int i = at; i < end; i++)
        {
            char c = text[i];
            if (quote == '\0' && c == '>')
            {
                return new string(text, at, i + 1 - at);
            }

            quote = quote == c ? '\0' : quote == '\0' && c is '"' or '\'' ? c : quote;
        }

        return string.Empty;
    }

    private static bool Is(char[] text, int at, string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (text[at + i] != name[i])
            {
                return false;
            }
        }

        return true;
    }

    private static int IndexOf(char[] text, char sign, int from, int to)
    {
#if NET
        int found = text.AsSpan(from, to - from).IndexOf(sign);
        return found < 0 ? -1 : from + found;
#else
        // Array.IndexOf of .NET Framework asks a comparer for each character.
        for (int i = from; i < to; i++)
        {
            if (text[i] == sign)
            {
                return i;
            }
        }

        return -1;
#endif
    }
}
