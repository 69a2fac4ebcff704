using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Access;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Contacts;

/// <summary>
/// Sets and clears contact data of many users: validate everything, read what is there, write only differences, and never report as written
/// what was not confirmed.
/// </summary>
public sealed class ContactUpdate
{
    /// <summary>Users whose requests travel together.</summary>
    internal const int UsersAtOnce = 20;

    // More than go out at once: while one chunk puts its outcomes down and the next its intents, the way to the service is not empty.
    private const int ChunksAtOnce = 16;

    private const int MostReadings = 4;

    private static readonly TimeSpan BetweenReadings = TimeSpan.FromSeconds(1);

    private readonly IConnection connection;
    private readonly ContactOptions options;
    private readonly IClock clock;

    /// <summary>Creates the operation.</summary>
    /// <param name="connection">Session with the tenant.</param>
    /// <param name="options">How contact data is to be set.</param>
    /// <param name="clock">Time.</param>
    public ContactUpdate(IConnection connection, ContactOptions options, IClock clock)
    {
        this.connection = connection;
        this.options = options;
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

        // Directory roles bound what a signed-in person may do with a permission; an application by itself needs the permission only.
        // Single users whom the roles do not reach are refused in the plan.
        if (caller.IsAppOnly || !caller.Standing.IsKnown)
        {
            return;
        }

        bool may = options.Target == ContactTarget.AuthenticationMethods
            ? AccessRules.WritesMethodsOfSomebody(caller.Standing.Value)
            : AccessRules.ActingRoles(caller.Standing.Value).Count > 0 || caller.Standing.Value.Roles.Any(role => role.IsBuiltIn == false);
        if (!may)
        {
            string have = caller.Standing.Value.Roles.Count == 0
                ? Text.Of($"no directory role")
                : string.Join(", ", caller.Standing.Value.Roles.Select(RoleCatalog.NameOf).Distinct());
            string need = options.Target == ContactTarget.AuthenticationMethods
                ? string.Join(", ", AccessRules.RolesThatWriteMethods())
                : Text.Of($"User Administrator or Authentication Administrator");
            throw new PasswordOpsException(
                "RoleMissing",
                ErrorKind.PermissionDenied,
                Text.Of($"{caller.Account} cannot write contact data of anybody: it needs one of the roles {need}, and has {have}."),
                Text.Of($"Activate or assign Authentication Administrator, then connect again."));
        }
    }

    /// <summary>The head of this run's journal.</summary>
    /// <param name="operation">The cmdlet.</param>
    /// <param name="source">The rows.</param>
    /// <param name="columns">How columns were mapped by the caller, in words; empty when they were not.</param>
    /// <param name="moduleVersion">Version of the module.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The head.</returns>
    public JournalHead Head(string operation, IContactSource source, string columns, string moduleVersion, CancellationToken stop) => new()
    {
        RunId = Guid.NewGuid(),
        Operation = operation,
        TenantId = connection.Context.TenantId,
        Account = connection.Context.Account,
        Source = source.Name,
        SourceDigest = source.Digest(stop),
        Started = clock.UtcNow,
        ModuleVersion = moduleVersion,
        Options = new Dictionary<string, string>
        {
            ["Target"] = options.Target.ToString(),
            ["DefaultCountry"] = options.DefaultCountry ?? string.Empty,
            ["Shard"] = options.Shard.ToString(),
            ["ColumnMap"] = columns,
        },
    };

    /// <summary>Compares all rows with what is there: validates, finds the users, reads. Writes nothing and keeps nothing.</summary>
    /// <param name="source">What is wanted, one request a user.</param>
    /// <param name="emit">Receives each row, in the order of the source; called from any thread, one call at a time.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>What it comes to.</returns>
    /// <exception cref="PasswordOpsException">Nothing could be read at all, for example <c>ServiceUnreachable</c>.</exception>
    public async Task<ContactTally> CompareAsync(
        IContactSource source, Action<ContactPlanRow> emit, IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        ContactTally tally = new();
        await EachRowAsync(
            source,
            rows =>
            {
                foreach (ContactPlanRow row in rows)
                {
                    tally = tally.And(row);
                    emit(row);
                }
            },
            elsewhere => tally = tally with { WrongElsewhere = elsewhere },
            progress, stop).ConfigureAwait(false);
        return tally;
    }

