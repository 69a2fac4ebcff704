using System;
using System.Management.Automation;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;

namespace PasswordOps;

/// <summary>How a reset of one user ended. The new password is in <see cref="Credential"/>, never in sight.</summary>
public sealed class PasswordResetResult
{
    internal PasswordResetResult(ResetOutcome outcome, bool inPlainText)
    {
        User = outcome.User;
        UserId = outcome.UserId;
        Status = outcome.Status;
        Route = outcome.Route;
        Changed = outcome.Changed;
        ForceChange = outcome.ForceChange;
        Credential = outcome.Password is Password password ? new PSCredential(outcome.User, password.ToSecureString()) : null;
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

    /// <summary>User and new password; null when nothing changed.</summary>
    public PSCredential? Credential { get; }

    /// <summary>The new password as text; null unless it was asked for with -AsPlainText.</summary>
    public string? Password { get; }

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
    public string Card => PasswordOps.Card.Of(
        User + "  " + StatusWord(),
        ("changed", Changed),
        ("password", Password ?? (Credential is null ? "none" : "in .Credential; .Credential.GetNetworkCredential().Password shows it")),
        ("user", ForceWord()),
        ("reason", Reason),
        ("next", NextStep ?? "give the password to the user by a safe way"));

    /// <inheritdoc/>
    public override string ToString() => User + ": " + Status;

    private string StatusWord() => Status switch
    {
        ResetStatus.Succeeded => Paint.Good("Succeeded"),
        ResetStatus.Failed => Paint.Bad("Failed"),
        _ => Paint.Doubt("Unknown"),
    };

    private string? ForceWord() => ForceChange switch
    {
        Core.Reset.ForceChange.Yes => "must change it at the next sign-in",
        Core.Reset.ForceChange.YesWithMfa => "must change it at the next sign-in, after multifactor authentication",
        Core.Reset.ForceChange.No => "need not change it",
        _ => null,
    };
}
