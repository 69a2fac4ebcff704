using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Reset;

namespace PasswordOps;

/// <summary>May this caller reset this user, by which route, and if not why and what is missing; with its words in the view.</summary>
public sealed record PasswordResetAnswer : ResetPlan
{
    private readonly CultureInfo language = Text.Language;
    private readonly bool isOneOfMany;
    private IReadOnlyList<CheckResult>? checks;

    [SetsRequiredMembers]
    internal PasswordResetAnswer(ResetPlan original, bool isOneOfMany)
        : base(original)
    {
        this.isOneOfMany = isOneOfMany;
    }

    /// <summary>What was looked at. Dressed for the view when somebody asks: of ten thousand answers few are opened.</summary>
    public new IReadOnlyList<CheckResult> Checks => checks ??=
        Text.In(language, () => base.Checks.Select(check => new SsprCheck(check)).ToArray());

    /// <summary>True when it can, false when it cannot; null when it cannot be told.</summary>
    public bool? CanReset => Verdict switch
    {
        Verdict.Fail => false,
        Verdict.Unknown => null,
        _ => true,
    };

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => Text.In(language, () => isOneOfMany
        ? PasswordOps.Card.Row(Verdict == Verdict.Pass ? RouteText : Reason, (User, 28), (Word(), 11))
        : PasswordOps.Card.Of(
            User + "  " + Word(),
            ("answer", Reason),
            ("route", RouteText),
            ("you", Caller.Length == 0 ? null : Caller + ": " + Roles(CallerRoles)),
            ("user", Target is null ? null : Roles(UserRoles)),
            ("missing", Missing.Count == 0 ? null : string.Join("\n", Missing)),
            ("next", NextStep ?? "Reset-AadUserPassword " + User),
            ("checks", Checks.Count == 0 ? null : CheckWords.Count(Checks)),
            ("details", Checks.Count == 0 ? null : CheckWords.Details)));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    private static string Roles(IReadOnlyList<string> roles) =>
        roles.Count == 0 ? Text.Of($"no directory role") : string.Join(", ", roles);

    private string Word() => Verdict switch
    {
        Verdict.Fail => Paint.Bad(Text.Of($"No")),
        Verdict.Unknown => Paint.Doubt(Text.Of($"Cannot tell")),
        Verdict.Warn => Paint.Doubt(Text.Of($"Maybe")),
        _ => Paint.Good(Text.Of($"Yes")),
    };
}