    /// <summary>Makes the plan of a run: as <see cref="CompareAsync"/>, and keeps it, in the journal when there is one. Writes nothing.
    /// </summary>
    /// <param name="source">What is wanted, one request a user.</param>
    /// <param name="journal">Journal of the run, just begun; null to keep the plan in memory.</param>
    /// <param name="emit">Receives each row, in the order of the source; called from any thread, one call at a time; may be null.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="PasswordOpsException">Nothing could be read at all, or the journal cannot be written.</exception>
    public async Task<ContactPlan> PlanAsync(
        IContactSource source, ContactJournal? journal, Action<ContactPlanRow>? emit, IProgress<BulkProgress>? progress,
        CancellationToken stop)
    {
        List<ContactPlanRow> kept = new();
        ContactPlanRow? first = null;
        journal?.Begin(ProcessId);
        ContactTally tally = new();
        await EachRowAsync(
            source,
            rows =>
            {
                first ??= rows[0];
                journal?.Planned(rows);
                foreach (ContactPlanRow row in rows)
                {
                    tally = tally.And(row);
                    emit?.Invoke(row);
                }

                if (journal is null)
                {
                    kept.AddRange(rows);
                }
            },
            elsewhere => tally = tally with { WrongElsewhere = elsewhere },
            progress, stop).ConfigureAwait(false);
        journal?.PlanEnd(tally.Rows);
        return new ContactPlan(
            tally, first, journal is null ? () => kept : () => journal.PlannedRows(options.Target, hasSheet: first?.Row is not null));
    }

    /// <summary>Carries the valid rows of a plan out. Rows with errors and rows without a difference send nothing.</summary>
    /// <param name="source">Where the rows came from.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="journal">The journal that the plan was made with; null when there is none.</param>
    /// <param name="emit">Receives the result of each row as soon as it is known; called from any thread, one call at a time.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Stops: nothing new is sent, what is under way settles and is reported.</param>
    /// <returns>How the run ended.</returns>
    /// <exception cref="OperationCanceledException">It was stopped, and what was under way has settled.</exception>
    /// <exception cref="PasswordOpsException">The journal cannot be written any more; what was sent has settled.</exception>
    public Task<ContactSummary> RunAsync(
        IContactSource source, ContactPlan plan, ContactJournal? journal, Action<ContactResult> emit, IProgress<BulkProgress>? progress,
        CancellationToken stop) =>
        RunAsync(
            source, journal, plan.Tally.Rows, emit, stop,
            async run => await Writing().RunAsync(
                ToSend(plan.Rows, run), plan.Tally.ToWrite,
                (rows, settle) => run.WriteAsync(
                    rows.Select(row => new ContactRowRun(row) { Started = clock.UtcNow }).ToArray(), settle),
                progress, stop).ConfigureAwait(false));

