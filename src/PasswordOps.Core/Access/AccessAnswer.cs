using System;
using System.Collections.Generic;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Access;

/// <summary>Whether an account may do something to another, and why.</summary>
/// <param name="Verdict">Pass, Fail, Warn (the documents conflict, or it holds under a condition) or Unknown.</param>
/// <param name="Reason">Why.</param>
/// <param name="Fix">What would change a refusal; null when nothing needs changing.</param>
public sealed record AccessAnswer(Verdict Verdict, string Reason, string? Fix)
{
    /// <summary>The rule that decided.</summary>
    public AccessRule Rule { get; init; }

    /// <summary>Name of the actor's role that decided; null when none did.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>The roles that would do, least powerful first; empty when the answer is Pass, or when no role would do.</summary>
    public IReadOnlyList<string> RolesThatWould { get; init; } = Array.Empty<string>();

    /// <summary>
    /// Roles for which the actor is eligible and which, once active, better this answer; the least powerful of the best first.
    /// </summary>
    public IReadOnlyList<string> EligibleRoles { get; init; } = Array.Empty<string>();

    /// <summary>What the documents say where they conflict, one text a reading; empty where they do not.</summary>
    public IReadOnlyList<string> Readings { get; init; } = Array.Empty<string>();

    /// <summary>True when the documents conflict about this.</summary>
    public bool IsConflict => Readings.Count > 0;

    /// <summary>True when phone numbers are shown masked to the actor; says something only of reading authentication methods.</summary>
    public bool IsMasked { get; init; }
}
