using System;
using System.Collections.Generic;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Access;

/// <summary>Whether an account may do something to another, and why.</summary>
/// <param name="Verdict">Pass, Fail, Warn (the documents conflict) or Unknown.</param>
/// <param name="Reason">Why.</param>
/// <param name="Fix">What would change a refusal; null when nothing needs changing.</param>
public sealed record AccessAnswer(Verdict Verdict, string Reason, string? Fix)
{
    /// <summary>The roles that would do, least powerful first; empty when the answer is Pass.</summary>
    public IReadOnlyList<string> RolesThatWould { get; init; } = Array.Empty<string>();
}
