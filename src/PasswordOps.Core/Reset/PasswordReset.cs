using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Checks.Source;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Reset;

/// <summary>
/// Gives users a new password by the route that the source of authority asks for: plan, run, verify. One user is a list of one.
/// </summary>
public sealed class PasswordReset
{
    // A few users are read one by one: roles, and whether their authority was transferred. For thousands the roles come out of the tenant's
    // lists, and the transfer, which has none, is left open.
    private const int FewUsers = 20;

    // From so many on it pays to plan on all processors.
    private const int ManyUsers = 1000;

    private readonly IConnection connection;
    private readonly ResetOptions options;
    private readonly IClock clock;
    private Task<TenantAnswers>? organization;

    /// <summary>Creates the operation. The tenant's facts are read once and serve every plan of this instance.</summary>
    /// <param name="connection">Session with the tenant.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="clock">Time.</param>
    public PasswordReset(IConnection connection, ResetOptions options, IClock clock)
    {
        this.connection = connection;
        this.options = options;
        this.clock = clock;
    }

    /// <summary>Another administrator, for whom the question is asked; null asks for the account that is signed in.</summary>
    public UserIdentity? AsUser { get; init; }

    /// <summary>Says what a reset would do for each user, or why it is refused. Reads only.</summary>
    /// <param name="identities">Whose passwords.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>One plan an identity; a refusal is in it, not thrown.</returns>
    /// <exception cref="PasswordOpsException">Nothing could be read at all, for example <c>ServiceUnreachable</c>; or the other
    /// administrator was not found.</exception>
    public async Task<IReadOnlyList<ResetPlan>> PlanAsync(IReadOnlyList<UserIdentity> identities, CancellationToken stop)
    {
        if (options.Password is Password given && PasswordRules.Broken(given) is { Count: > 0 } broken)
        {
            return identities.Select(identity => ResetPlanner.Refused(identity, new PasswordOpsException(
                "PasswordTooWeak", ErrorKind.InvalidArgument,
                Text.Of($"{identity}: the given password breaks Entra ID's rules: {string.Join("; ", broken)}."),
                Text.Of($"Give another password, or leave it out and have one made.")))).ToArray();
        }

        IReadOnlyList<Reading<ResetFacts>> facts = await FindAsync(identities, stop).ConfigureAwait(false);
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        bool[] first = facts.Select(one => one.IsKnown && seen.Add(one.Value.User.Value.Id)).ToArray();
        return ForEach(facts, i =>
            !facts[i].IsKnown ? ResetPlanner.Unread(identities[i], facts[i].Error!)
            : first[i] ? ResetPlanner.Plan(facts[i].Value, options)
            : ResetPlanner.Refused(identities[i], new PasswordOpsException(
                "UserTwice", ErrorKind.InvalidData,
                Text.Of($"{facts[i].Value.User.Value.Name} is in the list twice: the second password would undo the first."),
                Text.Of($"Take one of the two out."))));
    }

    /// <summary>Says what a reset would do for every user of the tenant. Reads only.</summary>
    /// <param name="read">Told how many users have been read; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>One plan a user.</returns>
    /// <exception cref="PasswordOpsException">The users could not be read.</exception>
    public async Task<IReadOnlyList<ResetPlan>> PlanAllAsync(IProgress<int>? read, CancellationToken stop)
    {
        organization ??= ReadOrganizationAsync(stop);
        Task<Reading<ITenantStandings>> standings = connection.Directory.GetTenantStandingsAsync(stop);
        IReadOnlyList<DirectoryUser> users = await connection.Directory.GetAllUsersAsync(read, stop).ConfigureAwait(false);
        DateTimeOffset at = clock.UtcNow;
        IReadOnlyList<Reading<ResetFacts>> facts =
            await ReadAsync(users.Select(user => Reading.Of(user, at)).ToArray(), standings, stop).ConfigureAwait(false);
        return ForEach(facts, i => ResetPlanner.Plan(facts[i].Value, options));
    }

