using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Reset;

/// <summary>How a reset ended. Holds the new password while there is one to hand over: dispose it.</summary>
public sealed record ResetOutcome : IDisposable
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

    /// <summary>Where the new password was put; null when it is only here, or when nothing changed.</summary>
    public DeliveredPassword? Delivered { get; init; }

    /// <summary>True when the user was made to sign in again everywhere; false when that failed; null when it was not asked for.</summary>
    public bool? SessionsRevoked { get; init; }

    /// <summary>True when the account was locked out on the domain controller and is no more; null where nothing is known of it.</summary>
    public bool? Unlocked { get; init; }

    /// <summary>What should be known although the reset went well.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = Array.Empty<string>();

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

    /// <summary>The same with one more thing to know.</summary>
    internal ResetOutcome With(string warning) => this with { Warnings = Warnings.Concat(new[] { warning }).ToArray() };

    /// <summary>The same after the sessions were to be ended.</summary>
    internal ResetOutcome WithSessions(PasswordOpsException? error) => error is null
        ? this with { SessionsRevoked = true }
        : With(Text.Of($"The sessions could not be ended: {error.Message}")) with { SessionsRevoked = false };

    /// <summary>Erases the password.</summary>
    public void Dispose() => Password?.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{User}: {Status}";
}
