using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Contacts;

/// <summary>
/// Carries planned rows out, chunk by chunk. A row with a write without a clear outcome is put aside and looked up later: what the
/// directory shows is done, and what it does not show after a time that covers its own delay did not happen and is sent again.
/// </summary>
internal sealed class ContactRun
{
    /// <summary>After this time a write that does not show did not happen. Lists lag behind writes by seconds.</summary>
    public static readonly TimeSpan ShowsWithin = TimeSpan.FromSeconds(10);

    private const int MostAside = 400;

    // So many writes one after another without a clear outcome: perhaps the service is gone. Time to look.
    private const int MostLost = 100;
    private const int MostMisses = 4;

    private static readonly TimeSpan AfterMiss = TimeSpan.FromSeconds(3);

    // A first look soon, for a person who waits; only the last one can tell that a write did not happen.
    private static readonly TimeSpan[] Looks = { TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), ShowsWithin };

    private readonly IDirectory directory;
    private readonly ContactTarget target;
    private readonly ContactJournal? journal;
    private readonly Action<ContactResult> emit;
    private readonly IClock clock;
    private readonly CancellationToken stop;
    private readonly object gate = new();
    private readonly List<ContactRowRun> aside = new();
    private long writes;
    private int lost;

    // True once the service cannot be reached: nothing more will succeed.
    private volatile bool isOver;

    public ContactRun(
        IDirectory directory, ContactTarget target, ContactJournal? journal, Action<ContactResult> emit, IClock clock,
        CancellationToken stop)
    {
        this.directory = directory;
        this.target = target;
        this.journal = journal;
        this.emit = emit;
        this.clock = clock;
        this.stop = stop;
    }

    /// <summary>Writes that were sent so far, repetitions included.</summary>
    public long Writes => Interlocked.Read(ref writes);

    /// <summary>True when rows that are not begun will not be sent any more.</summary>
    public bool HasEnded => isOver || stop.IsCancellationRequested || journal?.Fault is not null;

    /// <summary>Hands a result on.</summary>
    public void Emit(ContactResult result)
    {
        lock (gate)
        {
            emit(result);
        }
    }

    /// <summary>Sends the writes of rows. Rows that are put aside are settled in the end, or here when they get many.</summary>
    public async Task WriteAsync(IReadOnlyList<ContactRowRun> runs, CancellationToken settle)
    {
        for (int wave = 0; wave <= 2; wave++)
        {
            // After a stop the waves that have not begun are not sent; what they leave undone is reported as such.
            List<(ContactRowRun Run, ContactWrite Write)> due = runs
                .SelectMany(run => run.Due(wave).Select(write => (run, write)))
                .ToList();
            if (due.Count == 0)
            {
                continue;
            }

            if (HasEnded || journal?.TrySending(due.Select(item => (item.Run.Row, item.Write))) == false)
            {
                break;
            }

            await SendAsync(due).ConfigureAwait(false);
        }

        List<ContactRowRun> overdue = new();
        foreach (ContactRowRun run in runs)
        {
            if (!run.IsDoubtful)
            {
                Close(run);
                continue;
            }

            lock (aside)
            {
                aside.Add(run);
                if (aside.Count >= MostAside || Volatile.Read(ref lost) >= MostLost)
                {
                    overdue.AddRange(aside);
                    aside.Clear();
                }
            }
        }

        if (overdue.Count > 0)
        {
            await SettleAsync(overdue, settle).ConfigureAwait(false);
        }
    }

    /// <summary>Looks up all rows that were put aside, until none is left.</summary>
    public async Task SettleAsync(CancellationToken settle)
    {
        while (true)
        {
            ContactRowRun[] rest;
            lock (aside)
            {
                rest = aside.ToArray();
                aside.Clear();
            }

            if (rest.Length == 0)
            {
                return;
            }

            await SettleAsync(rest, settle).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(IReadOnlyList<(ContactRowRun Run, ContactWrite Write)> due)
    {
        IReadOnlyList<WriteOutcome> outcomes =
            await directory.WriteContactDataAsync(due.Select(item => item.Write).ToArray(), stop).ConfigureAwait(false);
        List<JournalOutcome> known = new();
        for (int i = 0; i < due.Count; i++)
        {
            (ContactRowRun run, ContactWrite write) = due[i];
            Interlocked.Add(ref writes, outcomes[i].Attempts);
            if (run.Take(write, outcomes[i], clock.UtcNow) is JournalOutcome outcome)
            {
                known.Add(outcome);
                EndIfUnreachable(outcomes[i].Error);
                Volatile.Write(ref lost, 0);
            }
            else
            {
                Interlocked.Increment(ref lost);
            }
        }

        journal?.Outcomes(known);
    }

    private async Task SettleAsync(IReadOnlyList<ContactRowRun> runs, CancellationToken settle)
    {
        List<ContactRowRun> doubtful = runs.ToList();
        for (int misses = 0; doubtful.Count > 0;)
        {
            bool hasLooked = false;
            try
            {
                await WaitAsync(doubtful, misses).ConfigureAwait(false);
                hasLooked = !isOver && await LookAsync(doubtful, settle).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The time to settle is over.
            }

            misses = hasLooked ? 0 : misses + 1;
            Volatile.Write(ref lost, hasLooked ? 0 : Volatile.Read(ref lost));
            isOver |= misses >= MostMisses;
            if (HasEnded)
            {
                // Left open in the journal: when the run is resumed it looks again.
                doubtful.ForEach(run => run.GiveUp());
            }

            doubtful.RemoveAll(run => !run.IsDoubtful);
        }

        foreach (ContactRowRun[] chunk in Chunks(runs))
        {
            await WriteAsync(chunk, settle).ConfigureAwait(false);
        }
    }

    // After a stop there is no waiting: one look tells what shows by now.
    private async Task WaitAsync(IReadOnlyList<ContactRowRun> doubtful, int misses)
    {
        TimeSpan age = clock.UtcNow - doubtful.Max(run => run.DoubtfulSince);
        TimeSpan next = Looks.FirstOrDefault(look => look > age);
        TimeSpan wait = next > TimeSpan.Zero ? next - age : TimeSpan.FromTicks(AfterMiss.Ticks * misses);
        try
        {
            await clock.DelayAsync(wait, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>Reads what became of doubtful writes.</summary>
    /// <returns>False when nothing could be read.</returns>
    private async Task<bool> LookAsync(IReadOnlyList<ContactRowRun> doubtful, CancellationToken settle)
    {
        bool hasRead = false;
        foreach (ContactRowRun[] chunk in Chunks(doubtful))
        {
            string[] ids = chunk.Select(run => run.Row.UserId!).ToArray();
            IReadOnlyList<Reading<DirectoryUser>>? users = null;
            IReadOnlyList<Reading<ContactData>>? methods = null;
            DateTimeOffset asked = clock.UtcNow;
            try
            {
                if (target == ContactTarget.Profile)
                {
                    users = await directory.GetUsersAsync(ids.Select(id => new UserIdentity(id)).ToArray(), settle).ConfigureAwait(false);
                }
                else
                {
                    methods = await directory.GetContactDataAsync(ids, settle).ConfigureAwait(false);
                }
            }
            catch (PasswordOpsException error)
            {
                isOver |= error.Kind == ErrorKind.Authentication;
                continue;
            }

            List<JournalOutcome> settled = new();
            for (int i = 0; i < chunk.Length; i++)
            {
                switch (users?[i].Error ?? methods?[i].Error)
                {
                    case null:
                        bool isLate = asked - chunk[i].DoubtfulSince >= ShowsWithin;
                        settled.AddRange(chunk[i].Look(users?[i].Value, methods?[i].Value, isLate, clock.UtcNow));
                        hasRead = true;
                        break;
                    case { Kind: ErrorKind.Connection or ErrorKind.Timeout or ErrorKind.Busy or ErrorKind.LimitsExceeded }:
                        break;
                    default:
                        // This user cannot be read, now or later: gone, or out of reach.
                        chunk[i].GiveUp();
                        hasRead = true;
                        break;
                }
            }

            journal?.Outcomes(settled);
        }

        return hasRead;
    }

    private void Close(ContactRowRun run) => Emit(run.Close(clock.UtcNow));

    private static IEnumerable<ContactRowRun[]> Chunks(IReadOnlyList<ContactRowRun> runs)
    {
        for (int i = 0; i < runs.Count; i += ContactUpdate.UsersAtOnce)
        {
            yield return runs.Skip(i).Take(ContactUpdate.UsersAtOnce).ToArray();
        }
    }

    private void EndIfUnreachable(PasswordOpsException? error)
    {
        if (error is { Kind: ErrorKind.Connection or ErrorKind.Authentication })
        {
            isOver = true;
        }
    }
}
