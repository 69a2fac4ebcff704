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
    private const int UsersAtOnce = 20;
    private const int CallsAtOnce = 8;

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

        // Directory roles bound what a signed-in person may do with a permission; an application by itself needs the permission only.
        // Single users whom the roles do not reach are refused in the plan.
        if (caller.IsAppOnly || !caller.Standing.IsKnown)
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
            string need = target == ContactTarget.AuthenticationMethods
                ? string.Join(", ", AccessRules.RolesThatWriteMethods())
                : "User Administrator or Authentication Administrator";
            throw new PasswordOpsException(
                "RoleMissing",
                ErrorKind.PermissionDenied,
                $"{caller.Account} cannot write contact data of anybody: it needs one of the roles {need}, and has {have}.",
                "Activate or assign Authentication Administrator, then connect again.");
        }
    }

    /// <summary>Makes the plan: validates all requests, finds the users, reads what they have and compares. Writes nothing.</summary>
    /// <param name="requests">What is wanted, one request a user.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="PasswordOpsException">Nothing could be read at all, for example <c>ServiceUnreachable</c>.</exception>
    public async Task<ContactPlan> PlanAsync(
        IReadOnlyList<ContactRequest> requests, IProgress<BulkProgress>? progress, CancellationToken stop)
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

        // Few users' roles are read one by one, those of many out of the tenant's lists.
        Task<Reading<ITenantStandings>>? everybody =
            readable.Count > UsersAtOnce && AsksRoles ? connection.Directory.GetTenantStandingsAsync(stop) : null;
        BulkRunner runner = new("Reading contact data", UsersAtOnce, CallsAtOnce, clock);
        await runner.RunAsync(readable, (chunk, _) => PlanChunkAsync(requests, rows, chunk, everybody, stop), progress, stop)
            .ConfigureAwait(false);
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
                ? ContactRowRun.Result(row, ContactStatus.Unchanged, "Nothing to write: the values are there already.")
                : ContactRowRun.Result(row, ContactStatus.NotSent, row.Errors[0].Message) with { Error = row.Errors[0] });
        }

        ContactRun run = new(connection.Directory, target, emit, clock);
        BulkRunner runner = new("Writing contact data", UsersAtOnce, CallsAtOnce, clock);
        await runner.RunAsync(
            plan.Rows.Where(row => row.IsValid && row.HasWrites).ToArray(), (chunk, settle) => run.WriteAsync(chunk, stop, settle),
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

    private string Operation(ContactField field) => (target, field) switch
    {
        (ContactTarget.Profile, ContactField.Email) => "profile.mails.write",
        (ContactTarget.Profile, _) => "profile.phones.write",
        (_, ContactField.Email) => "emails.write",
        _ => "phones.write",
    };

    private async Task PlanChunkAsync(
        IReadOnlyList<ContactRequest> requests, ContactPlanRow[] rows, IReadOnlyList<int> chunk,
        Task<Reading<ITenantStandings>>? everybody, CancellationToken stop)
    {
        IReadOnlyList<Reading<DirectoryUser>> users =
            await connection.Directory.GetUsersAsync(chunk.Select(i => new UserIdentity(requests[i].Identity)).ToArray(), stop)
                .ConfigureAwait(false);
        string[] ids = users.Where(user => user.IsKnown).Select(user => user.Value.Id).ToArray();
        Task<IReadOnlyList<Reading<ContactData>>> reading = target == ContactTarget.AuthenticationMethods && ids.Length > 0
            ? connection.Directory.GetContactDataAsync(ids, stop)
            : Task.FromResult<IReadOnlyList<Reading<ContactData>>>(Array.Empty<Reading<ContactData>>());
        Task<IReadOnlyDictionary<string, Standing>> standings = StandingsAsync(ids, everybody, stop);
        IReadOnlyList<Reading<ContactData>> methods = await reading.ConfigureAwait(false);
        IReadOnlyDictionary<string, Standing> held = await standings.ConfigureAwait(false);
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
                : ContactPlanner.Compare(requests[i], target, user, data?.Value, RefusalOf(user, held), IsCaller(user));
        }
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
        AccessAnswer answer = target == ContactTarget.AuthenticationMethods
            ? AccessRules.CanWriteMethods(own, standing, user.IsManagementRestricted, kind)
            : AccessRules.CanWriteProfile(own, standing, user.IsManagementRestricted, kind);
        return answer.Verdict != Verdict.Fail ? null
            : answer.Rule == AccessRule.RestrictedUnit ? ContactRefusal.Restricted
            : new ContactRefusal("RoleMissing", Clause(answer.Reason), answer.Fix ?? ContactRefusal.Restricted.Advice);
    }

    // A reason of its own becomes the end of a sentence about a row.
    private static string Clause(string sentence) => sentence.TrimEnd('.');

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
}
