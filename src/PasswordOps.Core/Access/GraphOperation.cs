using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Access;

/// <summary>Something that the product asks of Microsoft Graph, and what allows it. Facts in Knowledge/permissions.tsv.</summary>
public sealed record GraphOperation
{
    private readonly string title = string.Empty;

    /// <summary>Name, for example <c>phones.write</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, to follow 'to' or 'cannot' in a sentence; in the reader's language.</summary>
    public required string Title
    {
        get => Text.Translated(title);
        init => title = value;
    }

    /// <summary>Delegated permissions of which one is enough, least privileged first.</summary>
    public required IReadOnlyList<string> Delegated { get; init; }

    /// <summary>Application permissions of which one is enough, least privileged first; empty when it may not.</summary>
    public required IReadOnlyList<string> Application { get; init; }

    /// <summary>All operations.</summary>
    public static IReadOnlyList<GraphOperation> All { get; } = KnowledgeTable.Load("permissions").Rows
        .Select(row => new GraphOperation
        {
            Name = row["operation"],
            Title = row["title"],
            Delegated = Listed(row["delegated"]),
            Application = Listed(row["application"]),
        })
        .ToArray();

    /// <summary>Finds an operation.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The operation.</returns>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static GraphOperation Named(string name) =>
        All.FirstOrDefault(operation => operation.Name == name)
        ?? throw new ArgumentException($"There is no operation '{name}'.", nameof(name));

    /// <summary>The permissions that count for a sort of connection.</summary>
    /// <param name="appOnly">True for an application by itself.</param>
    /// <returns>Permissions of which one is enough, least privileged first.</returns>
    public IReadOnlyList<string> Permissions(bool appOnly) => appOnly ? Application : Delegated;

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string[] Listed(string cell) => cell == "-" ? Array.Empty<string>() : cell.Split(';');
}
