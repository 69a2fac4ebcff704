using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Activity;

/// <summary>An activity of the audit log that tells of passwords. Facts in Knowledge/sspr-activities.tsv.</summary>
public sealed record ActivityName
{
    /// <summary>The service that most rows come from.</summary>
    internal const string SelfService = "Self-service Password Management";

    /// <summary>The service that logs authentication methods.</summary>
    internal const string Methods = "Authentication Methods";

    /// <summary>The service that logs the directory itself.</summary>
    internal const string CoreDirectory = "Core Directory";

    private static readonly Lazy<Dictionary<string, ActivityName>> ByName = new(() =>
        KnowledgeTable.Load("sspr-activities").Rows
            .Select(row => new ActivityName
            {
                Name = row["activity"],
                Service = row["service"],
                Kind = (ActivityKind)Enum.Parse(typeof(ActivityKind), row["kind"]),
                Part = (ActivityPart)Enum.Parse(typeof(ActivityPart), row["part"]),
                English = row["meaning"],
            })
            .ToDictionary(activity => activity.Name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The service's name of it.</summary>
    public required string Name { get; init; }

    /// <summary>The service that logs it.</summary>
    public required string Service { get; init; }

    /// <summary>What somebody wanted.</summary>
    public required ActivityKind Kind { get; init; }

    /// <summary>What it says, to follow a time.</summary>
    public string Meaning => Text.Translated(English);

    internal ActivityPart Part { get; init; }

    private string English { get; init; } = string.Empty;

    /// <summary>All that are known.</summary>
    /// <returns>The table.</returns>
    public static IReadOnlyCollection<ActivityName> All() => ByName.Value.Values;

    /// <summary>Finds one.</summary>
    /// <param name="name">Name, whatever its case.</param>
    /// <returns>What is known; null when nothing is.</returns>
    public static ActivityName? Find(string name) => ByName.Value.TryGetValue(name, out ActivityName? known) ? known : null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
