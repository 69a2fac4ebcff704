using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Access;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Contacts;

/// <summary>
/// Sets and clears contact data of many users: validate everything, read what is there, write only differences, and never report as written what was not
/// confirmed.
/// </summary>
public sealed class ContactUpdate
{
    private const int UsersAtOnce = 20;
    private const int CallsAtOnce = 8;
    private const int MostTries = 3;

    private static readonly TimeSpan BeforeLooking = TimeSpan.FromSeconds(1);

    private readonly IConnection connection;
    private readonly ContactTarget target;
    private readonly IClock clock;

    /// <summary>Creates the operation.</summary>
    /// <param name="connection">Session with the tenant.</param>
    /// <param name="target">Where the values are kept.</param>
    /// <param name="clock">Time.</param>
    public ContactUpdate(IConnection connection, ContactTarget target, IClock clock)
    {
        this.connection = connection;
        this.target = target;
        this.clock = clock;
    }

    /// <summary>Says whether the caller can do this at all, before any user is read.</summary>
    /// <param name="fields">Fields that will be written.</param>
    /// <exception cref="PasswordOpsException"><c>PermissionMissing</c> or <c>RoleMissing</c>.</exception>
    public void RequireRights(IEnumerable<ContactField> fields)
    {
        ConnectionContext caller = connection.Context;
        foreach (string operation in fields.Select(Operation).Distinct())
        {
            if (CallerRights.MissingPermission(caller, GraphOperation.Named(operation)) is PasswordOpsException missing)
            {
                throw missing;
            }
        }

        if (!caller.Standing.IsKnown)
        {
            return;
        }

        bool may = target == ContactTarget.AuthenticationMethods
            ? AccessRules.WritesMethodsOfSomebody(caller.Standing.Value)
            : AccessRules.ActingRoles(caller.Standing.Value).Count > 0 || caller.Standing.Value.Roles.Any(role => role.IsBuiltIn == false);
        if (!may)
        {
            string have = caller.Standing.Value.Roles.Count == 0
                ? "no directory role"
                : string.Join(", ", caller.Standing.Value.Roles.Select(RoleCatalog.NameOf).Distinct());
            string need = target == ContactTarget.AuthenticationMethods ? string.Join(", ", AccessRules.RolesThatWriteMethods()) : "User Administrator or Authentication Administrator";
            throw new PasswordOpsException(
                "RoleMissing",
                ErrorKind.PermissionDenied,
                $"{caller.Account} cannot write contact data of anybody: it needs one of the roles {need}, and has {have}.",
                "Activate or assign Authentication Administrator" + (caller.IsAppOnly ? " to the application's service principal" : string.Empty) + ", then connect again.");
        }
    }

    /// <summary>Makes the plan: validates all requests, finds the users, reads what they have and compares. Writes nothing.</summary>
    /// <param name="requests">What is wanted, one request a user.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="PasswordOpsException">Nothing could be read at all, for example <c>ServiceUnreachable</c>.</exception>
    public async Task<ContactPlan> PlanAsync(IReadOnlyList<ContactRequest> requests, IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        IReadOnlyList<List<PasswordOpsException>> errors = ContactPlanner.Validate(requests, target);
        ContactPlanRow[] rows = new ContactPlanRow[requests.Count];
        List<int> readable = new();
        for (int i = 0; i < requests.Count; i++)
        {
            rows[i] = new ContactPlanRow { Row = requests[i].Row, User = requests[i].Identity, Errors = errors[i] };

            // Users whose row is wrong in itself are looked up too: one report shall name everything, unknown users included.
            if (!errors[i].Any(error => error.Id is "IdentityInvalid" or "UserDoubled"))
            {
                readable.Add(i);
            }
        }

        BulkRunner runner = new("Reading contact data", UsersAtOnce, CallsAtOnce, clock);
        await runner.RunAsync(readable, (chunk, _) => PlanChunkAsync(requests, rows, chunk, stop), progress, stop).ConfigureAwait(false);
        MarkDoubledUsers(requests, rows);
        return new ContactPlan(rows);
    }

