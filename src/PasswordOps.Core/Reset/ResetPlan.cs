using System;
using System.Collections.Generic;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Reset;

/// <summary>
/// May this caller reset this user, by which way, and what would it do; or why not and what is missing. Nothing was written to make it.
/// </summary>
public record ResetPlan
{
    /// <summary>User principal name, or the user as asked for when it was not found.</summary>
    public required string User { get; init; }

    /// <summary>Object id; null when the user was not found.</summary>
    public string? UserId => Target?.Id;

    /// <summary>The user; null when it was not found.</summary>
    public DirectoryUser? Target { get; init; }

    /// <summary>
    /// Pass: nothing stands against it. Warn: it may work, and something has to be known before. Unknown: it cannot be told. Fail: it
    /// cannot be
    /// done.
    /// </summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The way.</summary>
    public required ResetRoute Route { get; init; }

    /// <summary>The way in words.</summary>
    public string RouteText { get; init; } = Text.Of($"none");

    /// <summary>Why: of the check that decides.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>The one next step; null when there is nothing to do but the reset.</summary>
    public string? NextStep { get; init; }

    /// <summary>What is missing, by name: roles, permissions, licences.</summary>
    public IReadOnlyList<string> Missing { get; init; } = Array.Empty<string>();

    /// <summary>Who would reset.</summary>
    public string Caller { get; init; } = string.Empty;

    /// <summary>The caller's roles; those that are eligible and not activated, and those over a unit only, say so.</summary>
    public IReadOnlyList<string> CallerRoles { get; init; } = Array.Empty<string>();

    /// <summary>The user's roles, and role-assignable groups that protect like one.</summary>
    public IReadOnlyList<string> UserRoles { get; init; } = Array.Empty<string>();

    /// <summary>Why it is refused, as an error; null when it is not.</summary>
    public PasswordOpsException? Refusal { get; init; }

    /// <summary>What should be known of a given password before it is set; never a promise that the service takes it.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = Array.Empty<string>();

    /// <summary>Names of the user and of the tenant, which a password that is made does not hold.</summary>
    internal IReadOnlyList<string> Names => Target is null ? Array.Empty<string>() : PasswordTerms.Of(Target, Organization);

    /// <summary>The tenant; null when it could not be read.</summary>
    internal Organization? Organization { get; init; }

    /// <summary>What was looked at.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = Array.Empty<CheckResult>();

    /// <summary>What the user will have to do at the next sign-in.</summary>
    public ForceChange ForceChange { get; init; }

    /// <summary>True when the target holds an administrator role or is in a role-assignable group; null when that could not be
    /// read.</summary>
    public bool? TargetIsAdministrator { get; init; }

    /// <summary>What will be done, for the question before it.</summary>
    public string Effect { get; init; } = string.Empty;

    /// <inheritdoc/>
    public override string ToString() => $"{User}: {(Refusal is null ? Route.ToString() : Refusal.Id)}";
}