    /// <summary>
    /// Goes on with a run that ended early. Rows that were completed are passed over; the others are read, compared and written. Writes
    /// that were under way when it ended come last, when whatever became of them shows.
    /// </summary>
    /// <param name="source">The same rows as before.</param>
    /// <param name="journal">The run's journal, open for appending, in which the plan is complete.</param>
    /// <param name="emit">Receives the result of each row that is handled now.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Stops: nothing new is sent, what is under way settles and is reported.</param>
    /// <returns>How the run ended, earlier lives counted in.</returns>
    /// <exception cref="OperationCanceledException">It was stopped, and what was under way has settled.</exception>
    /// <exception cref="PasswordOpsException">The journal cannot be written any more; what was sent has settled.</exception>
    public async Task<ContactSummary> ResumeAsync(
        IContactSource source, ContactJournal journal, Action<ContactResult> emit, IProgress<BulkProgress>? progress,
        CancellationToken stop)
    {
        ContactJournalState state = journal.State();
        journal.Begin(ProcessId);
        Task<Reading<ITenantStandings>>? everybody = AsksRoles ? connection.Directory.GetTenantStandingsAsync(stop) : null;
        List<ContactRequest> open = new();
        int earlier = 0;
        int wrong = 0;
        ContactSummary summary = await RunAsync(source, journal, state.Rows, emit, stop, GoOnAsync).ConfigureAwait(false);
        return summary with { Earlier = earlier, Invalid = summary.Invalid + wrong };

        async Task GoOnAsync(ContactRun run)
        {
            await Writing().RunAsync(Rest(), null, (rows, settle) => AgainAsync(run, rows, settle), progress, stop).ConfigureAwait(false);
            if (open.Count > 0 && state.LatestOpen is DateTimeOffset latest && !run.HasEnded)
            {
                TimeSpan wait = latest + ContactRun.ShowsWithin - clock.UtcNow;
                if (wait > TimeSpan.Zero)
                {
                    await clock.DelayAsync(wait < ContactRun.ShowsWithin ? wait : ContactRun.ShowsWithin, stop).ConfigureAwait(false);
                }

                await Writing().RunAsync(open, open.Count, (rows, settle) => AgainAsync(run, rows, settle), progress, stop)
                    .ConfigureAwait(false);
            }
        }

        IEnumerable<ContactRequest> Rest()
        {
            foreach (ContactRequest request in Own(source))
            {
                if (state.IsOpen(request.Place))
                {
                    open.Add(request);
                }
                else if (state.IsWrongRow(request.Place))
                {
                    wrong++;
                }
                else if (state.IsComplete(request.Place))
                {
                    earlier++;
                }
                else
                {
                    yield return request;
                }
            }
        }

        async Task AgainAsync(ContactRun run, IReadOnlyList<ContactRequest> requests, CancellationToken settle)
        {
            ContactPlanRow[] rows = await PlanChunkAsync(requests, new Dictionary<int, int>(), everybody, isFew: false, stop)
                .ConfigureAwait(false);
            journal.Planned(rows);
            List<JournalOutcome> found = new();
            List<ContactRowRun> toSend = new();
            foreach (ContactPlanRow row in rows)
            {
                ContactField[] there = row.Changes
                    .Where(change => change.Action == ChangeAction.Same && state.IsOpen(row.Place, change.Field))
                    .Select(change => change.Field)
                    .ToArray();
                found.AddRange(there.Select(field => new JournalOutcome
                {
                    At = clock.UtcNow, Row = row.Place, Field = field.ToString(), Kind = JournalOutcomeKind.Found, Attempts = 1,
                }));
                if (row.IsValid && (row.HasWrites || there.Length > 0))
                {
                    toSend.Add(new ContactRowRun(row, there) { Started = clock.UtcNow });
                }
                else
                {
                    run.Emit(WithoutWrites(row));
                }
            }

            journal.Outcomes(found);
            await run.WriteAsync(toSend, settle).ConfigureAwait(false);
        }
    }

    private static int ProcessId { get; } = System.Diagnostics.Process.GetCurrentProcess().Id;

    private BulkRunner Writing() => new(Text.Of($"Writing contact data"), UsersAtOnce, ChunksAtOnce, clock);

    private IEnumerable<ContactRequest> Own(IContactSource source) =>
        source.Read().Where(request => request.Error is not null || options.Shard.Contains(request.Identity));

    private async Task<ContactSummary> RunAsync(
        IContactSource source, ContactJournal? journal, int rows, Action<ContactResult> emit, CancellationToken stop,
        Func<ContactRun, Task> work)
    {
        DateTimeOffset started = clock.UtcNow;
        Dictionary<ContactStatus, int> counts = new();
        int invalid = 0;
        ContactRun run = new(connection.Directory, options.Target, journal, Count, clock, stop);
        using CancellationTokenSource settle = new();
        using CancellationTokenRegistration bound = stop.Register(() => settle.CancelAfter(BulkRunner.SettleTime));
        try
        {
            await work(run).ConfigureAwait(false);
        }
        finally
        {
            await run.SettleAsync(settle.Token).ConfigureAwait(false);
        }

        if (journal?.Fault is PasswordOpsException fault)
        {
            throw fault;
        }

        stop.ThrowIfCancellationRequested();
        ContactSummary summary = new()
        {
            Source = source.Name, Journal = journal?.Path, Shard = options.Shard.ToString(), Rows = rows,
            Succeeded = Of(ContactStatus.Succeeded), Unchanged = Of(ContactStatus.Unchanged), Failed = Of(ContactStatus.Failed),
            Unknown = Of(ContactStatus.Unknown), NotSent = Of(ContactStatus.NotSent) - invalid, Invalid = invalid, Writes = run.Writes,
            Started = started, Duration = clock.UtcNow - started,
        };
        if (!run.HasEnded)
        {
            journal?.End();
        }

        return summary;

        int Of(ContactStatus status) => counts.TryGetValue(status, out int count) ? count : 0;

        void Count(ContactResult result)
        {
            counts[result.Status] = Of(result.Status) + 1;
            invalid += result is { Status: ContactStatus.NotSent, Error: not null, Attempts: 0 } ? 1 : 0;
            emit(result);
        }
    }

