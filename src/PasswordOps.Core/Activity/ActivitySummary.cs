using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Activity;

/// <summary>What happened with passwords in a span of time: counts, trend by day, and reasons of what went wrong.</summary>
public record ActivitySummary
{
    /// <summary>Beginning of the span that was asked for, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>End of the span that was asked for, UTC.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>First moment of which the log had anything, UTC; null when it had nothing.</summary>
    public DateTimeOffset? FirstRow { get; init; }

    /// <summary>How many days the tenant's licence keeps the log; null when the licence could not be read.</summary>
    public int? KeptDays { get; init; }

    /// <summary>Id of the time zone of the days.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Rows that were read.</summary>
    public long Rows { get; init; }

    /// <summary>Attempts that they tell of.</summary>
    public int Attempts { get; init; }

    /// <summary>Users whom these are about.</summary>
    public int Users { get; init; }

    /// <summary>Attempts by kind and outcome, those that are there.</summary>
    public IReadOnlyList<ActivityCount> Counts { get; init; } = Array.Empty<ActivityCount>();

    /// <summary>Every day of the span, also those on which nothing happened.</summary>
    public IReadOnlyList<ActivityDay> Days { get; init; } = Array.Empty<ActivityDay>();

    /// <summary>Reasons of what failed, was blocked or was abandoned, the most frequent first.</summary>
    public IReadOnlyList<ActivityReasonCount> Reasons { get; init; } = Array.Empty<ActivityReasonCount>();

    /// <summary>Resets by what carried them to Active Directory, as far as the log says.</summary>
    public IReadOnlyList<ActivityAgentCount> Agents { get; init; } = Array.Empty<ActivityAgentCount>();

    /// <summary>Parts of the log that could not be read, of which nothing is known here.</summary>
    public IReadOnlyList<ActivityGap> Gaps { get; init; } = Array.Empty<ActivityGap>();

    /// <summary>How many attempts there are.</summary>
    /// <param name="kind">Of this kind.</param>
    /// <param name="outcomes">With one of these outcomes.</param>
    /// <returns>Their number.</returns>
    public int Count(ActivityKind kind, params AttemptOutcome[] outcomes) =>
        Counts.Where(count => count.Kind == kind && outcomes.Contains(count.Outcome)).Sum(count => count.Attempts);

    /// <inheritdoc/>
    public override string ToString() => Attempts.ToString(System.Globalization.CultureInfo.InvariantCulture) + " attempts";
}
