using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Core.Contacts;

/// <summary>
/// The journal of a run over contact data: what was planned, what is about to be sent, what became of it. It is the plan's store while the
/// run lasts, the memory of a run that was killed, and the way back.
/// </summary>
public sealed class ContactJournal : IDisposable
{
    private readonly IJournal journal;
    private readonly IClock clock;
    private readonly object gate = new();
    private ContactJournalState? state;

    /// <summary>Takes a journal that is open for appending.</summary>
    /// <param name="journal">The journal; disposed with this.</param>
    /// <param name="clock">Time.</param>
    public ContactJournal(IJournal journal, IClock clock)
    {
        this.journal = journal;
        this.clock = clock;
    }

    /// <summary>Full path of the file.</summary>
    public string Path => journal.Path;

    /// <summary>The run that it belongs to.</summary>
    public JournalHead Head => journal.Head;

    /// <summary>True when the plan was complete when the journal was opened, so that writes may have begun.</summary>
    public bool HasPlan => State().HasPlan;

    /// <summary>True when every row had had its turn when the journal was opened.</summary>
    public bool HasEnded => State().HasEnded;

    /// <summary>Why nothing can be appended any more; null while it can. Nothing is sent after that.</summary>
    internal PasswordOpsException? Fault { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => journal.Dispose();

    /// <summary>Takes the file away: nothing was sent.</summary>
    public void Delete() => journal.Delete();

    /// <summary>Says that a journal belongs to a run over other rows, in another tenant or with other options.</summary>
    /// <param name="wanted">The run that is asked for.</param>
    /// <exception cref="PasswordOpsException">
    /// <c>JournalOtherOperation</c>, <c>JournalOtherTenant</c>, <c>JournalOtherSheet</c>, <c>JournalOtherOptions</c>.
    /// </exception>
    public void RequireSameRun(JournalHead wanted)
    {
        string name = System.IO.Path.GetFileName(Path);
        if (!string.Equals(Head.Operation, wanted.Operation, StringComparison.Ordinal))
        {
            throw new PasswordOpsException(
                "JournalOtherOperation", ErrorKind.InvalidArgument,
                Text.Of($"{name} is the journal of a run of {Head.Operation}, not of {wanted.Operation}."),
                Text.Of($"Give the journal of the run that you mean."));
        }

        if (!string.Equals(Head.TenantId, wanted.TenantId, StringComparison.OrdinalIgnoreCase))
        {
            throw new PasswordOpsException(
                "JournalOtherTenant", ErrorKind.InvalidArgument,
                Text.Of($"{name} is the journal of a run in tenant {Head.TenantId}; the connection is to {wanted.TenantId}."),
                Text.Of($"Connect to that tenant, or give another journal."));
        }

        if (!string.Equals(Head.SourceDigest, wanted.SourceDigest, StringComparison.OrdinalIgnoreCase))
        {
            throw new PasswordOpsException(
                "JournalOtherSheet", ErrorKind.InvalidArgument,
                Text.Of($"{name} is the journal of a run with another content of {Head.Source} (SHA-256 "
                    + $"{Head.SourceDigest.Substring(0, 8)}..., and {wanted.Source} has {wanted.SourceDigest.Substring(0, 8)}...)."),
                Text.Of($"Resume with the very file that the run began with, or begin a run of its own with another journal: it writes "
                    + $"only what differs."));
        }

        string? option = Head.Options.Keys.Union(wanted.Options.Keys)
            .FirstOrDefault(key => !string.Equals(Value(Head, key), Value(wanted, key), StringComparison.OrdinalIgnoreCase));
        if (option is not null)
        {
            throw new PasswordOpsException(
                "JournalOtherOptions", ErrorKind.InvalidArgument,
                Text.Of($"The run of {name} began with {option} '{Value(Head, option)}', and it is now '{Value(wanted, option)}'."),
                Text.Of($"Resume with the parameters that the run began with."));
        }

        static string Value(JournalHead head, string key) =>
            head.Options.TryGetValue(key, out string? value) ? value : string.Empty;
    }

    /// <summary>How a run ended that has nothing left to do, by what its journal says.</summary>
    /// <param name="now">Time.</param>
    /// <returns>Its rows, with those that are done as rows of earlier.</returns>
    public ContactSummary Ended(DateTimeOffset now) => State().Count(new ContactSummary
    {
        Source = Head.Source, Journal = Path, Started = now,
        Shard = Head.Options.TryGetValue("Shard", out string? shard) ? shard : Shard.All.ToString(),
    });

    /// <summary>What the journal knew of each row when that was asked first, without any value.</summary>
    internal ContactJournalState State() => state ??= ContactJournalState.Of(journal.Read(withValues: false));

    internal void Begin(int processId) =>
        Append(new JournalEntry[] { new JournalBegun { At = clock.UtcNow, ProcessId = processId } }, flush: true);

    /// <summary>Keeps planned rows.</summary>
    internal void Planned(IEnumerable<ContactPlanRow> rows) => Append(
        rows.Select(row => (JournalEntry)new JournalPlanned
        {
            At = clock.UtcNow,
            Row = row.Place,
            User = row.User,
            UserId = row.UserId,
            Changes = row.IsValid ? row.Changes.Where(change => change.Write is not null).Select(ChangeOf).ToArray()
                : Array.Empty<JournalChange>(),
            ErrorId = row.IsValid ? null : row.Errors[0].Id,
            Reason = row.IsValid ? null : row.Errors[0].Message,
        }).ToArray(),
        flush: false);

    internal void PlanEnd(int rows) =>
        Append(new JournalEntry[] { new JournalPlanEnd { At = clock.UtcNow, Rows = rows } }, flush: true);

    internal void End() => Append(new JournalEntry[] { new JournalEnd { At = clock.UtcNow } }, flush: true);

    /// <summary>Says that writes are about to be sent.</summary>
    /// <returns>False when that could not be put down: then they must not be sent.</returns>
    internal bool TrySending(IEnumerable<(ContactPlanRow Row, ContactWrite Write)> writes) => TryAppend(writes
        .Select(item => (JournalEntry)new JournalSending
        {
            At = clock.UtcNow, Row = item.Row.Place, User = item.Row.User, UserId = item.Write.UserId,
            Change = ChangeOf(item.Row.Changes.First(change => change.Field == item.Write.Field)) with
            {
                Action = item.Write.Action.ToString(),
            },
        })
        .ToArray());

    /// <summary>Puts outcomes down. Where that fails the run ends, and the writes are looked up when it is resumed.</summary>
    internal void Outcomes(IReadOnlyList<JournalOutcome> outcomes)
    {
        if (outcomes.Count > 0)
        {
            TryAppend(outcomes);
        }
    }

    /// <summary>The planned rows of this life of the run, as a stream.</summary>
    internal IEnumerable<ContactPlanRow> PlannedRows(ContactTarget target, bool hasSheet)
    {
        bool isOwn = false;
        int lives = journal.Read(withValues: false).Count(entry => entry is JournalBegun);
        foreach (JournalEntry entry in journal.Read(withValues: true))
        {
            if (entry is JournalBegun)
            {
                isOwn = --lives == 0;
            }
            else if (entry is JournalPlanEnd && isOwn)
            {
                yield break;
            }
            else if (entry is JournalPlanned planned && isOwn)
            {
                yield return RowOf(planned, target, hasSheet);
            }
        }
    }

    /// <summary>Every change that took or may have taken effect, user by user, for the way back.</summary>
    /// <param name="isWanted">Chooses users, by name and object id.</param>
    /// <param name="isFieldWanted">Chooses fields.</param>
    internal IEnumerable<ContactRequest> Undone(Func<string, string, bool> isWanted, Func<ContactField, bool> isFieldWanted)
    {
        ContactJournalState state = State();
        Dictionary<int, Dictionary<ContactField, JournalChange>> open = new();
        foreach (JournalEntry entry in journal.Read(withValues: true))
        {
            if (entry is not JournalSending sending || !isWanted(sending.User, sending.UserId))
            {
                continue;
            }

            ContactField field = ContactJournalState.FieldOf(sending.Change.Field);
            if (!state.MayHaveWritten(sending.Row, field))
            {
                continue;
            }

            if (!open.TryGetValue(sending.Row, out Dictionary<ContactField, JournalChange>? changes))
            {
                open[sending.Row] = changes = new();
            }

            // The first sending knows what was there before the run; a repetition may have read its own effect.
            if (!changes.ContainsKey(field))
            {
                changes[field] = sending.Change;
            }

            // A row goes back as a whole: the order of its phones matters.
            if (changes.Count == state.CountMayHaveWritten(sending.Row))
            {
                open.Remove(sending.Row);
                KeyValuePair<ContactField, JournalChange>[] wanted = changes.Where(change => isFieldWanted(change.Key)).ToArray();
                if (wanted.Length > 0)
                {
                    yield return ContactRequest.Undoing(
                        sending.UserId, sending.User, sending.Row,
                        wanted.ToDictionary(change => change.Key, change => change.Value.Before),
                        wanted.ToDictionary(change => change.Key, change => change.Value.After));
                }
            }
        }
    }

    private static JournalChange ChangeOf(ContactChange change) => new(
        change.Field.ToString(), change.Write!.Action.ToString(), change.Before, change.Write.Value);

    private static ContactPlanRow RowOf(JournalPlanned planned, ContactTarget target, bool hasSheet) => new()
    {
        Row = hasSheet ? planned.Row : null,
        Place = planned.Row,
        User = planned.User,
        UserId = planned.UserId,
        Errors = planned.ErrorId is null
            ? Array.Empty<PasswordOpsException>()
            : new[] { new PasswordOpsException(planned.ErrorId, ErrorKind.InvalidData, planned.Reason ?? string.Empty, string.Empty) },
        Changes = planned.Changes.Select(change =>
        {
            ContactField field = (ContactField)Enum.Parse(typeof(ContactField), change.Field);
            WriteAction action = (WriteAction)Enum.Parse(typeof(WriteAction), change.Action);
            return new ContactChange
            {
                Field = field,
                Action = action == WriteAction.Add ? ChangeAction.Set
                    : action == WriteAction.Replace ? ChangeAction.Change : ChangeAction.Clear,
                Before = change.Before,
                Write = new ContactWrite(planned.UserId!, field, target, action, change.After),
            };
        }).ToArray(),
    };

    private void Append(IReadOnlyList<JournalEntry> entries, bool flush)
    {
        try
        {
            journal.Append(entries, flush);
        }
        catch (PasswordOpsException fault)
        {
            Fail(fault);
            throw;
        }
    }

    private bool TryAppend(IReadOnlyList<JournalEntry> entries)
    {
        if (Fault is not null)
        {
            return false;
        }

        try
        {
            journal.Append(entries, flush: true);
            return true;
        }
        catch (PasswordOpsException fault)
        {
            Fail(fault);
            return false;
        }
    }

    private void Fail(PasswordOpsException fault)
    {
        lock (gate)
        {
            Fault ??= fault;
        }
    }
}
