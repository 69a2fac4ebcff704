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

    [SetsRequiredMembers]
    internal SsprReadiness(ReadinessReport original)
        : base(original)
    {
        Checks = original.Checks.Select(check => new SsprCheck(check)).ToArray();
    }

    /// <summary>The verdict in the view.</summary>
    [Hidden]
    public string VerdictText => Paint.Word(Verdict);

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Of(
        Target + "  " + VerdictText,
        ("answer", Headline),
        ("next", NextStep ?? Text.Of($"nothing to do")),
        ("checks", CheckWords.Count(Checks)),
        ("details", CheckWords.Details)));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
