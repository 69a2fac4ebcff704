using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps.Files;

/// <summary>The headings of a sheet, and what they were taken for.</summary>
internal sealed class SheetHeader
{
    private SheetHeader(IReadOnlyList<SheetHeading> headings)
    {
        Headings = headings;
        Used = Enumerable.Range(0, headings.Count).Where(at => headings[at].Column is not null).ToArray();
        LastUsed = Used[Used.Count - 1];
    }

    public IReadOnlyList<SheetHeading> Headings { get; }

    /// <summary>Places of the columns that are not left out.</summary>
    public IReadOnlyList<int> Used { get; }

    /// <summary>The last of them.</summary>
    public int LastUsed { get; }

    /// <summary>Takes headings for columns.</summary>
    /// <param name="name">Name of the sheet, for messages.</param>
    /// <param name="headings">As they stand in the file.</param>
    /// <param name="options">What the caller says of them.</param>
    /// <exception cref="Core.PasswordOpsException">
    /// <c>SheetHeaderMissing</c>, <c>SheetColumnUnknown</c>, <c>SheetColumnDoubled</c>.
    /// </exception>
    public static SheetHeader Of(string name, IReadOnlyList<string> headings, SheetOptions options)
    {
        Dictionary<string, SheetColumn?> said = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, SheetColumn?> column in options.Columns)
        {
            said[column.Key.Trim()] = column.Value;
        }

        SheetColumn?[] columns = headings
            .Select(heading => said.TryGetValue(heading, out SheetColumn? column) ? column : SheetColumnNames.Find(heading))
            .ToArray();
        bool namesUser = columns.Contains(SheetColumn.Identity);
        if (!(namesUser && options.IgnoresOthers) && headings.Any(heading => LooksLikeData(heading) && !said.ContainsKey(heading)))
        {
            throw SheetErrors.HeaderMissing(name, Text.Of($"its first line looks like data"));
        }

        if (columns.All(column => column is null) && !headings.Any(said.ContainsKey))
        {
            // Not one known name: this is no header, and what it holds is nobody's business.
            throw SheetErrors.HeaderMissing(name, Text.Of($"its first line holds no known column name"));
        }

        RefuseUnknown(name, headings, columns, said, options.IgnoresOthers);
        RefuseDoubled(name, headings, columns);
        return namesUser
            ? new SheetHeader(headings.Select((heading, at) => new SheetHeading(heading, columns[at])).ToArray())
            : throw SheetErrors.HeaderMissing(name, Text.Of($"no column names the user"));
    }

    private static void RefuseUnknown(
        string name, IReadOnlyList<string> headings, SheetColumn?[] columns, Dictionary<string, SheetColumn?> said, bool ignoresOthers)
    {
        string? missing = said.Keys.FirstOrDefault(key => !headings.Contains(key, StringComparer.OrdinalIgnoreCase));
        if (missing is not null)
        {
            throw SheetErrors.MappedColumnMissing(name, missing);
        }

        List<KeyValuePair<int, string>> unknown = headings.Select((heading, at) => new KeyValuePair<int, string>(at + 1, heading))
            .Where(heading => columns[heading.Key - 1] is null && !said.ContainsKey(heading.Value))
            .ToList();
        if (unknown.Count > 0 && !ignoresOthers)
        {
            throw SheetErrors.ColumnUnknown(name, unknown);
        }
    }

    private static void RefuseDoubled(string name, IReadOnlyList<string> headings, SheetColumn?[] columns)
    {
        Dictionary<SheetColumn, int> seen = new();
        for (int at = 0; at < columns.Length; at++)
        {
            if (columns[at] is not SheetColumn column)
            {
                continue;
            }

            if (seen.TryGetValue(column, out int first))
            {
                throw SheetErrors.ColumnDoubled(name, column, headings[first], first + 1, headings[at], at + 1);
            }

            seen[column] = at;
        }
    }

    // An address, an object id or a number of six and more digits: nobody calls a column so.
    private static bool LooksLikeData(string heading) =>
        heading.IndexOf('@') >= 0 || Guid.TryParse(heading, out _) || heading.Count(char.IsDigit) >= 6;
}
