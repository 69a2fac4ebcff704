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

    /// <summary>The reason in the view.</summary>
    [Hidden]
    public string ReasonText => Prose.Wrap(Reason);

    /// <summary>The evidence in the view.</summary>
    [Hidden]
    public string EvidenceText => Prose.Wrap(Evidence);

    /// <summary>The fix in the view.</summary>
    [Hidden]
    public string FixText => Prose.Wrap(Fix ?? "-");

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
