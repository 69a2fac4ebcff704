using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PasswordOps.Practice.Graph;

/// <summary>Answers a list a page at a time.</summary>
internal static class Paging
{
    private const string Mark = "DSpt\u0002\u0000\u0001\u0000:";

    /// <summary>
    /// One page of those items that fit. The place to go on from is a position in the whole list, so a change between two pages shifts
    /// nothing.
    /// </summary>
    internal static Answer Page<T>(
        Call call, string context, IReadOnlyList<T> items, Func<T, bool>? fits, int standardTop, int mostTop,
        Action<Utf8JsonWriter, T> write, bool countable = true)
    {
        int top = call.Query.Top(standardTop, mostTop);
        int start = call.Query.SkipToken is { } token ? Read(token) : 0;
        return Answer.Page(writer =>
        {
            writer.WriteString("@odata.context", call.Context(context));
            if (countable && start == 0 && call.Query.Count && call.Eventual)
                writer.WriteNumber("@odata.count", CountOf(items, fits));
            int index = start;
            int written = 0;
            writer.WriteStartArray("value");
            for (; index < items.Count && written < top; index++)
            {
                T item = items[index];
                if (fits?.Invoke(item) == false)
                    continue;
                writer.WriteStartObject();
                write(writer, item);
                writer.WriteEndObject();
                written++;
            }
            writer.WriteEndArray();
            while (index < items.Count && fits?.Invoke(items[index]) == false)
                index++;
            if (index < items.Count)
                writer.WriteString("@odata.nextLink", $"{call.Root}{call.Path}?{call.Query.WithSkipToken(Make(index))}");
        });
    }

    internal static int CountOf<T>(IReadOnlyList<T> items, Func<T, bool>? fits)
    {
        if (fits is null)
            return items.Count;
        int count = 0;
        for (int index = 0; index < items.Count; index++)
        {
            if (fits(items[index]))
                count++;
        }
        return count;
    }

    /// <summary>The service uses two forms of token; so both occur here, and a reader of nextLink has to leave them alone.</summary>
    private static string Make(int position)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(Mark + position.ToString(CultureInfo.InvariantCulture));
        return position % 2 == 0 ? Base64Url.EncodeToString(bytes) : $"X%27{Convert.ToHexString(bytes)}%27";
    }

    private static int Read(string token)
    {
        try
        {
            byte[] bytes = token.StartsWith("X'", StringComparison.OrdinalIgnoreCase) && token.EndsWith('\'')
                ? Convert.FromHexString(token.AsSpan(2, token.Length - 3))
                : Base64Url.DecodeFromChars(token);
            string text = Encoding.ASCII.GetString(bytes);
            if (text.StartsWith(Mark, StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(Mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int position))
                return position;
        }
        catch (FormatException)
        {
            // Falls through to the one answer for a token that is none of ours.
        }
        throw new GraphException(400, "Directory_ExpiredPageToken", "The specified page token value has expired and is no longer valid.");
    }
}
