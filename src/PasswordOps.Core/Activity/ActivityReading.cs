using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Activity;

/// <summary>How the audit log was read.</summary>
public sealed record ActivityReading
{
    /// <summary>Beginning of the span that was asked for, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>End of the span that was asked for, UTC.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Rows that were read and not given before.</summary>
    public long Rows { get; init; }

    /// <summary>Moment of the first of them, UTC; null when there is none.</summary>
    public DateTimeOffset? FirstRow { get; init; }

    /// <summary>How many days the tenant's licence keeps the log; null when the licence could not be read.</summary>
    public int? KeptDays { get; init; }

    /// <summary>Parts of the log that could not be read.</summary>
    public IReadOnlyList<ActivityGap> Gaps { get; init; } = Array.Empty<ActivityGap>();

    /// <summary>Where the next run goes on; null when this one is not continued, or a part of the log is missing.</summary>
    public ActivityCheckpoint? Checkpoint { get; init; }

    /// <summary>True when the log no longer reaches back to where the earlier run ended: what lies between is lost.</summary>
    public bool HasMissed { get; init; }
}
