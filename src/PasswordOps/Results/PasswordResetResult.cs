using System;
using System.Collections.Generic;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;

namespace PasswordOps;

/// <summary>How a reset of one user ended. The new password is in <see cref="Credential"/>, never in sight.</summary>
public sealed class PasswordResetResult
{
    private readonly bool isOneOfMany;

    internal PasswordResetResult(ResetOutcome outcome, bool inPlainText, bool isOneOfMany)
    {
        this.isOneOfMany = isOneOfMany;
        User = outcome.User;
        UserId = outcome.UserId;
        Status = outcome.Status;
        Route = outcome.Route;
        Changed = outcome.Changed;
        ForceChange = outcome.ForceChange;
        Credential = outcome.Password is Password password && outcome.Delivered is null
            ? new PSCredential(outcome.User, password.ToSecureString())
            : null;
        Delivered = outcome.Delivered?.Place;
        Delivery = outcome.Delivered?.Reference;
        SessionsRevoked = outcome.SessionsRevoked;
        Unlocked = outcome.Unlocked;
        Warnings = outcome.Warnings;
        Password = inPlainText && outcome.Password is Password shown ? new string(shown.Characters) : null;
        ErrorId = outcome.Error?.Id;
        Reason = outcome.Reason;
        NextStep = outcome.NextStep;
        SeenChangedAt = outcome.SeenChangedAt;
        RequestId = outcome.RequestId;
        Duration = outcome.Duration;
    }

    /// <summary>User principal name.</summary>
    public string User { get; }

    /// <summary>Object id.</summary>
    public string UserId { get; }

    /// <summary>How it ended.</summary>
    public ResetStatus Status { get; }

    /// <summary>The way that was taken.</summary>
    public ResetRoute Route { get; }

    /// <summary>Which password changed, in words.</summary>
    public string Changed { get; }

    /// <summary>What the user has to do at the next sign-in; null when nothing changed.</summary>
    public ForceChange? ForceChange { get; }

    /// <summary>User and new password; null when nothing changed, or when the password was delivered elsewhere.</summary>
    public PSCredential? Credential { get; }

    /// <summary>The new password as text; null unless it was asked for with -AsPlainText.</summary>
    public string? Password { get; }

    /// <summary>Where the new password was put; null when it is in <see cref="Credential"/>.</summary>
    public string? Delivered { get; }

    /// <summary>What finds it there: the sealed text, for Unprotect-CmsMessage, or the name of the vault's secret.</summary>
    public string? Delivery { get; }

    /// <summary>True when the user was made to sign in again everywhere; null when it was not asked for.</summary>
    public bool? SessionsRevoked { get; }

    /// <summary>True when a lockout on the domain controller was ended; null where there was none, or none is known.</summary>
    public bool? Unlocked { get; }

    /// <summary>What should be known although the reset went well.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Stable id of the failure; null when there is none.</summary>
    public string? ErrorId { get; }

    /// <summary>What happened, in a sentence.</summary>
    public string Reason { get; }

    /// <summary>One step that can be taken now; null when there is nothing to do.</summary>
    public string? NextStep { get; }

    /// <summary>When the directory shows the password changed, UTC; null when it does not show it (yet).</summary>
    public DateTimeOffset? SeenChangedAt { get; }

    /// <summary>Request id of the write.</summary>
    public string? RequestId { get; }

    /// <summary>From sending to the last look.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => isOneOfMany
        ? PasswordOps.Card.Row(Status == ResetStatus.Succeeded ? Changed : Reason, (User, 28), (StatusWord(), 9))
        : PasswordOps.Card.Of(
            User + "  " + StatusWord(),
            ("changed", Changed),
            ("password", PasswordWord()),
            ("user", ForceWord()),
            ("sessions", SessionsRevoked switch { true => Text.Of($"ended"), false => Paint.Bad(Text.Of($"not ended")), _ => null }),
            ("lockout", Unlocked switch { true => Text.Of($"ended"), false => Paint.Bad(Text.Of($"still locked out")), _ => null }),
            ("reason", Reason),
            ("next", NextStep ?? (
                Route == ResetRoute.OwnChange ? Text.Of($"nothing to do")
                    : Text.Of($"give the password to the user by a safe way; it does not expire"))));

    /// <inheritdoc/>
    public override string ToString() => User + ": " + Status;

    private string StatusWord() => Status switch
    {
        ResetStatus.Succeeded => Paint.Good("Succeeded"),
        ResetStatus.Failed => Paint.Bad("Failed"),
        _ => Paint.Doubt("Unknown"),
    };

    private string? PasswordWord() =>
        Route == ResetRoute.OwnChange || (Status == ResetStatus.Succeeded && Credential is null && Delivered is null && Password is null)
            ? null
            : Password
                ?? (Delivered is not null ? Delivered
                    : Credential is null ? Text.Of($"none")
                    : Text.Of($"in .Credential; .Credential.GetNetworkCredential().Password shows it"));

    private string? ForceWord() => ForceChange switch
    {
        Core.Reset.ForceChange.Yes => Text.Of($"must change it at the next sign-in"),
        Core.Reset.ForceChange.YesWithMfa => Text.Of($"must change it at the next sign-in, after multifactor authentication"),
        Core.Reset.ForceChange.No => Text.Of($"need not change it"),
        _ => null,
    };
}
