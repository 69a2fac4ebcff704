using System;
using System.Collections.Generic;

namespace PasswordOps.Practice.Graph;

/// <summary>Takes the path of an address apart.</summary>
internal static class PathText
{
    /// <summary>
    /// Segments of a path as it was sent. A key in brackets becomes a segment of its own: users('x') is users, x;
    /// a key by name keeps the name: servicePrincipals(appId='x') is servicePrincipals(appId), x.
    /// </summary>
    internal static List<string> Segments(string rawPath)
    {
        var segments = new List<string>();
        foreach (string raw in rawPath.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            string text = Uri.UnescapeDataString(raw);
            int open = text.IndexOf("(", StringComparison.Ordinal);
            // Brackets in a name are no key, unless a quote stands behind the first.
            bool name = text.Contains('@', StringComparison.Ordinal) && !text.Contains("('", StringComparison.Ordinal);
            if (open <= 0 || !text.EndsWith(')') || name)
            {
                segments.Add(text);
                continue;
            }
            string collection = text[..open];
            string key = text[(open + 1)..^1];
            int equals = key.IndexOf("='", StringComparison.Ordinal);
            if (!key.StartsWith('\'') && equals > 0)
            {
                collection = $"{collection}({key[..equals]})";
                key = key[(equals + 1)..];
            }
            segments.Add(collection);
            segments.Add(Unquote(key));
        }
        return segments;
    }

    private static string Unquote(string key) =>
        key.Length >= 2 && key[0] == '\'' && key[^1] == '\'' ? key[1..^1].Replace("''", "'", StringComparison.Ordinal) : key;
}
