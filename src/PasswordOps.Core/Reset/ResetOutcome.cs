using System;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Reset;

/// <summary>How a reset ended. Holds the new password while there is one to hand over: dispose it.</summary>
public sealed class ResetOutcome : IDisposable
{
    /// <summary>User principal name.</summary>
    public required string User { get; init; }

    /// <summary>Object id.</summary>
    public required string UserId { get; init; }

    /// <summary>How it ended.</summary>
    public required ResetStatus Status { get; init; }

    /// <summary>The way that was taken.</summary>
    public required ResetRoute Route { get; init; }

    /// <summary>Which password changed, in words; for a failure, that none did.</summary>
    public required string Changed { get; init; }

    /// <summary>What the user has to do at the next sign-in; null when nothing changed.</summary>
    public ForceChange? ForceChange { get; init; }

    /// <summary>The new password; null when nothing changed. Kept when the outcome is unknown, since it may be in force.</summary>
    public Password? Password { get; init; }

    /// <summary>The failure; null when there is none.</summary>
    public PasswordOpsException? Error { get; init; }

    /// <summary>What happened, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>One step that can be taken now; null when there is nothing to do.</summary>
    public string? NextStep { get; init; }

    /// <summary>How the change was seen in the directory: its time of last password change, UTC; null when it was not seen (yet).</summary>
    public DateTimeOffset? SeenChangedAt { get; init; }

    /// <summary>Request id of the write.</summary>
    public string? RequestId { get; init; }

    /// <summary>From sending to the last look.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Erases the password.</summary>
    public void Dispose() => Password?.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{User}: {Status}";
}