    /// <summary>Carries the valid rows of a plan out. Rows with errors and rows without a difference send nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="emit">Receives the result of each row as soon as it is known; called from any thread, one call at a time.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Stops: nothing new is sent, what is under way settles and is reported.</param>
    /// <returns>A task that ends with the run.</returns>
    public async Task RunAsync(ContactPlan plan, Action<ContactResult> emit, IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        foreach (ContactPlanRow row in plan.Rows.Where(row => !row.IsValid || !row.HasWrites))
        {
            emit(row.IsValid
                ? Result(row, ContactStatus.Unchanged, "Nothing to write: the values are there already.")
                : Result(row, ContactStatus.NotSent, row.Errors[0].Message) with { Error = row.Errors[0] });
        }

        RunState state = new(emit);
        BulkRunner runner = new("Writing contact data", UsersAtOnce, CallsAtOnce, clock);
        await runner.RunAsync(
            plan.Rows.Where(row => row.IsValid && row.HasWrites).ToArray(), (chunk, token) => RunChunkAsync(chunk, state, stop, token), progress, stop).ConfigureAwait(false);
    }

    private static ContactResult Result(ContactPlanRow row, ContactStatus status, string reason) =>
        new() { Row = row.Row, User = row.User, UserId = row.UserId, Status = status, Reason = reason };

    // Only a role that is scoped to the restricted unit reaches its members; where the caller has any scoped role, the service decides.
    private bool ReachesRestricted => !connection.Context.Standing.IsKnown || connection.Context.Standing.Value.Roles.Any(role => !role.IsTenantWide);

    private string Operation(ContactField field) => (target, field) switch
    {
        (ContactTarget.Profile, ContactField.Email) => "profile.mails.write",
        (ContactTarget.Profile, _) => "profile.phones.write",
        (_, ContactField.Email) => "emails.write",
        _ => "phones.write",
    };

    private async Task PlanChunkAsync(IReadOnlyList<ContactRequest> requests, ContactPlanRow[] rows, IReadOnlyList<int> chunk, CancellationToken stop)
    {
        IReadOnlyList<Reading<DirectoryUser>> users =
            await connection.Directory.GetUsersAsync(chunk.Select(i => new UserIdentity(requests[i].Identity)).ToArray(), stop).ConfigureAwait(false);
        string[] ids = users.Where(user => user.IsKnown).Select(user => user.Value.Id).ToArray();
        IReadOnlyList<Reading<ContactData>> methods = target == ContactTarget.AuthenticationMethods && ids.Length > 0
            ? await connection.Directory.GetContactDataAsync(ids, stop).ConfigureAwait(false)
            : Array.Empty<Reading<ContactData>>();
        int next = 0;
        for (int n = 0; n < chunk.Count; n++)
        {
            int i = chunk[n];
            if (!users[n].IsKnown)
            {
                rows[i] = rows[i] with { Errors = rows[i].Errors.Append(ContactPlanner.AtRow(users[n].Error!, requests[i])).ToArray() };
                continue;
            }

            DirectoryUser user = users[n].Value;
            Reading<ContactData>? data = target == ContactTarget.AuthenticationMethods ? methods[next++] : null;
            if (data is { IsKnown: false })
            {
                PasswordOpsException error = ContactPlanner.AtRow(data.Error!, requests[i]);
                rows[i] = rows[i] with { User = user.Name, UserId = user.Id, Errors = rows[i].Errors.Append(error).ToArray() };
                continue;
            }

            rows[i] = rows[i].Errors.Count > 0
                ? rows[i] with { User = user.Name, UserId = user.Id }
                : ContactPlanner.Compare(requests[i], target, user, data?.Value, ReachesRestricted);
        }
    }

