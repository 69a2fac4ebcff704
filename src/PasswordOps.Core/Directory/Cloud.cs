using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Directory;

/// <summary>A national cloud: where to sign in, where Microsoft Graph is, and what it lacks. Facts in Knowledge/clouds.tsv.</summary>
public sealed record Cloud
{
    private static readonly IReadOnlyList<Cloud> All = Knowledge.KnowledgeTable.Load("clouds").Rows
        .Select(row => new Cloud
        {
            Name = row["name"],
            Title = row["title"],
            Authority = new Uri(row["authority"]),
            Graph = new Uri(row["graph"]),
            Lacks = row["lacks"] == "-" ? Array.Empty<string>() : row["lacks"].Split(';').Select(part => part.Trim()).ToArray(),
        })
        .ToArray();

    /// <summary>Short name: Global, USGov, USGovDoD or China.</summary>
    public required string Name { get; init; }

    /// <summary>Name shown to people.</summary>
    public required string Title { get; init; }

    /// <summary>Base address of the sign-in service.</summary>
    public required Uri Authority { get; init; }

    /// <summary>Base address of Microsoft Graph, without version.</summary>
    public required Uri Graph { get; init; }

    /// <summary>What this cloud does not offer according to the metadata of its Graph: a hint, not a promise.</summary>
    public IReadOnlyList<string> Lacks { get; init; } = Array.Empty<string>();

    /// <summary>The names that <see cref="Named"/> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = All.Select(cloud => cloud.Name).ToArray();

    /// <summary>Finds a cloud.</summary>
    /// <param name="name">Short name, any case.</param>
    /// <returns>The cloud.</returns>
    /// <exception cref="PasswordOpsException">There is none of that name: <c>CloudUnknown</c>.</exception>
    public static Cloud Named(string name) =>
        All.FirstOrDefault(cloud => string.Equals(cloud.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new PasswordOpsException(
            "CloudUnknown", ErrorKind.InvalidArgument, Text.Of($"There is no cloud '{name}'."),
            Text.Of($"Use one of: {string.Join(", ", Names)}."));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
