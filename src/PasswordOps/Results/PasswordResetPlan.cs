using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Reset;

namespace PasswordOps;

/// <summary>What a reset of one user would do, or why it is refused, with its words in the view.</summary>
public sealed record PasswordResetPlan : ResetPlan
{
    [SetsRequiredMembers]
    internal PasswordResetPlan(ResetPlan original)
        : base(original)
    {
        Checks = original.Checks.Select(check => new SsprCheck(check)).ToArray();
    }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => PasswordOps.Card.Of(
        User + "  " + (Refusal is null ? Paint.Good(Text.Of($"Would be reset")) : Paint.Bad(Text.Of($"Refused"))),
        ("reason", Refusal?.Message ?? (Verdict == Core.Checks.Verdict.Pass ? Text.Of($"nothing stands against it") : Reason)),
        ("effect", Refusal is null ? Effect : Text.Of($"nothing")),
        ("next", Refusal?.Advice ?? Text.Of($"run it without -WhatIf")));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
