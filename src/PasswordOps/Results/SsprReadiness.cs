using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core.Checks;

namespace PasswordOps;

/// <summary>Answer to "will self-service password reset work?", with its words in the view.</summary>
public sealed record SsprReadiness : ReadinessReport
{
    [SetsRequiredMembers]
    internal SsprReadiness(ReadinessReport original)
        : base(original)
    {
        Checks = original.Checks.Select(check => new SsprCheck(check)).ToArray();
    }

    /// <summary>The verdict in the view.</summary>
    [Hidden]
    public string VerdictText => Paint.Word(Verdict);

    /// <summary>The answer in the view.</summary>
    [Hidden]
    public string AnswerText => Prose.Wrap(Headline);

    /// <summary>The next step in the view.</summary>
    [Hidden]
    public string NextText => Prose.Wrap(NextStep ?? "nothing to do");

    /// <summary>The counts in the view, worst first.</summary>
    [Hidden]
    public string ChecksText => Prose.Wrap(Checks.Count + " checks: " + string.Join(", ", Checks
        .GroupBy(check => check.Verdict)
        .OrderByDescending(group => group.Key)
        .Select(group => group.Count() + " " + Paint.Word(group.Key) + Which(group))));

    /// <summary>How to see more, in the view.</summary>
    [Hidden]
    public string DetailsText => Paint.Dim("| Select-Object -ExpandProperty Checks");

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    private static string Which(IGrouping<Verdict, CheckResult> group) =>
        group.Key > Verdict.Pass ? " (" + string.Join(", ", group.Select(check => check.Id)) + ")" : string.Empty;
}
