using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Reflection;

namespace PasswordOps.Core.Knowledge;

/// <summary>
/// One data file of this folder: lines that begin with # are for readers (one of them says 'reviewed on'), then a line of column names,
/// then rows, all separated by tabs.
/// </summary>
internal sealed class KnowledgeTable
{
    private const string ReviewedMark = "# reviewed on:";

    private KnowledgeTable(
        string name, DateTime reviewedOn, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyDictionary<string, string>> rows)
    {
        Name = name;
        ReviewedOn = reviewedOn;
        Columns = columns;
        Rows = rows;
    }

    public string Name { get; }

    public DateTime ReviewedOn { get; }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows { get; }

    public static KnowledgeTable Load(string name)
    {
        using Stream stream = typeof(KnowledgeTable).GetTypeInfo().Assembly
            .GetManifestResourceStream("PasswordOps.Knowledge." + name + ".tsv")
            ?? throw new InvalidOperationException($"The data file Knowledge/{name}.tsv is not in this build.");
        using StreamReader reader = new(stream);
        return Parse(name, reader);
    }

    internal static KnowledgeTable Parse(string name, TextReader reader)
    {
        DateTime? reviewed = null;
        string[]? columns = null;
        List<IReadOnlyDictionary<string, string>> rows = new();
        int number = 0;
        while (reader.ReadLine() is string line)
        {
            number++;
            if (line.StartsWith("#", StringComparison.Ordinal))
            {
                if (line.StartsWith(ReviewedMark, StringComparison.Ordinal))
                {
                    reviewed = DateTime.ParseExact(line.Substring(ReviewedMark.Length).Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture);
                }

                continue;
            }

            if (line.Length == 0)
            {
                continue;
            }

            string[] cells = line.Split('\t');
            if (columns is null)
            {
                columns = cells;
                continue;
            }

            if (cells.Length != columns.Length)
            {
                throw new InvalidOperationException($"Knowledge/{name}.tsv line {number} has {cells.Length} cells, not {columns.Length}.");
            }

            Dictionary<string, string> row = new(StringComparer.Ordinal);
            for (int i = 0; i < cells.Length; i++)
            {
                row[columns[i]] = cells[i];
            }

            rows.Add(row);
        }

        if (reviewed is null || columns is null)
        {
            throw new InvalidOperationException($"Knowledge/{name}.tsv has no 'reviewed on' line or no column names.");
        }

        return new KnowledgeTable(name, reviewed.Value, columns, rows);
    }
}
