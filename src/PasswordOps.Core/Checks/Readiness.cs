using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Access;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Registration;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Checks;

/// <summary>
/// Answers "will self-service password reset work?" from live facts. What cannot be read makes the checks that need it Unknown; the others
/// still answer.
/// </summary>
public sealed class Readiness
{
    private const int UsersAtOnce = 20;
    private const int CallsAtOnce = 6;

    private static readonly string[] PolicyActivities =
    {
        "Self-service password reset policy changes", "Update authorization policy", "Set password policy",
        "Enable password writeback for directory", "Disable password writeback for directory",
    };

    private static readonly string[] ResetActivities =
    {
        "Reset password (self-service)", "Unlock user account (self-service)", "Blocked from self-service password reset",
        "Self-service password reset flow activity progress",
    };

    private readonly IConnection connection;
    private readonly IClock clock;
    private Task<TenantFacts>? tenant;

    /// <summary>Creates the operation. The tenant's facts are read once and serve every question asked of this instance.</summary>
    /// <param name="connection">Session with the tenant.</param>
    /// <param name="clock">Time.</param>
    public Readiness(IConnection connection, IClock clock)
    {
        this.connection = connection;
        this.clock = clock;
    }

    /// <summary>Checks the tenant.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The report.</returns>
    /// <exception cref="PasswordOpsException">The service cannot be reached: <c>ServiceUnreachable</c>, <c>ConnectionLost</c>.</exception>
    public async Task<ReadinessReport> CheckTenantAsync(CancellationToken stop) =>
        (await ReadTenantAsync(stop).ConfigureAwait(false)).Report;

    /// <summary>Checks the tenant, and gives what was read of it too.</summary>
    internal async Task<(ReadinessReport Report, WholeTenantFacts Facts)> ReadTenantAsync(CancellationToken stop)
    {
        WholeTenantFacts facts = await WholeTenantAsync(stop).ConfigureAwait(false);

        // One unreadable part leaves the others standing; a service that nobody reaches leaves nothing to report.
        if (facts.Organization.Error is { Kind: ErrorKind.Connection } unreachable)
        {
            throw unreachable;
        }

        ConnectionContext caller = connection.Context;
        string name = facts.Organization.IsKnown ? facts.Organization.Value.DisplayName : caller.TenantName ?? caller.TenantId;
        CheckResult[] checks = CheckCatalog.Tenant.Select(check => check.Run(facts, null)).ToArray();
        return (ReadinessReport.Of(name, caller.TenantId, true, checks), facts);
    }

    /// <summary>Checks users, many at once.</summary>
    /// <param name="identities">Whom to check.</param>
    /// <param name="emit">Receives each report, or why the user could not be found; called from any thread, one call at a time.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>A task that ends with the work.</returns>
    public async Task CheckUsersAsync(
        IReadOnlyList<UserIdentity> identities, Action<UserIdentity, Reading<ReadinessReport>> emit, IProgress<BulkProgress>? progress,
        CancellationToken stop)
    {
        Task<TenantFacts> reading = TenantAsync(stop);
        object gate = new();
        BulkRunner runner = new(Activity, UsersAtOnce, CallsAtOnce, clock);
        await runner.RunAsync(
            identities,
            async (chunk, _) =>
            {
                IReadOnlyList<Reading<ReadinessReport>> reports = await CheckChunkAsync(chunk, reading, stop).ConfigureAwait(false);
                lock (gate)
                {
                    for (int i = 0; i < chunk.Count; i++)
                    {
                        emit(chunk[i], reports[i]);
                    }
                }
            },
            progress,
            stop).ConfigureAwait(false);
    }

    /// <summary>
    /// Checks everybody. Users and registration report are read page by page, side by side, and each report is given as soon as both sides
    /// of it are there, in no order. Methods are those that the registration report names; of users whom it leaves out they are read.
    /// </summary>
    /// <param name="emit">Receives each report; called from any thread, one call at a time.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>A task that ends with the work.</returns>
    /// <exception cref="PasswordOpsException">The users could not be read.</exception>
    public Task CheckAllAsync(Action<ReadinessReport> emit, IProgress<BulkProgress>? progress, CancellationToken stop) =>
        CheckAllAsync((_, report) => emit(report), progress, stop);

