using System;
using System.Globalization;

namespace PasswordOps.Core.Writeback;

/// <summary>Operations of one user.</summary>
public sealed record WritebackUserCount
{
    /// <summary>User principal name; null when no event names one.</summary>
    public string? User { get; init; }

    /// <summary>Object id of the user in Entra ID; null when no event names one.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Operations whose password Active Directory took.</summary>
    public long Succeeded { get; init; }

    /// <summary>Operations that failed.</summary>
    public long Failed { get; init; }

    /// <summary>Operations whose result is not in the log.</summary>
    public long NoResult { get; init; }

    /// <summary>When the last of them began, UTC.</summary>
    public DateTimeOffset Last { get; init; }

    /// <summary>How the last of them ended.</summary>
    public WritebackOutcome LastOutcome { get; init; }

    /// <summary>Cause of the last failure; null when nothing failed or nothing is published.</summary>
    public string? LastCause { get; init; }

    internal DateTimeOffset LastFailed { get; init; } = DateTimeOffset.MinValue;

    /// <inheritdoc/>
    public override string ToString() =>
        Text.Of($"{Succeeded} succeeded, {Failed} failed, {NoResult} without result");
}
