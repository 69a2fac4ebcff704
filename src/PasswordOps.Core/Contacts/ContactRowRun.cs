using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Contacts;

/// <summary>One row while it is carried out.</summary>
internal sealed class ContactRowRun
{
    private const int MostTries = 3;

    private readonly List<ContactField> written = new();
    private readonly List<ContactField> uncertain = new();
    private readonly List<ContactField> failed = new();
    private readonly Dictionary<ContactField, int> tries = new();
    private readonly List<ContactWrite> due;
    private readonly Dictionary<ContactField, (ContactWrite Write, PasswordOpsException Error)> doubts = new();
    private readonly int planned;
    private int attempts;
    private string? requestId;

    /// <summary>Begins a row.</summary>
    /// <param name="row">The plan.</param>
    /// <param name="found">Fields that an earlier life of the run had sent and that are there now.</param>
    public ContactRowRun(ContactPlanRow row, IEnumerable<ContactField>? found = null)
    {
        Row = row;
        written.AddRange(found ?? Enumerable.Empty<ContactField>());
        due = row.Changes.Where(change => change.Write is not null).Select(change => change.Write!).ToList();
        planned = due.Count + written.Count;
    }

    public ContactPlanRow Row { get; }

    public PasswordOpsException? Error { get; private set; }

    public DateTimeOffset Started { get; init; }

    /// <summary>When the latest write was sent whose outcome is not clear.</summary>
    public DateTimeOffset DoubtfulSince { get; private set; }

    /// <summary>True while there are writes of which nobody can tell yet whether they took effect.</summary>
    public bool IsDoubtful => doubts.Count > 0;

    /// <summary>Writes that were sent, repetitions included.</summary>
    public int Attempts => attempts;

    /// <summary>The writes whose turn it is in a wave. A row with doubts waits until they are settled.</summary>
    public IEnumerable<ContactWrite> Due(int wave) => IsDoubtful
        ? Enumerable.Empty<ContactWrite>()
        : due.Where(write => ContactPlanner.Wave(write) == wave && !IsVain(write)).ToArray();

    /// <summary>Takes what became of a write that was sent.</summary>
    /// <returns>What the journal keeps of it; null while that is not clear.</returns>
    public JournalOutcome? Take(ContactWrite write, WriteOutcome outcome, DateTimeOffset now)
    {
        attempts += outcome.Attempts;
        requestId = outcome.RequestId ?? requestId;
        due.Remove(write);
        if (outcome.Succeeded)
        {
            return Written(write, JournalOutcomeKind.Written, now);
        }

        PasswordOpsException error = outcome.Error!;
        tries[write.Field] = Tries(write) + 1;

        // A repetition that is refused may be refused because the first one had taken effect: look before calling it a failure.
        if (error.MayHaveHappened || (Tries(write) > 1 && error.Status is 400 or 404 or 409))
        {
            doubts[write.Field] = (write, error);
            DoubtfulSince = now;
            return null;
        }

        if (error.Id == "Stopped" || error.Kind is ErrorKind.Connection or ErrorKind.Authentication)
        {
            // It never left this machine, or came back unread.
            Error ??= error.Id == "Stopped" ? null : Named(write, error);
            return Outcome(write, JournalOutcomeKind.NotSent, now, error);
        }

        return Refused(write, error, now);
    }

    /// <summary>Looks at what the directory shows of the doubtful writes.</summary>
    /// <param name="user">The user as read now, where the profile is written.</param>
    /// <param name="methods">The methods as read now, where those are written.</param>
    /// <param name="isLate">True when enough time has passed that a write which does not show did not happen.</param>
    /// <param name="now">Time.</param>
    /// <returns>What the journal keeps.</returns>
    public IReadOnlyList<JournalOutcome> Look(DirectoryUser? user, ContactData? methods, bool isLate, DateTimeOffset now)
    {
        List<JournalOutcome> settled = new();
        foreach ((ContactWrite write, PasswordOpsException error) in doubts.Values.ToArray())
        {
            if (ContactPlanner.IsDone(write, user, methods))
            {
                doubts.Remove(write.Field);
                settled.Add(Written(write, JournalOutcomeKind.Found, now));
            }
            else if (isLate)
            {
                doubts.Remove(write.Field);
                if (!error.MayHaveHappened)
                {
                    settled.Add(Refused(write, error, now));
                }
                else if (Tries(write) >= MostTries)
                {
                    settled.Add(Lost(write, error, now));
                }
                else
                {
                    due.Add(ContactPlanner.Again(write, user, methods));
                }
            }
        }

        return settled;
    }

