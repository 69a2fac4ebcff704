using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasswordOps.Core;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Report;

namespace PasswordOps.Files.Report;

/// <summary>The tables of the page, as the template takes them: caption, columns, rows of cells.</summary>
internal sealed class ReportTables
{
    private readonly CultureInfo culture;
    private readonly Func<string, string> cut;
    private readonly Func<string, string> cutSentence;

    public ReportTables(CultureInfo culture, Func<string, string> cut, Func<string, string> cutSentence)
    {
        this.culture = culture;
        this.cut = cut;
        this.cutSentence = cutSentence;
    }

    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Class(Verdict verdict) => verdict switch
    {
        Verdict.Fail => "fail",
        Verdict.Warn => "warn",
        Verdict.Unknown => "unknown",
        Verdict.Pass => "pass",
        _ => "none",
    };

    /// <summary>The verdict in a word, with a sign, since colour alone tells not everybody.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Fail => "✗ " + Text.Of($"Fail"),
        Verdict.Warn => "! " + Text.Of($"Warn"),
        Verdict.Unknown => "? " + Text.Of($"Unknown"),
        Verdict.Pass => "✓ " + Text.Of($"Pass"),
        _ => "– " + Text.Of($"Does not arise"),
    };

    public object Shares(string caption, IReadOnlyList<ReportShare> shares, int all) => Table(
        caption, shares, new[] { Words(Text.Of($"What")), Numbers(Text.Of($"Users")), Numbers(Text.Of($"Share")) },
        share => new[] { Cell(share.Name), Number(share.Count), Share(share.Count, all) });

    public object Days(IReadOnlyList<ReportDay> days) => Table(
        Text.Of($"Resets, changes and unlocks by day"), days,
        new[]
        {
            Words(Text.Of($"Day")), Numbers(Text.Of($"Succeeded")), Numbers(Text.Of($"Failed or blocked")), Numbers(Text.Of($"Abandoned")),
            Numbers(Text.Of($"Reset by administrators")),
        },
        day => new[]
        {
            Cell(day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), Number(day.Succeeded), Number(day.Failed),
            Number(day.Abandoned), Number(day.ByAdmins),
        });

    public object Reasons(IReadOnlyList<ReportReason> reasons) => Table(
        Text.Of($"Reasons of failures, the most frequent first"), reasons,
        new[] { Words(Text.Of($"Reason")), Numbers(Text.Of($"Times")), Words(Text.Of($"Next step")) },
        reason => new[] { Sentence(reason.Text), Number(reason.Count), Sentence(reason.NextStep) });

    public object Gates(IReadOnlyList<ReportGate> gates) => Table(
        Text.Of($"People by the policy that answers them"), gates,
        new[]
        {
            Words(Text.Of($"Policy")), Words(Text.Of($"Methods needed")), Numbers(Text.Of($"People")), Numbers(Text.Of($"Have enough")),
        },
        gate => new[] { Cell(gate.Policy), Cell(gate.Needed), Number(gate.Users), Number(gate.Met) });

    public object Licenses(IReadOnlyList<ReportLicense> licenses) => Table(
        Text.Of($"Subscriptions that include password reset"), licenses,
        new[]
        {
            Words(Text.Of($"Product")), Numbers(Text.Of($"Licences")), Numbers(Text.Of($"Assigned")), Words(Text.Of($"With writeback")),
        },
        license => new[] { Cell(license.Name), Number(license.Enabled), Number(license.Assigned), YesNo(license.Writeback) });

    public object Departments(IReadOnlyList<ReportGroup> departments) => Sortable(
        "departments-table", Text.Of($"Departments by how many of their people can reset"), departments.Count, departments,
        new[]
        {
            Words(Text.Of($"Department")), Numbers(Text.Of($"Users")), Numbers(Text.Of($"Enabled")), Numbers(Text.Of($"Registered")),
            Numbers(Text.Of($"Capable")), Numbers(Text.Of($"Share")),
        },
        group => new[]
        {
            Cell(group.Name), Number(group.Users), Number(group.Enabled), Number(group.Registered), Number(group.Capable),
            Share(group.Capable, group.Users),
        });

    public object People(IReadOnlyList<ReportPerson> people, int all) => Sortable(
        "people-table", Text.Of($"People who cannot reset now, or may not be able to"), all, people,
        new[]
        {
            Words(Text.Of($"Name")), Words(Text.Of($"Account")), Words(Text.Of($"Department")), Words(Text.Of($"Verdict")),
            Words(Text.Of($"Why")), Words(Text.Of($"Next step")), Words(Text.Of($"Methods")), Words(Text.Of($"Administrator")),
        },
        person => new[]
        {
            Cell(person.Name), Cell(person.UserPrincipalName), Cell(person.Department), Of(person.Verdict), Sentence(person.Reason),
            Sentence(person.NextStep), Cell(person.Methods), YesNo(person.IsAdmin),
        });

    public object Checks(IReadOnlyList<CheckResult> checks) => Sortable(
        "checks-table", Text.Of($"Checks of the tenant"), checks.Count, checks,
        new[]
        {
            Words(Text.Of($"Check")), Words(Text.Of($"Verdict")), Words(Text.Of($"Why")), Words(Text.Of($"Evidence")),
            Words(Text.Of($"What to do")), Words(Text.Of($"Rule from")),
        },
        check => new[]
        {
            Cell(check.Id), Of(check.Verdict), Sentence(check.Reason), Sentence(check.Evidence), Sentence(check.Fix), Cell(check.Source),
        });

    public object Sources(IReadOnlyList<ReportSource> sources) => Table(
        Text.Of($"What was read"), sources,
        new[] { Words(Text.Of($"Data")), Words(Text.Of($"State")), Words(Text.Of($"What to grant")), Words(Text.Of($"Read at")) },
        source => new[]
        {
            Cell(source.Name), Sentence(source.State, source.IsKnown ? null : "unknown"), Sentence(source.Advice),
            Cell(Moment(source.ReadAt)),
        });

    private static object Table<T>(string caption, IEnumerable<T> items, object[] columns, Func<T, object[]> cells) =>
        new { caption, columns, rows = items.Select(item => new { cells = cells(item) }).ToList() };

    private object Sortable<T>(string id, string caption, int all, IReadOnlyList<T> items, object[] columns, Func<T, object[]> cells)
    {
        string shown = items.Count.ToString("N0", culture);
        string of = all.ToString("N0", culture);
        return new
        {
            id,
            caption,
            columns,
            rows = items.Select(item => new { cells = cells(item) }).ToList(),
            shown = Text.Of($"{shown} of {shown} rows"),
            shownFormat = Text.Translated("{0} of {1} rows"),
            note = items.Count < all
                ? Text.Of($"The first {shown} of {of}, the worst first; all of them are in the sheet beside this page.")
                : null,
        };
    }

    private static object Words(string title) => new { title, number = false };

    private static object Numbers(string title) => new { title, number = true };

    private static object Of(Verdict verdict) =>
        new { text = Word(verdict), @class = Class(verdict), key = (9 - (int)verdict).ToString(CultureInfo.InvariantCulture) };

    private static object YesNo(bool? value) => new
    {
        text = value switch { true => Text.Of($"yes"), false => Text.Of($"no"), _ => Text.Of($"unknown") },
        @class = (string?)null,
        key = (string?)null,
    };

    private object Cell(string? text) =>
        new { text = text is null ? string.Empty : cut(text), @class = (string?)null, key = (string?)null };

    private object Sentence(string? text, string? @class = null) =>
        new { text = text is null ? string.Empty : cutSentence(text), @class, key = (string?)null };

    private object Number(int value) => new
    {
        text = value.ToString("N0", culture), @class = "number", key = value.ToString(CultureInfo.InvariantCulture),
    };

    private object Share(int part, int all) => new
    {
        text = all == 0 ? string.Empty : ((double)part / all).ToString("P0", culture),
        @class = "number",
        key = (all == 0 ? -1 : (double)part / all).ToString("0.#####", CultureInfo.InvariantCulture),
    };
}