    /// <summary>Checks everybody, and gives what was read of each too.</summary>
    internal Task CheckAllAsync(Action<UserFacts, ReadinessReport> emit, IProgress<BulkProgress>? progress, CancellationToken stop) =>
        CheckPagesAsync(PagedProgress.Over(connection.Directory, Activity, progress, clock), emit, stop);

    /// <summary>Checks the users in a group and in the groups inside it.</summary>
    /// <param name="group">Object id or display name.</param>
    /// <param name="emit">Receives each report, or why a user could not be read; called from any thread, one call at a time.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>A task that ends with the work.</returns>
    /// <exception cref="PasswordOpsException">There is no such group, or who is in it cannot be seen.</exception>
    public async Task CheckGroupAsync(
        string group, Action<UserIdentity, Reading<ReadinessReport>> emit, IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        IReadOnlyList<DirectoryUser> users = await GroupUsers.ReadAsync(connection, group, stop).ConfigureAwait(false);
        if (!await ReportPages.AreFewerAsync(connection.Directory, users.Count, stop).ConfigureAwait(false))
        {
            await CheckUsersAsync(users.Select(user => new UserIdentity(user)).ToArray(), emit, progress, stop).ConfigureAwait(false);
            return;
        }

        await CheckPagesAsync(
            (take, _) =>
            {
                take(users);
                return Task.CompletedTask;
            },
            (_, report) => emit(new UserIdentity(report.TargetId), Reading.Of(report, clock.UtcNow)),
            stop).ConfigureAwait(false);
    }

    private async Task CheckPagesAsync(
        Func<Action<IReadOnlyList<DirectoryUser>>, CancellationToken, Task> readUsers, Action<UserFacts, ReadinessReport> emit,
        CancellationToken stop)
    {
        ReadinessRun run = new(emit);
        Task begun = BeginAsync();
        RegistrationJoin join = new(onlyListed: false, run.Take, clock);
        await Task.WhenAll(
            begun,
            join.RunAsync(readUsers, (take, token) => connection.Directory.ReadRegistrationsAsync(false, take, token), stop))
            .ConfigureAwait(false);

        // Few as a rule: users who are newer than the report.
        BulkRunner runner = new(Activity, UsersAtOnce, CallsAtOnce, clock);
        await runner.RunAsync(
            run.Unlisted,
            async (chunk, _) =>
            {
                IReadOnlyList<Reading<ContactData>> contacts = await connection.Directory
                    .GetContactDataAsync(chunk.Select(one => one.User.Id).ToArray(), stop).ConfigureAwait(false);
                run.Take(chunk, contacts);
            },
            null,
            stop).ConfigureAwait(false);

        async Task BeginAsync()
        {
            Task<TenantFacts> facts = TenantAsync(stop);
            Task<Reading<ITenantStandings>> standings = connection.Directory.GetTenantStandingsAsync(stop);
            await Task.WhenAll(facts, standings).ConfigureAwait(false);
            run.Begin(await facts.ConfigureAwait(false), await standings.ConfigureAwait(false));
        }
    }