    /// <summary>
    /// Gives up looking: nobody can tell what became of the doubtful writes. The journal leaves them open, so that a resumed run looks
    /// again.
    /// </summary>
    public void GiveUp()
    {
        foreach ((ContactWrite write, PasswordOpsException error) in doubts.Values)
        {
            uncertain.Add(write.Field);
            Error ??= Named(write, error);
        }

        doubts.Clear();
    }

    public ContactResult Close(DateTimeOffset now)
    {
        bool complete = written.Count == planned;
        ContactStatus status = uncertain.Count > 0 ? ContactStatus.Unknown
            : complete ? ContactStatus.Succeeded
            : (Error is not null && attempts > 0) || written.Count > 0 ? ContactStatus.Failed
            : ContactStatus.NotSent;
        string done = written.Count == 0 ? Text.Of($"nothing was written") : Text.Of($"written: {string.Join(", ", written)}");
        string known = written.Count == 0 ? Text.Of($"nothing else was written") : done;
        string reason = status switch
        {
            ContactStatus.Succeeded => Text.Of($"Confirmed by the service: {string.Join(", ", written)}."),
            ContactStatus.Unknown => Text.Of($"No answer tells whether {string.Join(", ", uncertain)} took effect; {known}. "
                + $"Run the same input again: it writes only what differs."),
            ContactStatus.Failed when Error is not null => $"{Error.Message} ({done})",
            ContactStatus.Failed => Text.Of($"The run ended early; {done}, the rest was not sent. Run the same input again."),
            _ => Text.Of($"The run ended before this row: nothing was sent. Run the same input again."),
        };
        return Result(Row, status, reason) with
        {
            Written = written.ToArray(), Uncertain = uncertain.ToArray(), Error = Error, Attempts = attempts, RequestId = requestId,
            Duration = now - Started,
        };
    }

    public static ContactResult Result(ContactPlanRow row, ContactStatus status, string reason) =>
        new() { Row = row.Row, User = row.User, UserId = row.UserId, Status = status, Reason = reason };

    /// <summary>
    /// True for a write that the service will refuse because of what went wrong before it: an alternate phone without the mobile one, or
    /// the removal of the mobile phone beside an alternate one. All other fields stand by themselves.
    /// </summary>
    private bool IsVain(ContactWrite write)
    {
        ContactField? other = (write.Field, write.Action) switch
        {
            (ContactField.AlternateMobile, not WriteAction.Remove) => ContactField.Mobile,
            (ContactField.Mobile, WriteAction.Remove) => ContactField.AlternateMobile,
            _ => null,
        };
        return other is ContactField field && (failed.Contains(field) || uncertain.Contains(field));
    }

    private int Tries(ContactWrite write) => tries.TryGetValue(write.Field, out int count) ? count : 0;

    private JournalOutcome Written(ContactWrite write, JournalOutcomeKind kind, DateTimeOffset now)
    {
        written.Add(write.Field);
        return Outcome(write, kind, now);
    }

    private JournalOutcome Refused(ContactWrite write, PasswordOpsException error, DateTimeOffset now)
    {
        failed.Add(write.Field);
        Error ??= Named(write, error);
        return Outcome(write, JournalOutcomeKind.Refused, now, error);
    }

    private JournalOutcome Lost(ContactWrite write, PasswordOpsException error, DateTimeOffset now)
    {
        uncertain.Add(write.Field);
        Error ??= Named(write, error);
        return Outcome(write, JournalOutcomeKind.Unknown, now, error);
    }

    private JournalOutcome Outcome(ContactWrite write, JournalOutcomeKind kind, DateTimeOffset now, PasswordOpsException? error = null) =>
        new()
        {
            At = now, Row = Row.Place, Field = write.Field.ToString(), Kind = kind, ErrorId = error?.Id,
            RequestId = error?.RequestId ?? requestId, Attempts = Math.Max(1, Tries(write)),
        };

    private PasswordOpsException Named(ContactWrite write, PasswordOpsException error) =>
        error.Retold($"{Row.User}, {write.Field}: {error.Naming(write.UserId, Text.Of($"the user")).Message}");
}