    /// <summary>Says why people see what they see. Reads only.</summary>
    /// <param name="symptom">What they see.</param>
    /// <param name="identity">The user it is about; null for a symptom of the portal itself.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The diagnosis.</returns>
    /// <exception cref="PasswordOpsException">The user is needed and not given (<c>SymptomNeedsUser</c>), or was not found.</exception>
    public async Task<ResetDiagnosis> DiagnoseAsync(ResetSymptom symptom, UserIdentity? identity, CancellationToken stop)
    {
        SymptomKnowledge known = SymptomKnowledge.Of(symptom);
        OrganizationFacts tenant = (await (organization ??= ReadOrganizationAsync(stop)).ConfigureAwait(false)).Facts;
        List<CheckResult> facts = CheckCatalog.Symptoms.Select(check => check.Run(tenant, null)).ToList();
        if (!known.IsOfUser)
        {
            return ResetDiagnosis.Of(symptom, null, tenant.Caller.Account, facts);
        }

        if (identity is null)
        {
            throw new PasswordOpsException(
                "SymptomNeedsUser", ErrorKind.InvalidArgument, Text.Of($"{symptom} is about one user, and none was given."),
                Text.Of($"Name the user: Test-AadPasswordReset someone@contoso.com -Symptom {symptom}."));
        }

        Reading<ReadinessReport>? readiness = null;
        await new Readiness(connection, clock).CheckUsersAsync(new[] { identity }, (_, report) => readiness = report, null, stop)
            .ConfigureAwait(false);
        ResetFacts user = (await FindAsync(new[] { identity }, stop).ConfigureAwait(false))[0].Value;
        IReadOnlyList<CheckResult> plan = ResetPlanner.Plan(user, options).Checks;
        facts.Add(new ResetPlaceCheck().Run(user, user.User.Value.Name));

        // Of a check that both ask, the one before a reset knows the caller; the other knows self-service.
        bool selfService = symptom is ResetSymptom.PolicyNotApplied or ResetSymptom.NotEnabled or ResetSymptom.InformationMissing
            or ResetSymptom.NoSmsOrCall;
        IEnumerable<CheckResult> self = readiness is { IsKnown: true } ? readiness.Value.Checks : Array.Empty<CheckResult>();
        return ResetDiagnosis.Of(
            symptom, user.User.Value.Name, tenant.Caller.Account,
            (selfService ? self.Concat(plan) : plan.Concat(self)).Concat(facts).ToArray());
    }

    /// <summary>Carries plans out and looks whether they took effect.</summary>
    /// <param name="plans">Plans of this instance that are not refused.</param>
    /// <param name="means">What it takes besides the connection.</param>
    /// <param name="emit">Receives each outcome, which it disposes; called from any thread, one call at a time. A failure is in the
    /// outcome, not thrown.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Stops: nothing new is begun. A reset that was sent is still followed for a short time, since an unknown outcome
    /// is worse than a slow stop.</param>
    /// <returns>A task that ends with the work.</returns>
    /// <exception cref="OperationCanceledException">It was stopped, and what was under way has settled.</exception>
    /// <exception cref="PasswordOpsException">No domain controller could be reached, before anything was sent.</exception>
    public Task RunAsync(
        IReadOnlyList<ResetPlan> plans, ResetMeans means, Action<ResetOutcome> emit, IProgress<BulkProgress>? progress,
        CancellationToken stop) =>
        new ResetRun(connection.Directory, options, means, emit, clock).RunAsync(plans, progress, stop);