    private static IEnumerable<ContactPlanRow> ToSend(IEnumerable<ContactPlanRow> rows, ContactRun run)
    {
        foreach (ContactPlanRow row in rows)
        {
            if (row.IsValid && row.HasWrites)
            {
                yield return row;
            }
            else
            {
                run.Emit(WithoutWrites(row));
            }
        }
    }

    private static ContactResult WithoutWrites(ContactPlanRow row) => row.IsValid
        ? ContactRowRun.Result(row, ContactStatus.Unchanged, Text.Of($"Nothing to write: the values are there already."))
        : ContactRowRun.Result(row, ContactStatus.NotSent, row.Errors[0].Message) with { Error = row.Errors[0] };

    /// <summary>Goes through the rows twice: by itself for what they say against each other, then with the directory.</summary>
    private async Task EachRowAsync(
        IContactSource source, Action<IReadOnlyList<ContactPlanRow>> take, Action<int> tellWrongElsewhere,
        IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        Doubles names = new();
        int count = 0;
        int byId = 0;
        int wrongElsewhere = 0;
        foreach (ContactRequest request in source.Read())
        {
            stop.ThrowIfCancellationRequested();
            if (request.Error is null && request.Identity.Length > 0)
            {
                names.Add(Shard.Hash(request.Identity), request.Place);
            }

            if (request.Error is not null || options.Shard.Contains(request.Identity))
            {
                count++;
                byId += Guid.TryParse(request.Identity, out _) ? 1 : 0;
            }
            else if (ContactPlanner.Validate(request, options, null).Count > 0)
            {
                wrongElsewhere++;
            }
        }

        tellWrongElsewhere(wrongElsewhere);
        IReadOnlyDictionary<int, int> doubled = names.Find();

        // Few users' roles are read one by one, those of many out of the tenant's lists.
        Task<Reading<ITenantStandings>>? everybody =
            count > UsersAtOnce && AsksRoles ? connection.Directory.GetTenantStandingsAsync(stop) : null;

        // Only where some users stand by name and some by object id can one stand twice without showing it.
        Dictionary<string, int>? ids = byId > 0 && byId < count ? new(StringComparer.OrdinalIgnoreCase) : null;
        await new BulkRunner(Text.Of($"Reading contact data"), UsersAtOnce, ChunksAtOnce, clock).RunInOrderAsync(
            Own(source), count,
            async chunk => (
                chunk, Rows: await PlanChunkAsync(chunk, doubled, everybody, isFew: count <= UsersAtOnce, stop).ConfigureAwait(false)),
            planned =>
            {
                MarkDoubled(planned.chunk, planned.Rows, ids);
                take(planned.Rows);
            },
            progress, stop).ConfigureAwait(false);
    }

    // Without the caller's own roles there is nothing to compare with.
    private bool AsksRoles => connection.Context.Standing.IsKnown;

    // Where the user's roles could not be read: only a role that is scoped to the restricted unit reaches its members, and where the caller
    // has any scoped role, the service decides.
    private bool ReachesRestricted =>
        !connection.Context.Standing.IsKnown || connection.Context.Standing.Value.Roles.Any(role => !role.IsTenantWide);

    private bool IsCaller(DirectoryUser user) => !connection.Context.IsAppOnly
        && string.Equals(connection.Context.AccountObjectId, user.Id, StringComparison.OrdinalIgnoreCase);

    private string Operation(ContactField field) => (options.Target, field) switch
    {
        (ContactTarget.Profile, ContactField.Email) => "profile.mails.write",
        (ContactTarget.Profile, _) => "profile.phones.write",
        (_, ContactField.Email) => "emails.write",
        _ => "phones.write",
    };

