using System;
using System.Linq;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Core.Tests.Bulk;

public class JournalReportTests
{
    private static readonly DateTimeOffset Start = new(2026, 8, 20, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void A_journal_without_entries_is_one_without_a_plan()
    {
        JournalReport report = JournalReport.Of(Array.Empty<JournalEntry>());
        Assert.Equal(JournalPhase.Unplanned, report.Phase);
        Assert.Null(report.LastEntry);
        Assert.Equal(0, report.Lives);
    }

    [Fact]
    public void A_plan_that_was_made_anew_counts_once_and_a_row_that_was_planned_again_not_at_all()
    {
        JournalReport report = JournalReport.Of(new[]
        {
            Begun(), Planned(1, writes: true), Begun(), Planned(1, writes: true), Planned(2, writes: false),
            Planned(3, writes: false, "UserNotFound"),
            PlanEnd(3), Sending(1), Begun(), Planned(1, writes: true), Sending(1), Outcome(1, JournalOutcomeKind.Written), End(),
        });
        Assert.Equal(JournalPhase.Ended, report.Phase);
        Assert.Equal((3, 3, 1, 1), (report.Lives, report.Rows, report.ToWrite, report.Wrong));
        Assert.Equal((2, 1, 0), (report.Sent, report.Written, report.Open));
    }

    [Fact]
    public void Outcomes_are_counted_by_kind_and_what_has_none_is_open()
    {
        JournalReport report = JournalReport.Of(new[]
        {
            Begun(), PlanEnd(6), Sending(1), Sending(2), Sending(3), Sending(4), Sending(5), Sending(6),
            Outcome(1, JournalOutcomeKind.Written), Outcome(2, JournalOutcomeKind.Found), Outcome(3, JournalOutcomeKind.Refused),
            Outcome(4, JournalOutcomeKind.NotSent), Outcome(5, JournalOutcomeKind.Unknown),
        });
        Assert.Equal(JournalPhase.Unfinished, report.Phase);
        Assert.Equal((1, 1, 1, 1, 1, 1), (report.Written, report.Found, report.Refused, report.NotSent, report.Unknown, report.Open));
    }

    [Fact]
    public void Writes_come_with_their_outcomes_and_those_without_come_last()
    {
        JournalWrite[] writes = JournalWrite.Of(new[]
        {
            Begun(), Sending(9), Sending(2), Sending(3), Outcome(3, JournalOutcomeKind.Refused), Begun(), Sending(2),
            Outcome(2, JournalOutcomeKind.Written), Outcome(7, JournalOutcomeKind.Written),
        }).ToArray();
        Assert.Equal(new[] { 3, 2, 2, 9 }, writes.Select(write => write.Sending.Row).ToArray());
        Assert.Equal(
            new JournalOutcomeKind?[] { JournalOutcomeKind.Refused, null, JournalOutcomeKind.Written, null },
            writes.Select(write => write.Outcome?.Kind).ToArray());
        Assert.All(writes, write => Assert.DoesNotContain("555", write.ToString()));
    }

    private static JournalEntry Begun() => new JournalBegun { At = Start, ProcessId = 1 };

    private static JournalEntry PlanEnd(int rows) => new JournalPlanEnd { At = Start, Rows = rows };

    private static JournalEntry End() => new JournalEnd { At = Start };

    private static JournalEntry Planned(int row, bool writes, string? errorId = null) => new JournalPlanned
    {
        At = Start, Row = row, User = "anna@contoso.com", ErrorId = errorId,
        Changes = writes ? new[] { Change } : Array.Empty<JournalChange>(),
    };

    private static JournalEntry Sending(int row) =>
        new JournalSending { At = Start, Row = row, User = "anna@contoso.com", UserId = "1", Change = Change };

    private static JournalEntry Outcome(int row, JournalOutcomeKind kind) =>
        new JournalOutcome { At = Start, Row = row, Field = "Mobile", Kind = kind };

    private static JournalChange Change { get; } = new("Mobile", "Add", null, "+1 4255550100");
}
