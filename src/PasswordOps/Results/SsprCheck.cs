using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
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

    /// <summary>Reason and fix in the view.</summary>
    [Hidden]
    public string ReasonText => Fix is null ? Reason : Reason + " -> " + Fix;

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
