using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Writeback;

/// <summary>What is published about one event id.</summary>
public sealed record WritebackEventMeaning
{
    private static readonly Lazy<Dictionary<string, WritebackEventMeaning>> ById = new(() =>
        KnowledgeTable.Load("events").Rows.Select(Parse)
            .ToDictionary(meaning => Key(meaning.Provider, meaning.Id), StringComparer.OrdinalIgnoreCase));

    /// <summary>PasswordResetService or ADSync.</summary>
    public required string Provider { get; init; }

    /// <summary>Event id.</summary>
    public required int Id { get; init; }

    /// <summary>Name that Microsoft gives the event; null when it gives none.</summary>
    public string? Name { get; init; }

    /// <summary>What sort of event it is.</summary>
    public required WritebackEventGroup Group { get; init; }

    /// <summary>What it means.</summary>
    public required string Meaning
    {
        get => Text.Translated(field);
        init;
    }

    /// <summary>What usually causes it, as published; null when nothing went wrong.</summary>
    public string? Cause
    {
        get => field is null ? null : Text.Translated(field);
        init;
    }

    /// <summary>First thing to do; null when there is nothing to do.</summary>
    public string? Fix
    {
        get => field is null ? null : Text.Translated(field);
        init;
    }

    internal string? Check { get; init; }

    internal FailureScope Scope { get; init; }

    /// <summary>All events about which something is published.</summary>
    /// <returns>The table, by provider and id.</returns>
    public static IReadOnlyList<WritebackEventMeaning> All() =>
        ById.Value.Values.OrderBy(meaning => meaning.Provider, StringComparer.Ordinal).ThenBy(meaning => meaning.Id).ToList();

    /// <summary>Looks an event up.</summary>
    /// <param name="provider">PasswordResetService or ADSync.</param>
    /// <param name="id">Event id.</param>
    /// <returns>What is published; for other ids an answer that says so, without a name.</returns>
    public static WritebackEventMeaning Of(string provider, int id) =>
        ById.Value.TryGetValue(Key(provider, id), out WritebackEventMeaning? known)
            ? known
            : new WritebackEventMeaning
            {
                Provider = provider,
                Id = id,
                Group = WritebackEventGroup.Unlisted,
                Meaning = Text.Of($"Microsoft publishes nothing about this id; read the text of the event itself"),
            };

    /// <inheritdoc/>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, Name is null ? "{0} {1}" : "{0} {1} {2}", Provider, Id, Name);

    private static string Key(string provider, int id) => provider + "/" + id.ToString(CultureInfo.InvariantCulture);

    private static WritebackEventMeaning Parse(IReadOnlyDictionary<string, string> row) => new()
    {
        Provider = row["provider"],
        Id = int.Parse(row["id"], CultureInfo.InvariantCulture),
        Name = row["name"] == "-" ? null : row["name"],
        Group = (WritebackEventGroup)Enum.Parse(typeof(WritebackEventGroup), row["group"], ignoreCase: true),
        Check = "writeback." + row["check"],
        Scope = row["scope"] == "-" ? FailureScope.None : (FailureScope)Enum.Parse(typeof(FailureScope), row["scope"], ignoreCase: true),
        Meaning = row["meaning"],
        Cause = row["cause"] == "-" ? null : row["cause"],
        Fix = row["fix"] == "-" ? null : row["fix"],
    };
}