    private async Task<IReadOnlyList<Reading<ResetFacts>>> FindAsync(IReadOnlyList<UserIdentity> identities, CancellationToken stop)
    {
        organization ??= ReadOrganizationAsync(stop);
        Task<Reading<ITenantStandings>>? standings =
            identities.Count > FewUsers ? connection.Directory.GetTenantStandingsAsync(stop) : null;
        IReadOnlyList<Reading<DirectoryUser>> users = await connection.Directory.GetUsersAsync(identities, stop).ConfigureAwait(false);
        return users.All(user => user.Error?.Kind is ErrorKind.Connection or ErrorKind.Authentication)
            ? throw users[0].Error!
            : await ReadAsync(users, standings, stop).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<Reading<ResetFacts>>> ReadAsync(
        IReadOnlyList<Reading<DirectoryUser>> users, Task<Reading<ITenantStandings>>? everybody, CancellationToken stop)
    {
        Task<TenantAnswers> reading = organization ??= ReadOrganizationAsync(stop);
        DirectoryUser[] found = users.Where(user => user.IsKnown).Select(user => user.Value).ToArray();
        string[] ids = found.Select(user => user.Id).ToArray();
        Task<IReadOnlyList<Reading<Standing>>> standings = Standings.ReadAsync(connection.Directory, ids, everybody, stop);
        Task<Dictionary<string, bool>> transferred = ReadTransferredAsync(found, stop);
        await Task.WhenAll(reading, standings, transferred).ConfigureAwait(false);
        TenantAnswers tenant = await reading.ConfigureAwait(false);
        IReadOnlyList<Reading<Standing>> held = await standings.ConfigureAwait(false);
        Dictionary<string, bool> cloudManaged = await transferred.ConfigureAwait(false);
        int next = 0;
        return users.Select(user =>
        {
            if (!user.IsKnown)
            {
                return Reading.Failed<ResetFacts>(user.Error!, user.At);
            }

            bool? managed = cloudManaged.TryGetValue(user.Value.Id, out bool known) ? known : null;
            return Reading.Of(
                new ResetFacts
                {
                    Tenant = tenant, User = Reading.Of(user.Value with { IsCloudManaged = managed }, user.At),
                    Standing = held[next++], Via = options.Via, ForceChange = options.ForceChange,
                },
                user.At);
        }).ToArray();
    }

    private static ResetPlan[] ForEach(IReadOnlyList<Reading<ResetFacts>> facts, Func<int, ResetPlan> plan)
    {
        ResetPlan[] plans = new ResetPlan[facts.Count];
        if (facts.Count < ManyUsers)
        {
            for (int i = 0; i < plans.Length; i++)
            {
                plans[i] = plan(i);
            }
        }
        else
        {
            Parallel.For(0, plans.Length, i => plans[i] = plan(i));
        }

        return plans;
    }

    private async Task<Dictionary<string, bool>> ReadTransferredAsync(IReadOnlyList<DirectoryUser> users, CancellationToken stop)
    {
        string[] once = users.Where(UserSource.DependsOnTransfer).Select(user => user.Id).ToArray();
        Dictionary<string, bool> known = new(StringComparer.OrdinalIgnoreCase);
        if (once.Length is 0 or > FewUsers)
        {
            return known;
        }

        IReadOnlyList<Reading<bool>> readings = await connection.Directory.GetCloudManagedAsync(once, stop).ConfigureAwait(false);
        for (int i = 0; i < once.Length; i++)
        {
            if (readings[i].IsKnown)
            {
                known[once[i]] = readings[i].Value;
            }
        }

        return known;
    }

    private async Task<TenantAnswers> ReadOrganizationAsync(CancellationToken stop)
    {
        IDirectory directory = connection.Directory;
        Task<ConnectionContext> caller = CallerAsync(stop);
        Task<Reading<Organization>> tenant = Reading.TryAsync(() => directory.GetOrganizationAsync(stop), clock);
        Task<Reading<IReadOnlyList<Domain>>> domains = Reading.TryAsync(() => directory.GetDomainsAsync(stop), clock);
        Task<Reading<IReadOnlyList<SubscribedSku>>> skus = Reading.TryAsync(() => directory.GetSubscribedSkusAsync(stop), clock);
        Task<Reading<DirectoryUser>?> own = OwnUserAsync(caller, stop);
        await Task.WhenAll(caller, tenant, domains, skus, own).ConfigureAwait(false);
        return new TenantAnswers(new OrganizationFacts
        {
            Now = clock.UtcNow,
            Caller = await caller.ConfigureAwait(false),
            Organization = await tenant.ConfigureAwait(false),
            Domains = await domains.ConfigureAwait(false),
            Skus = await skus.ConfigureAwait(false),
            CallerUser = await own.ConfigureAwait(false),
        });
    }

    /// <summary>Who would reset: the connection's account, or another administrator with what the directory shows of them.</summary>
    private async Task<ConnectionContext> CallerAsync(CancellationToken stop)
    {
        ConnectionContext caller = connection.Context;
        if (AsUser is UserIdentity other)
        {
            DirectoryUser user = (await connection.Directory.GetUsersAsync(new[] { other }, stop).ConfigureAwait(false))[0].Value;
            Reading<Standing> standing =
                (await connection.Directory.GetStandingsAsync(new[] { user.Id }, stop).ConfigureAwait(false))[0];

            // No token of theirs is at hand: the roles decide, and which permissions their tool has, nobody can see from here.
            caller = caller with
            {
                Account = user.Name, AccountObjectId = user.Id, IsAppOnly = false, Permissions = Array.Empty<string>(),
                Standing = standing,
            };
        }

        if (caller.Standing.IsKnown && !caller.IsAppOnly)
        {
            Reading<IReadOnlyList<HeldRole>> eligible = await Reading.TryAsync(
                () => connection.Directory.GetEligibleRolesAsync(caller.AccountObjectId, stop), clock).ConfigureAwait(false);
            if (eligible.IsKnown)
            {
                Standing known = caller.Standing.Value with { EligibleRoles = eligible.Value };
                caller = caller with { Standing = Reading.Of(known, eligible.At) };
            }
        }

        return caller;
    }

    private async Task<Reading<DirectoryUser>?> OwnUserAsync(Task<ConnectionContext> caller, CancellationToken stop) =>
        await CallerUser.ReadAsync(connection.Directory, await caller.ConfigureAwait(false), stop).ConfigureAwait(false);
}
