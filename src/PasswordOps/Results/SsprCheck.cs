using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Checks;

namespace PasswordOps;

/// <summary>What one check found, with its words in the view.</summary>
public sealed record SsprCheck : CheckResult
{
    [SetsRequiredMembers]
    internal SsprCheck(CheckResult original)
        : base(original)
    {
    }

    /// <summary>The verdict in the view.</summary>
    [Hidden]
    public string VerdictText => Paint.Word(Verdict);

    /// <summary>The view: verdict, id, reason, and the fix where there is one.</summary>
    [Hidden]
    public string Card =>
        PasswordOps.Card.Row(Reason + (Fix is null ? string.Empty : "\n" + Paint.Dim(Text.Of($"next: "
            + $"{Fix}"))), (VerdictText, 13), (Id, 22));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