    // One user may stand in a sheet by name and by object id; that shows only once both are found.
    private static void MarkDoubledUsers(IReadOnlyList<ContactRequest> requests, ContactPlanRow[] rows)
    {
        Dictionary<string, int> first = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i].UserId is not string id)
            {
                continue;
            }

            if (first.TryGetValue(id, out int before))
            {
                rows[i] = rows[i] with
                {
                    Changes = Array.Empty<ContactChange>(),
                    Errors = rows[i].Errors.Append(ContactPlanner.Doubled(requests[i], requests[before])).ToArray(),
                };
            }
            else
            {
                first.Add(id, i);
            }
        }
    }

    private async Task RunChunkAsync(IReadOnlyList<ContactPlanRow> rows, RunState state, CancellationToken stop, CancellationToken settle)
    {
        DateTimeOffset start = clock.UtcNow;
        RowRun[] runs = rows.Select(row => new RowRun(row)).ToArray();
        for (int wave = 0; wave <= 2; wave++)
        {
            // After a stop the waves that have not begun are not sent; what they leave undone is reported as such.
            if (state.IsOver || stop.IsCancellationRequested)
            {
                break;
            }

            List<(RowRun Run, ContactWrite Write)> due = new();
            foreach (RowRun run in runs.Where(run => run.Error is null))
            {
                due.AddRange(run.Row.Changes.Where(change => change.Write is not null && ContactPlanner.Wave(change.Write) == wave).Select(change => (run, change.Write!)));
            }

            await WriteAsync(due, state, settle).ConfigureAwait(false);
        }

        foreach (RowRun run in runs)
        {
            state.Emit(run.Close(clock.UtcNow - start));
        }
    }

    private async Task WriteAsync(IReadOnlyList<(RowRun Run, ContactWrite Write)> due, RunState state, CancellationToken settle)
    {
        IReadOnlyList<(RowRun Run, ContactWrite Write)> open = due;
        for (int round = 1; open.Count > 0; round++)
        {
            IReadOnlyList<WriteOutcome> outcomes =
                await connection.Directory.WriteContactDataAsync(open.Select(item => item.Write).ToArray(), settle).ConfigureAwait(false);
            List<(RowRun Run, ContactWrite Write, PasswordOpsException Error)> unclear = new();
            for (int i = 0; i < open.Count; i++)
            {
                (RowRun run, ContactWrite write) = open[i];
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
                    state.EndIfUnreachable(outcome.Error);
                }
            }

            open = unclear.Count == 0
                ? Array.Empty<(RowRun Run, ContactWrite Write)>()
                : await LookAsync(unclear, round, state, settle).ConfigureAwait(false);
        }
    }

    /// <summary>Reads what became of writes without a clear outcome; returns those that surely did not happen and may be sent again.</summary>
    private async Task<IReadOnlyList<(RowRun Run, ContactWrite Write)>> LookAsync(
        IReadOnlyList<(RowRun Run, ContactWrite Write, PasswordOpsException Error)> unclear, int round, RunState state, CancellationToken settle)
    {
        List<(RowRun Run, ContactWrite Write)> again = new();
        string[] ids = unclear.Select(item => item.Write.UserId).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        Dictionary<string, int> place = ids.Select((id, i) => (id, i)).ToDictionary(item => item.id, item => item.i, StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<Reading<DirectoryUser>>? users = null;
        IReadOnlyList<Reading<ContactData>>? methods = null;
        PasswordOpsException? unreadable = null;
        try
        {
            // What was just written shows with a delay.
            await clock.DelayAsync(TimeSpan.FromTicks(BeforeLooking.Ticks * round), settle).ConfigureAwait(false);
            if (target == ContactTarget.Profile)
            {
                users = await connection.Directory.GetUsersAsync(ids.Select(id => new UserIdentity(id)).ToArray(), settle).ConfigureAwait(false);
            }
            else
            {
                methods = await connection.Directory.GetContactDataAsync(ids, settle).ConfigureAwait(false);
            }
        }
        catch (PasswordOpsException error)
        {
            unreadable = error;
        }
        catch (OperationCanceledException)
        {
            unreadable = new PasswordOpsException("Stopped", ErrorKind.Timeout, "The run was stopped before the outcome could be read.", "Run the same input again.");
        }

        foreach ((RowRun run, ContactWrite write, PasswordOpsException error) in unclear)
        {
            int i = place[write.UserId];
            PasswordOpsException? readError = unreadable ?? users?[i].Error ?? methods?[i].Error;
            if (readError is not null)
            {
                run.Lose(write, error);
                state.EndIfUnreachable(readError);
            }
            else if (ContactPlanner.IsDone(write, users?[i].Value, methods?[i].Value))
            {
                run.Confirm(write);
            }
            else if (!error.MayHaveHappened)
            {
                run.Fail(write, error);
            }
            else if (round < MostTries && !state.IsOver)
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

    /// <summary>What the chunks of one run share.</summary>
    private sealed class RunState
    {
        private readonly Action<ContactResult> emit;
        private readonly object gate = new();

        public RunState(Action<ContactResult> emit)
        {
            this.emit = emit;
        }

        /// <summary>True once the service cannot be reached: nothing more will succeed.</summary>
        public bool IsOver { get; private set; }

        public void EndIfUnreachable(PasswordOpsException error)
        {
            if (error.Kind is ErrorKind.Connection or ErrorKind.Authentication)
            {
                IsOver = true;
            }
        }

        public void Emit(ContactResult result)
        {
            lock (gate)
            {
                emit(result);
            }
        }
    }

    /// <summary>One row while it is carried out.</summary>
    private sealed class RowRun
    {
        private readonly List<ContactField> written = new();
        private readonly List<ContactField> uncertain = new();
        private int attempts;
        private string? requestId;

        public RowRun(ContactPlanRow row)
        {
            Row = row;
        }

        public ContactPlanRow Row { get; }

        public PasswordOpsException? Error { get; private set; }

        public void Sent(WriteOutcome outcome)
        {
            attempts += outcome.Attempts;
            requestId = outcome.RequestId ?? requestId;
        }

        public void Confirm(ContactWrite write) => written.Add(write.Field);

        public void Lose(ContactWrite write, PasswordOpsException error)
        {
            uncertain.Add(write.Field);
            Error ??= error;
        }

        public void Fail(ContactWrite write, PasswordOpsException error) => Error ??= error.Retold($"{Row.User}, {write.Field}: {error.Message}");

        public ContactResult Close(TimeSpan duration)
        {
            int planned = Row.Changes.Count(change => change.Write is not null);
            bool complete = written.Count == planned;
            ContactStatus status = uncertain.Count > 0 ? ContactStatus.Unknown
                : complete ? ContactStatus.Succeeded
                : Error is not null && attempts > 0 ? ContactStatus.Failed
                : ContactStatus.NotSent;
            string done = written.Count == 0 ? "nothing was written" : "written: " + string.Join(", ", written);
            string reason = status switch
            {
                ContactStatus.Succeeded => "Confirmed by the service: " + string.Join(", ", written) + ".",
                ContactStatus.Unknown => $"No answer tells whether {string.Join(", ", uncertain)} took effect; {done}. Run the same input again: it writes only what differs.",
                ContactStatus.Failed => $"{Error!.Message} ({done})",
                _ when written.Count > 0 => $"The run ended early; {done}, the rest was not sent. Run the same input again.",
                _ => "The run ended before this row: nothing was sent. Run the same input again.",
            };
            if (status == ContactStatus.NotSent && written.Count > 0)
            {
                status = ContactStatus.Failed;
            }

            return Result(Row, status, reason) with
            {
                Written = written.ToArray(), Uncertain = uncertain.ToArray(), Error = Error, Attempts = attempts, RequestId = requestId, Duration = duration,
            };
        }
    }
}
