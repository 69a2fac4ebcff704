using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Contacts;

/// <summary>Carries planned rows out, chunk by chunk, and finds out what became of writes without a clear outcome.</summary>
internal sealed class ContactRun
{
    private const int MostTries = 3;

    private static readonly TimeSpan BeforeLooking = TimeSpan.FromSeconds(1);

    private readonly IDirectory directory;
    private readonly ContactTarget target;
    private readonly Action<ContactResult> emit;
    private readonly IClock clock;
    private readonly object gate = new();

    // True once the service cannot be reached: nothing more will succeed.
    private volatile bool isOver;

    public ContactRun(IDirectory directory, ContactTarget target, Action<ContactResult> emit, IClock clock)
    {
        this.directory = directory;
        this.target = target;
        this.emit = emit;
        this.clock = clock;
    }

    public async Task WriteAsync(IReadOnlyList<ContactPlanRow> rows, CancellationToken stop, CancellationToken settle)
    {
        DateTimeOffset start = clock.UtcNow;
        ContactRowRun[] runs = rows.Select(row => new ContactRowRun(row)).ToArray();
        for (int wave = 0; wave <= 2; wave++)
        {
            // After a stop the waves that have not begun are not sent; what they leave undone is reported as such.
            if (isOver || stop.IsCancellationRequested)
            {
                break;
            }

            List<(ContactRowRun Run, ContactWrite Write)> due = new();
            foreach (ContactRowRun run in runs)
            {
                due.AddRange(run.Row.Changes
                    .Where(change => change.Write is not null && ContactPlanner.Wave(change.Write) == wave && !run.IsVain(change.Write))
                    .Select(change => (run, change.Write!)));
            }

            await SendAsync(due, settle).ConfigureAwait(false);
        }

        foreach (ContactRowRun run in runs)
        {
            ContactResult result = run.Close(clock.UtcNow - start);
            lock (gate)
            {
                emit(result);
            }
        }
    }

    private async Task SendAsync(IReadOnlyList<(ContactRowRun Run, ContactWrite Write)> due, CancellationToken settle)
    {
        IReadOnlyList<(ContactRowRun Run, ContactWrite Write)> open = due;
        for (int round = 1; open.Count > 0; round++)
        {
            IReadOnlyList<WriteOutcome> outcomes =
                await directory.WriteContactDataAsync(open.Select(item => item.Write).ToArray(), settle).ConfigureAwait(false);
            List<(ContactRowRun Run, ContactWrite Write, PasswordOpsException Error)> unclear = new();
            for (int i = 0; i < open.Count; i++)
            {
                (ContactRowRun run, ContactWrite write) = open[i];
                WriteOutcome outcome = outcomes[i];
                run.Sent(outcome);
                if (outcome.Succeeded)
                {
                    run.Confirm(write);
                }
                else if (outcome.Error!.MayHaveHappened || (round > 1 && outcome.Error.Status is 400 or 404 or 409))
                {
                    // A repetition that is refused may be refused because the first one had taken effect: look before calling it a failure.
                    unclear.Add((run, write, outcome.Error));
                }
                else
                {
                    run.Fail(write, outcome.Error);
                    EndIfUnreachable(outcome.Error);
                }
            }

            open = unclear.Count == 0
                ? Array.Empty<(ContactRowRun Run, ContactWrite Write)>()
                : await LookAsync(unclear, round, settle).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Reads what became of writes without a clear outcome; returns those that surely did not happen and may be sent again.
    /// </summary>
    private async Task<IReadOnlyList<(ContactRowRun Run, ContactWrite Write)>> LookAsync(
        IReadOnlyList<(ContactRowRun Run, ContactWrite Write, PasswordOpsException Error)> unclear, int round, CancellationToken settle)
    {
        List<(ContactRowRun Run, ContactWrite Write)> again = new();
        string[] ids = unclear.Select(item => item.Write.UserId).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        Dictionary<string, int> place = ids.Select((id, i) => (id, i))
            .ToDictionary(item => item.id, item => item.i, StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<Reading<DirectoryUser>>? users = null;
        IReadOnlyList<Reading<ContactData>>? methods = null;
        PasswordOpsException? unreadable = null;
        try
        {
            // What was just written shows with a delay.
            await clock.DelayAsync(TimeSpan.FromTicks(BeforeLooking.Ticks * round), settle).ConfigureAwait(false);
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
            unreadable = error;
        }
        catch (OperationCanceledException)
        {
            unreadable = new PasswordOpsException(
                "Stopped", ErrorKind.Timeout, "The run was stopped before the outcome could be read.", "Run the same input again.");
        }

        foreach ((ContactRowRun run, ContactWrite write, PasswordOpsException error) in unclear)
        {
            int i = place[write.UserId];
            PasswordOpsException? readError = unreadable ?? users?[i].Error ?? methods?[i].Error;
            if (readError is not null)
            {
                run.Lose(write, error);
                EndIfUnreachable(readError);
            }
            else if (ContactPlanner.IsDone(write, users?[i].Value, methods?[i].Value))
            {
                run.Confirm(write);
            }
            else if (!error.MayHaveHappened)
            {
                run.Fail(write, error);
            }
            else if (round < MostTries && !isOver)
            {
                again.Add((run, write));
            }
            else
            {
                run.Lose(write, error);
            }
        }

        return again;
    }

    private void EndIfUnreachable(PasswordOpsException error)
    {
        if (error.Kind is ErrorKind.Connection or ErrorKind.Authentication)
        {
            isOver = true;
        }
    }
}
