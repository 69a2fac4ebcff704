using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Bulk;

/// <summary>What a journal tells, in counts.</summary>
public record JournalReport
{
    /// <summary>How far the run has come.</summary>
    public JournalPhase Phase { get; init; }

    /// <summary>How often a process began to work at it.</summary>
    public int Lives { get; init; }

    /// <summary>Rows of the plan.</summary>
    public int Rows { get; init; }

    /// <summary>Rows of the plan that something is written for.</summary>
    public int ToWrite { get; init; }

    /// <summary>Rows of the plan with errors.</summary>
    public int Wrong { get; init; }

    /// <summary>Times that a write was about to be sent; one that is sent again counts again.</summary>
    public int Sent { get; init; }

    /// <summary>Writes that the service confirmed.</summary>
    public int Written { get; init; }

    /// <summary>Writes that no answer told of and that were found done.</summary>
    public int Found { get; init; }

    /// <summary>Writes that the service refused.</summary>
    public int Refused { get; init; }

    /// <summary>Writes that were not sent after all.</summary>
    public int NotSent { get; init; }

    /// <summary>Writes of which nobody could tell whether they took effect.</summary>
    public int Unknown { get; init; }

    /// <summary>Writes that were sent and whose outcome is not there, or not there yet.</summary>
    public int Open { get; init; }

    /// <summary>When the last entry was written, UTC; null when there is none.</summary>
    public DateTimeOffset? LastEntry { get; init; }

    /// <summary>Counts.</summary>
    /// <param name="entries">Entries of a journal, from the first on.</param>
    /// <returns>The counts.</returns>
    public static JournalReport Of(IEnumerable<JournalEntry> entries)
    {
        JournalReport report = new();
        HashSet<(int Row, string Field)> open = new();
        foreach (JournalEntry entry in entries)
        {
            report = report.And(entry, open) with { LastEntry = entry.At };
        }

        return report with { Open = open.Count };
    }

    private JournalReport And(JournalEntry entry, HashSet<(int Row, string Field)> open)
    {
        switch (entry)
        {
            case JournalBegun:
                // A plan that was not complete is made anew.
                return Phase == JournalPhase.Unplanned ? this with { Lives = Lives + 1, Rows = 0, ToWrite = 0, Wrong = 0 }
                    : this with { Lives = Lives + 1 };
            case JournalPlanned row when Phase == JournalPhase.Unplanned:
                return this with
                {
                    Rows = Rows + 1, ToWrite = ToWrite + (row.Changes.Count > 0 ? 1 : 0), Wrong = Wrong + (row.ErrorId is null ? 0 : 1),
                };
            case JournalPlanEnd:
                return this with { Phase = JournalPhase.Unfinished };
            case JournalSending sending:
                open.Add((sending.Row, sending.Change.Field));
                return this with { Sent = Sent + 1 };
            case JournalOutcome outcome:
                open.Remove((outcome.Row, outcome.Field));
                return outcome.Kind switch
                {
                    JournalOutcomeKind.Written => this with { Written = Written + 1 },
                    JournalOutcomeKind.Found => this with { Found = Found + 1 },
                    JournalOutcomeKind.Refused => this with { Refused = Refused + 1 },
                    JournalOutcomeKind.NotSent => this with { NotSent = NotSent + 1 },
                    _ => this with { Unknown = Unknown + 1 },
                };
            case JournalEnd:
                return this with { Phase = JournalPhase.Ended };
            default:
                return this;
        }
    }
}
