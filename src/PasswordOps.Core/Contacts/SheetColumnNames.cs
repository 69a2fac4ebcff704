using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Contacts;

/// <summary>Which heading of a sheet means which column.</summary>
internal static class SheetColumnNames
{
    private static readonly Lazy<KnowledgeTable> Table = new(() => KnowledgeTable.Load("sheet-columns"));

    private static readonly Lazy<Dictionary<string, SheetColumn>> ByName = new(() => Table.Value.Rows.ToDictionary(
        row => Fold(row["name"]), row => (SheetColumn)Enum.Parse(typeof(SheetColumn), row["column"]), StringComparer.Ordinal));

    /// <summary>The name of each column that messages use, in the order of the enum.</summary>
    public static IReadOnlyList<string> Preferred =>
        Table.Value.Rows.GroupBy(row => row["column"], (_, rows) => rows.First()["name"]).ToList();

    /// <summary>Finds the column that a heading names; null when it names none.</summary>
    public static SheetColumn? Find(string heading)
    {
        foreach (string reading in Readings(heading))
        {
            if (ByName.Value.TryGetValue(Fold(reading), out SheetColumn column))
            {
                return column;
            }
        }

        return null;
    }

    /// <summary>The known name that a heading was probably meant to be; null when none is near.</summary>
    public static string? Nearest(string heading)
    {
        string folded = Fold(heading);
        if (folded.Length is < 3 or > 40)
        {
            return null;
        }

        // A third of the letters may be wrong: enough for typing mistakes, too little to turn 'Department' into something.
        int best = (folded.Length / 3) + 1;
        string? nearest = null;
        foreach (IReadOnlyDictionary<string, string> row in Table.Value.Rows)
        {
            int distance = Distance(folded, Fold(row["name"]), best);
            if (distance < best)
            {
                best = distance;
                nearest = row["name"];
            }
        }

        return nearest;
    }

    // The Entra admin center writes headings as 'User principal name [userPrincipalName] Required'.
    private static IEnumerable<string> Readings(string heading)
    {
        yield return heading;
        int open = heading.IndexOf('[');
        int close = heading.IndexOf(']', open + 1);
        if (open >= 0 && close > open)
        {
            yield return heading.Substring(open + 1, close - open - 1);
            yield return heading.Substring(0, open);
        }
    }

    private static string Fold(string name)
    {
        name = Composed(name);
        StringBuilder folded = new(name.Length);
        foreach (char c in name)
        {
            // U+2010 and U+2011 are the hyphens that word processors put in for the one on the keyboard.
            bool separator = char.IsWhiteSpace(c) || c is '-' or '_' or '\u2010' or '\u2011';
            if (!separator)
            {
                folded.Append(char.ToLower(c, CultureInfo.InvariantCulture));
            }
        }

        return folded.ToString();
    }

    // A letter with an accent can be one character or two, as files from a Mac have it.
    private static string Composed(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    // Levenshtein, one row at a time.
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) >= limit)
        {
            return limit;
        }

        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
