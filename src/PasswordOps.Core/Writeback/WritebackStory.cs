using System;
using System.Collections.Generic;
using System.Globalization;

namespace PasswordOps.Core.Writeback;

/// <summary>
/// One operation of password writeback with all its events, or trouble of the service that belongs to no operation. Holds a user's name:
/// never log it.
/// </summary>
public record WritebackStory
{
    /// <summary>Id that its events share; null for a single event without one.</summary>
    public Guid? TrackingId { get; init; }

    /// <summary>What was asked.</summary>
    public required WritebackOperation Operation { get; init; }

    /// <summary>How it ended.</summary>
    public required WritebackOutcome Outcome { get; init; }

    /// <summary>Time of its first event, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Time of its last event, UTC.</summary>
    public required DateTimeOffset Ended { get; init; }

    /// <summary>From start to result; null when one of the two is not in the log.</summary>
    public TimeSpan? Duration => IsPartial || Operation is WritebackOperation.Service ? null : Ended - Started;

    /// <summary>Server that served it; empty when the log does not say.</summary>
    public required string Server { get; init; }

    /// <summary>User principal name; null when no event names one.</summary>
    public string? User { get; init; }

    /// <summary>Object id of the user in Entra ID; null when no event names one.</summary>
    public Guid? UserId { get; init; }

    /// <summary>What caused a failure; null when nothing failed or nothing is published.</summary>
    public string? Cause { get; init; }

    /// <summary>How sure the cause is; null where there is none. What only stands beside it by time is no more than likely.</summary>
    public WritebackCertainty? Certainty { get; init; }

    /// <summary>First thing to do; null when there is nothing to do.</summary>
    public string? Fix { get; init; }

    /// <summary>Codes and telling texts of its own events.</summary>
    public required IReadOnlyList<WritebackCode> Codes { get; init; }

    /// <summary>True when its start or its result is not in the log, or stands too far from the rest to be joined.</summary>
    public required bool IsPartial { get; init; }

    /// <summary>Its events by time, the first 32 of them.</summary>
    public required IReadOnlyList<WritebackEventRecord> Events { get; init; }

    /// <summary>How many events it has.</summary>
    public required long EventCount { get; init; }

    /// <summary>
    /// Failures of the sync engine (6329) on the same server within ten seconds of a failure of this operation. They carry no tracking id:
    /// that they belong to it is likely, not certain.
    /// </summary>
    public required IReadOnlyList<WritebackEventRecord> Beside { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0} {1}: {2}", When.Stamp(Started), Operation, Outcome);
}
