using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;

namespace PasswordOps.Practice.State;

/// <summary>Reads the tab-separated data files that are built into this program.</summary>
internal static class Knowledge
{
    /// <summary>Rows of a file that the tenant shares with the module, header first, comments left out.</summary>
    internal static IReadOnlyList<string[]> Shared(string file) => Read($"PasswordOps.Knowledge.{file}.tsv");

    /// <summary>Rows of a file of the tenant's own, header first, comments left out.</summary>
    internal static IReadOnlyList<string[]> Own(string file) => Read($"PasswordOps.Practice.{file}.tsv");

    private static List<string[]> Read(string resource)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The data file {resource} is missing from this build.");
        using var reader = new StreamReader(stream);
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                rows.Add(line.Split('\t'));
        }
        return rows;
    }
}
