using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Reset;

namespace PasswordOps;

/// <summary>Why people see what they see, with its words in the view.</summary>
public sealed record PasswordResetDiagnosis : ResetDiagnosis
{
    private readonly CultureInfo language = Text.Language;

    [SetsRequiredMembers]
    internal PasswordResetDiagnosis(ResetDiagnosis original)
        : base(original)
    {
        Checks = original.Checks.Select(check => new SsprCheck(check)).ToArray();
    }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Of(
        Title + (User is null ? string.Empty : "  " + User) + "  " + Word(),
        ("cause", Cause),
        ("you", Caller),
        ("missing", Missing.Count == 0 ? null : string.Join("\n", Missing)),
        ("next", NextStep),
        ("checks", CheckWords.Count(Checks)),
        ("details", CheckWords.Details)));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    private string Word() => Verdict switch
    {
        Verdict.Fail => Paint.Bad(Text.Of($"Explained")),
        Verdict.Warn => Paint.Doubt(Text.Of($"Likely")),
        Verdict.Unknown => Paint.Doubt(Text.Of($"Cannot tell")),
        _ => Paint.Dim(Text.Of($"No known cause holds")),
    };
}
