using System;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Activity;

/// <summary>What of the audit log is wanted.</summary>
public sealed record ActivityQuery
{
    /// <summary>Earliest moment; a checkpoint goes before it.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Latest moment; null for now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The one user whom it is to be about; null for all.</summary>
    public UserIdentity? User { get; init; }

    /// <summary>True to go on where an earlier run ended, and to leave for the next one what may still change.</summary>
    public bool IsContinued { get; init; }

    /// <summary>Where the earlier run ended; null on the first run.</summary>
    public ActivityCheckpoint? Checkpoint { get; init; }

    /// <summary>True to read rows only, without putting them together.</summary>
    public bool StepsOnly { get; init; }
}
