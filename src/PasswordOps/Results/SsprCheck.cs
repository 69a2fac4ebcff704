using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Checks;

namespace PasswordOps;

/// <summary>What one check found, with its words in the view.</summary>
public sealed record SsprCheck : CheckResult
{
    private readonly CultureInfo language = Text.Language;
    private readonly bool namesTarget;

    [SetsRequiredMembers]
    internal SsprCheck(CheckResult original, bool namesTarget = false)
        : base(original)
    {
        this.namesTarget = namesTarget;
    }

    /// <summary>The verdict in the view.</summary>
    [Hidden]
    public string VerdictText => Paint.Word(Verdict);

    /// <summary>The view: verdict, id, reason, and the fix where there is one; the user too where there are several.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Row(
        (namesTarget && Target is not null ? Target + ": " : string.Empty) + Reason
            + (Fix is null ? string.Empty : "\n" + Paint.Dim(Text.Of($"next: {Fix}"))),
        (VerdictText, 13), (Id, 22)));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
