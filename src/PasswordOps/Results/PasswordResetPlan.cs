using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Management.Automation;
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

    /// <summary>The answer in the view.</summary>
    [Hidden]
    public string AnswerText => Refusal is null ? Paint.Good("Would be reset") : Paint.Bad("Refused");

    /// <summary>Why, in the view.</summary>
    [Hidden]
    public string ReasonText => Prose.Wrap(Refusal?.Message ?? "nothing stands against it");

    /// <summary>The effect in the view; empty when it is refused.</summary>
    [Hidden]
    public string EffectText => Prose.Wrap(Refusal is null ? Effect : "nothing");

    /// <summary>The next step in the view.</summary>
    [Hidden]
    public string NextText => Prose.Wrap(Refusal?.Advice ?? "run it without -WhatIf");

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