    private async Task<IReadOnlyList<Reading<ReadinessReport>>> CheckChunkAsync(
        IReadOnlyList<UserIdentity> identities, Task<TenantFacts> reading, CancellationToken stop)
    {
        IDirectory directory = connection.Directory;
        IReadOnlyList<Reading<DirectoryUser>> users = await directory.GetUsersAsync(identities, stop).ConfigureAwait(false);
        string[] ids = users.Where(user => user.IsKnown).Select(user => user.Value.Id).ToArray();
        if (ids.Length == 0)
        {
            await reading.ConfigureAwait(false);
            return users.Select(user => Reading.Failed<ReadinessReport>(user.Error!, user.At)).ToArray();
        }

        Task<IReadOnlyList<Reading<Standing>>> standings = directory.GetStandingsAsync(ids, stop);
        Task<IReadOnlyList<Reading<ContactData>>> contacts = directory.GetContactDataAsync(ids, stop);
        Task<IReadOnlyList<Reading<RegistrationDetail>>> registrations = directory.GetRegistrationsAsync(ids, stop);
        Task<IReadOnlyList<Reading<IReadOnlyList<LicenseDetail>>>> licenses = directory.GetLicensesAsync(ids, stop);
        await Task.WhenAll(reading, standings, contacts, registrations, licenses).ConfigureAwait(false);
        TenantFacts tenantFacts = await reading.ConfigureAwait(false);

        List<Reading<ReadinessReport>> reports = new(identities.Count);
        int next = 0;
        foreach (Reading<DirectoryUser> user in users)
        {
            if (!user.IsKnown)
            {
                reports.Add(Reading.Failed<ReadinessReport>(user.Error!, user.At));
                continue;
            }

            UserFacts facts = new()
            {
                Tenant = tenantFacts,
                User = user,
                Standing = (await standings.ConfigureAwait(false))[next],
                Contact = (await contacts.ConfigureAwait(false))[next],
                Registration = (await registrations.ConfigureAwait(false))[next],
                Licenses = (await licenses.ConfigureAwait(false))[next],
            };
            next++;
            reports.Add(Reading.Of(ReadinessReport.Of(facts), user.At));
        }

        return reports;
    }

    private static string Activity => Text.Of($"Checking readiness");

    private async Task<WholeTenantFacts> WholeTenantAsync(CancellationToken stop)
    {
        IDirectory directory = connection.Directory;
        Task<TenantFacts> facts = TenantAsync(stop);
        Task<Reading<RegistrationTotals>> totals = Reading.TryAsync(() => directory.GetRegistrationTotalsAsync(stop), clock);
        Task<Reading<SyncFeatures?>> features = Reading.TryAsync(() => directory.GetSyncFeaturesAsync(stop), clock);
        Task<Reading<ITenantStandings>> standings = directory.GetTenantStandingsAsync(stop);
        Task<Reading<IReadOnlyList<DirectoryAudit>>> changes = Reading.TryAsync(
            () => AuditsAsync(PolicyActivities, TimeSpan.FromHours(1), stop), clock);
        Task<Reading<IReadOnlyList<DirectoryAudit>>> resets = Reading.TryAsync(
            () => AuditsAsync(ResetActivities, TimeSpan.FromDays(1), stop), clock);
        await Task.WhenAll(facts, totals, features, standings, changes, resets).ConfigureAwait(false);
        Reading<ITenantStandings> everybody = await standings.ConfigureAwait(false);
        return new WholeTenantFacts(
            await facts.ConfigureAwait(false),
            await totals.ConfigureAwait(false),
            await features.ConfigureAwait(false),
            await GlobalAdministratorsAsync(everybody, stop).ConfigureAwait(false),
            await changes.ConfigureAwait(false),
            TrialsOf(await resets.ConfigureAwait(false), everybody));
    }

    private async Task<Reading<IReadOnlyList<DirectoryUser>>> GlobalAdministratorsAsync(
        Reading<ITenantStandings> everybody, CancellationToken stop)
    {
        if (!everybody.IsKnown)
        {
            return Reading.Failed<IReadOnlyList<DirectoryUser>>(everybody.Error!, everybody.At);
        }

        UserIdentity[] holders = everybody.Value.HoldersOf(RoleCatalog.IdOf("Global Administrator"))
            .Select(id => new UserIdentity(id)).ToArray();
        IReadOnlyList<Reading<DirectoryUser>> users = holders.Length == 0
            ? Array.Empty<Reading<DirectoryUser>>()
            : await connection.Directory.GetUsersAsync(holders, stop).ConfigureAwait(false);

        // A group or an application holds the role too, and is no user.
        return users.FirstOrDefault(user => !user.IsKnown && user.Error!.Kind != ErrorKind.NotFound) is { } unread
            ? Reading.Failed<IReadOnlyList<DirectoryUser>>(unread.Error!, unread.At)
            : Reading.Of<IReadOnlyList<DirectoryUser>>(
                users.Where(user => user.IsKnown).Select(user => user.Value).ToArray(), everybody.At);
    }

