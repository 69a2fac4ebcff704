using System;
using System.Collections.Generic;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Report;

/// <summary>
/// All that a report on passwords of a tenant shows. What could not be read is null and named in <see cref="Sources"/>, with what to grant;
/// the rest stands.
/// </summary>
public record PasswordReport
{
    /// <summary>How many people the page shows at most, so that it stays small enough to open and to send; the sheet has all.</summary>
    public const int MostPeople = 5_000;

    /// <summary>Display name of the tenant.</summary>
    public required string TenantName { get; init; }

    /// <summary>Id of the tenant.</summary>
    public required string TenantId { get; init; }

    /// <summary>When the report was made, UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Version of the module that made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>Language of the texts, for example <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Time zone of the days in <see cref="Activity"/>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Whether people are shown as numbers instead of names.</summary>
    public required bool IsMasked { get; init; }

    /// <summary>The answer for the tenant: the worst of <see cref="Checks"/>.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The answer in one line.</summary>
    public required string Headline { get; init; }

    /// <summary>The one next step; null when there is nothing to do.</summary>
    public string? NextStep { get; init; }

    /// <summary>What was read, how fresh it is, and what was refused.</summary>
    public required IReadOnlyList<ReportSource> Sources { get; init; }

    /// <summary>From all users to those who can reset; null when the registration report could not be read.</summary>
    public ReportFunnel? Funnel { get; init; }

    /// <summary>Methods by how many users registered them, the most frequent first; null when unreadable.</summary>
    public IReadOnlyList<ReportShare>? Methods { get; init; }

    /// <summary>How many methods people need under the policy that answers them, and how many of them have enough; null when
    /// unreadable.</summary>
    public IReadOnlyList<ReportGate>? Gates { get; init; }

    /// <summary>Licences that count for password reset; null when unreadable.</summary>
    public IReadOnlyList<ReportLicense>? Licenses { get; init; }

    /// <summary>What happened; null when the audit log could not be read.</summary>
    public ReportActivity? Activity { get; init; }

    /// <summary>Departments by how many of their people can reset; null when unreadable.</summary>
    public IReadOnlyList<ReportGroup>? Departments { get; init; }

    /// <summary>What is wrong, the worst first.</summary>
    public required IReadOnlyList<ReportProblem> Problems { get; init; }

    /// <summary>The checks of the tenant.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>People who need something done, the worst first; all of them are in the sheet beside the report.</summary>
    public required IReadOnlyList<ReportPerson> People { get; init; }

    /// <summary>How many people need something done.</summary>
    public required int PeopleInNeed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{TenantName}: {Verdict}";
}
