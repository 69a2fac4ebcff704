using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PasswordOps.Tests;

/// <summary>The files of this project, found upwards from where the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine(path.Prepend(Root).ToArray()));

    /// <summary>All C# files below a folder, without what a build leaves behind.</summary>
    public static IEnumerable<string> Sources(params string[] folder) =>
        Directory.EnumerateFiles(Path.Combine(folder.Prepend(Root).ToArray()), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    /// <summary>Rows of a data file of the core: cells by column name.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Knowledge(string name)
    {
        string[] lines = Read("src", "PasswordOps.Core", "Knowledge", name + ".tsv").Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#').ToArray();
        string[] columns = lines[0].Split('\t');
        return lines.Skip(1)
            .Select(line => (IReadOnlyDictionary<string, string>)line.Split('\t').Select((cell, i) => (columns[i], cell))
                .ToDictionary(pair => pair.Item1, pair => pair.cell))
            .ToArray();
    }

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PasswordOps.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("These tests run inside the project's folder.");
    }
}