    private static void MarkDoubled(IReadOnlyList<ContactRequest> requests, ContactPlanRow[] rows, Dictionary<string, int>? ids)
    {
        for (int i = 0; i < rows.Length && ids is not null; i++)
        {
            if (rows[i].UserId is not string id)
            {
                continue;
            }

            if (!ids.TryGetValue(id, out int first))
            {
                ids.Add(id, rows[i].Place);
                continue;
            }

            rows[i] = rows[i] with
            {
                Changes = Array.Empty<ContactChange>(),
                Errors = rows[i].Errors.Append(ContactPlanner.Doubled(requests[i], first)).ToArray(),
            };
        }
    }

    private async Task<ContactPlanRow[]> PlanChunkAsync(
        IReadOnlyList<ContactRequest> requests, IReadOnlyDictionary<int, int> doubled, Task<Reading<ITenantStandings>>? everybody,
        bool isFew, CancellationToken stop)
    {
        ContactPlanRow[] rows = requests.Select(request => new ContactPlanRow
        {
            Row = request.Row, Place = request.Place, User = request.Identity,
            Errors = ContactPlanner.Validate(request, options, doubled.TryGetValue(request.Place, out int first) ? first : null),
        }).ToArray();

        // Users whose row is wrong in itself are looked up too: one report shall name everything, unknown users included.
        int[] readable = Enumerable.Range(0, rows.Length)
            .Where(i => requests[i].Error is null && !rows[i].Errors.Any(error => error.Id is "IdentityInvalid" or "UserDoubled"))
            .ToArray();
        IReadOnlyList<Reading<DirectoryUser>> users = readable.Length == 0
            ? Array.Empty<Reading<DirectoryUser>>()
            : await ReadAsync(
                readable.Select(i => new UserIdentity(requests[i].Identity)).ToArray(), connection.Directory.GetUsersAsync, stop)
                .ConfigureAwait(false);
        string[] ids = users.Where(user => user.IsKnown).Select(user => user.Value.Id).ToArray();
        Task<IReadOnlyList<Reading<ContactData>>> reading = options.Target == ContactTarget.AuthenticationMethods && ids.Length > 0
            ? ReadAsync(ids, connection.Directory.GetContactDataAsync, stop)
            : Task.FromResult<IReadOnlyList<Reading<ContactData>>>(Array.Empty<Reading<ContactData>>());
        Task<IReadOnlyDictionary<string, Standing>> standings = StandingsAsync(ids, everybody, stop);
        IReadOnlyList<Reading<ContactData>> methods = await reading.ConfigureAwait(false);
        IReadOnlyDictionary<string, Standing> held = await standings.ConfigureAwait(false);
        int next = 0;
        for (int n = 0; n < readable.Length; n++)
        {
            int i = readable[n];
            if (!users[n].IsKnown)
            {
                rows[i] = rows[i] with { Errors = rows[i].Errors.Append(ContactPlanner.AtRow(users[n].Error!, requests[i])).ToArray() };
                continue;
            }

            DirectoryUser user = users[n].Value;
            Reading<ContactData>? data = options.Target == ContactTarget.AuthenticationMethods ? methods[next++] : null;
            rows[i] = data is { IsKnown: false }
                ? rows[i] with
                {
                    User = user.Name, UserId = user.Id,
                    Errors = rows[i].Errors.Append(ContactPlanner.AtRow(data.Error!, requests[i])).ToArray(),
                }
                : rows[i].Errors.Count > 0 ? rows[i] with { User = user.Name, UserId = user.Id }
                : ContactPlanner.Compare(requests[i], options, user, data?.Value, RefusalOf(user, held), IsCaller(user));
        }

        return isFew ? await WithDefaultMethodsAsync(rows, stop).ConfigureAwait(false) : rows;
    }

    /// <summary>
    /// Reads, and reads again what a passing fault kept back: one lost answer among a hundred thousand must not turn a whole run down.
    /// </summary>
    private async Task<IReadOnlyList<Reading<TOut>>> ReadAsync<TIn, TOut>(
        IReadOnlyList<TIn> wanted, Func<IReadOnlyList<TIn>, CancellationToken, Task<IReadOnlyList<Reading<TOut>>>> read,
        CancellationToken stop)
    {
        Reading<TOut>[] readings = (await read(wanted, stop).ConfigureAwait(false)).ToArray();
        for (int round = 1; round < MostReadings; round++)
        {
            int[] missing = Enumerable.Range(0, readings.Length).Where(i => IsPassing(readings[i].Error)).ToArray();
            if (missing.Length == 0)
            {
                break;
            }

            await clock.DelayAsync(TimeSpan.FromTicks(BetweenReadings.Ticks * round), stop).ConfigureAwait(false);
            IReadOnlyList<Reading<TOut>> again = await read(missing.Select(i => wanted[i]).ToArray(), stop).ConfigureAwait(false);
            for (int n = 0; n < missing.Length; n++)
            {
                readings[missing[n]] = again[n];
            }
        }

        return readings;
    }

