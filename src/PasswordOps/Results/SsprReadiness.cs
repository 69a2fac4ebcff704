using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Checks;

namespace PasswordOps;

/// <summary>Answer to "will self-service password reset work?", with its words in the view.</summary>
public sealed record SsprReadiness : ReadinessReport
{
    private readonly CultureInfo language = Text.Language;
    private readonly bool isOneOfMany;
    private IReadOnlyList<CheckResult>? checks;

    [SetsRequiredMembers]
    internal SsprReadiness(ReadinessReport original, bool isOneOfMany)
        : base(original)
    {
        this.isOneOfMany = isOneOfMany;
    }

    /// <summary>All checks in the order of the catalogue. Dressed for the view when asked for: of many reports few are opened.</summary>
    public new IReadOnlyList<CheckResult> Checks => checks ??= Text.In(
        language, () => base.Checks.Select(check => new SsprCheck(check, false)).ToArray());

    /// <summary>
    /// For a user: true when they can reset the password now, false when they cannot; null when it cannot be told, and for the tenant.
    /// </summary>
    public bool? CanReset => IsTenant ? null : Verdict switch
    {
        Verdict.Fail => false,
        Verdict.Unknown => null,
        _ => true,
    };

    /// <summary>The verdict in the view.</summary>
    [Hidden]
    public string VerdictText => Paint.Word(Verdict);

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => Text.In(language, () => isOneOfMany
        ? PasswordOps.Card.Row(Headline, (VerdictText, 7), (Target, 28))
        : PasswordOps.Card.Of(
            Target + "  " + VerdictText,
            ("answer", Headline),
            ("next", NextStep ?? Text.Of($"nothing to do")),
            ("checks", CheckWords.Count(Checks)),
            ("details", CheckWords.Details)));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
