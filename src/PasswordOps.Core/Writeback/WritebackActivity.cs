using System;
using System.Collections.Generic;
using System.Globalization;

namespace PasswordOps.Core.Writeback;

/// <summary>How often what happened, by user, day, event and cause. Holds users' names: never log it.</summary>
public record WritebackActivity
{
    /// <summary>Time of the oldest event that was counted, UTC; null when there is none.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Time of the newest event that was counted, UTC; null when there is none.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Servers that wrote them, at most 32.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>Events that were counted.</summary>
    public required long EventCount { get; init; }

    /// <summary>Operations whose password Active Directory took.</summary>
    public required long Succeeded { get; init; }

    /// <summary>Operations that failed.</summary>
    public required long Failed { get; init; }

    /// <summary>Operations whose result is not in the log.</summary>
    public required long NoResult { get; init; }

    /// <summary>Failures of the service that belong to no operation.</summary>
    public required long ServiceFailures { get; init; }

    /// <summary>By user, those with most failures first. An operation that names no user is counted under a user that is null.</summary>
    public required IReadOnlyList<WritebackUserCount> Users { get; init; }

    /// <summary>By day, UTC, the oldest first.</summary>
    public required IReadOnlyList<WritebackDayCount> Days { get; init; }

    /// <summary>By provider and id.</summary>
    public required IReadOnlyList<WritebackEventCount> Events { get; init; }

    /// <summary>By cause of failure, the most frequent first.</summary>
    public required IReadOnlyList<WritebackCauseCount> Causes { get; init; }

    /// <summary>Operations that are in no row of users or days, since there were more than 50,000 users or 4,000 days.</summary>
    public long Unlisted { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        Text.Of($"{Succeeded} succeeded, {Failed} failed, {NoResult} without result");
}
