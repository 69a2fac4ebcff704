using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Activity;

/// <summary>One attempt of somebody, put together from the rows that tell of it.</summary>
public record ActivityAttempt
{
    /// <summary>Moment of its first row, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Moment of its last row, UTC.</summary>
    public required DateTimeOffset Ended { get; init; }

    /// <summary>User principal name whom it is about; null when the log names nobody, or the act is about the tenant.</summary>
    public string? User { get; init; }

    /// <summary>Object id of that user; null when the log leaves it out.</summary>
    public string? UserId { get; init; }

    /// <summary>What somebody wanted.</summary>
    public required ActivityKind Kind { get; init; }

    /// <summary>How it ended.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>Why, in plain words; null when there is nothing more to say than the outcome.</summary>
    public string? Why { get; init; }

    /// <summary>What is behind it as a rule; null when that is not known.</summary>
    public string? Cause { get; init; }

    /// <summary>One thing to do; null when there is nothing to do.</summary>
    public string? NextStep { get; init; }

    /// <summary>Stable name of the reason, to count and filter by; null when the log gives none.</summary>
    public string? ReasonId { get; init; }

    /// <summary>The reason in the service's words; null when the log gives none.</summary>
    public string? Reason { get; init; }

    /// <summary>How far the user came in self-service reset: the last step, in plain words; null when the log has no steps.</summary>
    public string? Reached { get; init; }

    /// <summary>Methods that the user verified by, or tried to, in the service's words.</summary>
    public IReadOnlyList<string> Methods { get; init; } = Array.Empty<string>();

    /// <summary>Who acted; null when the log does not say.</summary>
    public AuditActor? By { get; init; }

    /// <summary>What carried a password to Active Directory.</summary>
    public OnPremisesAgent Agent { get; init; }

    /// <summary>Correlation id of the row that decided; for a support case.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The rows, in the order of time.</summary>
    public IReadOnlyList<ActivityStep> Steps { get; init; } = Array.Empty<ActivityStep>();

    /// <summary>True for an attempt that did not give what was wanted: failed, blocked or abandoned.</summary>
    public bool IsFailure => Outcome is AttemptOutcome.Failed or AttemptOutcome.Blocked or AttemptOutcome.Abandoned;

    /// <summary>Puts rows together that are all at hand, in whatever order.</summary>
    /// <param name="rows">Rows; one that is there twice counts once.</param>
    /// <param name="now">When they were read: what began shortly before may still be going on.</param>
    /// <returns>Attempts by their beginning.</returns>
    public static IReadOnlyList<ActivityAttempt> Of(IEnumerable<DirectoryAudit> rows, DateTimeOffset now)
    {
        AttemptBuilder builder = new(now);
        foreach (DirectoryAudit row in rows.GroupBy(row => row.Id, StringComparer.Ordinal).Select(same => same.First())
            .OrderBy(row => row.At).ThenBy(row => row.Id, StringComparer.Ordinal))
        {
            builder.Add(ActivityStep.Of(row));
        }

        return builder.TakeAll().ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() => Kind + " " + User + " " + Outcome;
}
