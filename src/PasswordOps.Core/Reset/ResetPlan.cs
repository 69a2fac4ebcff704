using System;
using System.Collections.Generic;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Reset;

/// <summary>What a reset of one user would do, or why it is refused. Nothing was written to make it.</summary>
public record ResetPlan
{
    /// <summary>What was asked.</summary>
    public required ResetRequest Request { get; init; }

    /// <summary>User principal name, or the user as asked for when it was not found.</summary>
    public required string User { get; init; }

    /// <summary>The user; null when it was not found.</summary>
    public DirectoryUser? Target { get; init; }

    /// <summary>The way.</summary>
    public required ResetRoute Route { get; init; }

    /// <summary>Why it is refused; null when it is not.</summary>
    public PasswordOpsException? Refusal { get; init; }

    /// <summary>What was looked at.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = Array.Empty<CheckResult>();

    /// <summary>What the user will have to do at the next sign-in.</summary>
    public ForceChange ForceChange { get; init; }

    /// <summary>True when the target holds an administrator role or is in a role-assignable group.</summary>
    public bool TargetIsAdministrator { get; init; }

    /// <summary>What will be done, for the question before it.</summary>
    public string Effect { get; init; } = string.Empty;

    /// <inheritdoc/>
    public override string ToString() => $"{User}: {(Refusal is null ? Route.ToString() : Refusal.Id)}";
}
