using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Report;

/// <summary>Counts what is wrong with people, and ranks it with what is wrong with the tenant (Knowledge/report-problems.tsv).</summary>
internal sealed class ReportProblems
{
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Rows = KnowledgeTable.Load("report-problems").Rows;

    private readonly Dictionary<IReadOnlyDictionary<string, string>, (string Check, Verdict Verdict, int Users)> counts = new();

    /// <summary>Counts a person by the check that decides.</summary>
    /// <returns>True when the person needs something done.</returns>
    public bool Take(ReadinessReport readiness)
    {
        if (readiness.Verdict <= Verdict.Pass)
        {
            return false;
        }

        CheckResult deciding = readiness.Checks.First(check => check.Verdict == readiness.Verdict);
        IReadOnlyDictionary<string, string>? row = RowOf(deciding);
        if (row is null || row["text"] == "-")
        {
            return false;
        }

        int known = counts.TryGetValue(row, out (string, Verdict, int Users) sofar) ? sofar.Users : 0;
        counts[row] = (row["check"] == "*" ? "*" : deciding.Id, deciding.Verdict, known + 1);
        return true;
    }

    /// <summary>All problems, the worst first: what concerns the tenant before what concerns people, many before few.</summary>
    public IReadOnlyList<ReportProblem> Rank(IReadOnlyList<CheckResult> tenant)
    {
        IEnumerable<ReportProblem> own = tenant
            .Where(check => check.Verdict > Verdict.Pass)
            .Select(check => new ReportProblem(check.Id, check.Verdict, check.Reason, null, check.Fix, CommandOf(RowOf(check))));
        IEnumerable<ReportProblem> people = counts.Select(count => new ReportProblem(
            count.Value.Check == "*" ? Text.Of($"several") : count.Value.Check, count.Value.Verdict,
            Text.Translated(count.Key["text"]), count.Value.Users, Text.Translated(count.Key["fix"]), CommandOf(count.Key)));
        return own.Concat(people)
            .OrderByDescending(problem => problem.Verdict)
            .ThenBy(problem => problem.Users is null ? 0 : 1)
            .ThenByDescending(problem => problem.Users ?? 0)
            .ToArray();
    }

    private static string? CommandOf(IReadOnlyDictionary<string, string>? row) =>
        row is null || row["command"] == "-" ? null : row["command"];

    private static IReadOnlyDictionary<string, string>? RowOf(CheckResult check) => Rows.FirstOrDefault(row =>
        (row["check"] == "*" || string.Equals(row["check"], check.Id, StringComparison.Ordinal))
        && (row["verdict"] == "*" || string.Equals(row["verdict"], check.Verdict.ToString(), StringComparison.Ordinal)));
}