    private static bool IsPassing(PasswordOpsException? error) =>
        error is { Id: "ConnectionLost" or "AnswerInvalid" } or { Kind: ErrorKind.Busy or ErrorKind.Timeout } or { Status: >= 500 };

    /// <summary>
    /// Points out where a phone is to go that the service will not let go. Asks only where a phone is taken away, and of few users: the
    /// report admits few questions.
    /// </summary>
    private async Task<ContactPlanRow[]> WithDefaultMethodsAsync(ContactPlanRow[] rows, CancellationToken stop)
    {
        int[] asked = Enumerable.Range(0, rows.Length)
            .Where(i => rows[i].Changes.Any(change => change is { Action: ChangeAction.Clear, Field: not ContactField.Email }))
            .ToArray();
        if (options.Target == ContactTarget.Profile || asked.Length == 0
            || CallerRights.MissingPermission(connection.Context, GraphOperation.Named("registrations.read")) is not null)
        {
            return rows;
        }

        try
        {
            IReadOnlyList<Reading<RegistrationDetail>> lines = await connection.Directory
                .GetRegistrationsAsync(asked.Select(i => rows[i].UserId!).ToArray(), stop).ConfigureAwait(false);
            for (int n = 0; n < asked.Length; n++)
            {
                if (lines[n].IsKnown)
                {
                    rows[asked[n]] = ContactPlanner.WithDefaultMethod(rows[asked[n]], lines[n].Value.PreferredMethod);
                }
            }
        }
        catch (PasswordOpsException)
        {
            // No report, no warning: the service itself refuses what cannot be.
        }

        return rows;
    }

    /// <summary>The standings that could be read. Of the others the service decides, as it did before anybody looked.</summary>
    private async Task<IReadOnlyDictionary<string, Standing>> StandingsAsync(
        string[] ids, Task<Reading<ITenantStandings>>? everybody, CancellationToken stop)
    {
        Dictionary<string, Standing> held = new(StringComparer.OrdinalIgnoreCase);
        if (!AsksRoles || ids.Length == 0)
        {
            return held;
        }

        IReadOnlyList<Reading<Standing>> read =
            await Standings.ReadAsync(connection.Directory, ids, everybody, stop).ConfigureAwait(false);
        for (int i = 0; i < ids.Length; i++)
        {
            if (read[i] is { IsKnown: true } known)
            {
                held[ids[i]] = known.Value;
            }
        }

        return held;
    }

    /// <summary>Why the caller's roles do not reach a user; null when they do, when it cannot be told, or when the documents conflict.
    /// </summary>
    private ContactRefusal? RefusalOf(DirectoryUser user, IReadOnlyDictionary<string, Standing> held)
    {
        if (!held.TryGetValue(user.Id, out Standing? standing))
        {
            return user.IsManagementRestricted == true && !ReachesRestricted ? ContactRefusal.Restricted : null;
        }

        ActorKind kind = CallerRights.KindOf(connection.Context);
        Standing own = connection.Context.Standing.Value;
        AccessAnswer answer = options.Target == ContactTarget.AuthenticationMethods
            ? AccessRules.CanWriteMethods(own, standing, user.IsManagementRestricted, kind)
            : AccessRules.CanWriteProfile(own, standing, user.IsManagementRestricted, kind);
        return answer.Verdict != Verdict.Fail ? null
            : answer.Rule == AccessRule.RestrictedUnit ? ContactRefusal.Restricted
            : new ContactRefusal("RoleMissing", Clause(answer.Reason), answer.Fix ?? ContactRefusal.Restricted.Advice);
    }

    // A reason of its own becomes the end of a sentence about a row.
    private static string Clause(string sentence) => sentence.TrimEnd('.');
}