    private async Task<IReadOnlyList<DirectoryAudit>> AuditsAsync(string[] activities, TimeSpan back, CancellationToken stop)
    {
        IAuditPages pages = connection.Directory.OpenAudits(
            new AuditFilter { Activities = activities, Since = clock.UtcNow - back, NewestFirst = true });

        // The newest page tells enough: the reports allow few requests.
        return await pages.NextAsync(stop).ConfigureAwait(false) ?? Array.Empty<DirectoryAudit>();
    }

    private static Reading<ResetTrials> TrialsOf(Reading<IReadOnlyList<DirectoryAudit>> resets, Reading<ITenantStandings> everybody)
    {
        if (!resets.IsKnown)
        {
            return Reading.Failed<ResetTrials>(resets.Error!, resets.At);
        }

        var people = resets.Value
            .SelectMany(row => row.Targets.Where(target => target.Id is not null).Take(1))
            .GroupBy(target => target.Id!, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.First())
            .ToArray();
        if (people.Length > 0 && !everybody.IsKnown)
        {
            return Reading.Failed<ResetTrials>(everybody.Error!, everybody.At);
        }

        string[] administrators = people
            .Where(person => everybody.Value.Of(person.Id!) is { IsKnown: true } standing
                && standing.Value.Roles.Any(role => RoleCatalog.IsUnderAdministratorPolicy(role) == true))
            .Select(person => person.Name ?? person.Id!)
            .ToArray();
        return Reading.Of(new ResetTrials(people.Length, administrators), resets.At);
    }

    private Task<TenantFacts> TenantAsync(CancellationToken stop) => tenant ??= ReadFactsAsync(stop);

    private async Task<TenantFacts> ReadFactsAsync(CancellationToken stop)
    {
        IDirectory directory = connection.Directory;
        Task<Reading<Organization>> organization = Reading.TryAsync(() => directory.GetOrganizationAsync(stop), clock);
        Task<Reading<IReadOnlyList<Domain>>> domains = Reading.TryAsync(() => directory.GetDomainsAsync(stop), clock);
        Task<Reading<IReadOnlyList<SubscribedSku>>> skus = Reading.TryAsync(() => directory.GetSubscribedSkusAsync(stop), clock);
        Task<Reading<IReadOnlyList<Subscription>>> subscriptions = Reading.TryAsync(() => directory.GetSubscriptionsAsync(stop), clock);
        Task<Reading<bool?>> administrators = Reading.TryAsync(() => directory.GetAdministratorSsprAsync(stop), clock);
        Task<Reading<AuthenticationMethodsPolicy>> methods = Reading.TryAsync(
            () => directory.GetAuthenticationMethodsPolicyAsync(stop), clock);
        Task<Reading<DirectoryUser>?> own = CallerUser.ReadAsync(directory, connection.Context, stop);
        await Task.WhenAll(organization, domains, skus, subscriptions, administrators, methods, own).ConfigureAwait(false);
        return new TenantFacts
        {
            Now = clock.UtcNow,
            Caller = connection.Context,
            Organization = await organization.ConfigureAwait(false),
            Domains = await domains.ConfigureAwait(false),
            Skus = await skus.ConfigureAwait(false),
            CallerUser = await own.ConfigureAwait(false),
            Subscriptions = await subscriptions.ConfigureAwait(false),
            AdministratorSspr = await administrators.ConfigureAwait(false),
            Methods = await methods.ConfigureAwait(false),
        };
    }
}
