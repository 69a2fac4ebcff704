using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Directory;
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
    public async Task<ReadinessReport> CheckTenantAsync(CancellationToken stop)
    {
        TenantFacts facts = await TenantAsync(stop).ConfigureAwait(false);

        // One unreadable part leaves the others standing; a service that nobody reaches leaves nothing to report.
        if (facts.Organization.Error is { Kind: ErrorKind.Connection } unreachable)
        {
            throw unreachable;
        }

        ConnectionContext caller = connection.Context;
        string name = facts.Organization.IsKnown ? facts.Organization.Value.DisplayName : caller.TenantName ?? caller.TenantId;
        return ReadinessReport.Of(name, caller.TenantId, true, CheckCatalog.Tenant.Select(check => check.Run(facts, null)).ToArray());
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
        BulkRunner runner = new("Checking readiness", UsersAtOnce, CallsAtOnce, clock);
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
            string name = user.Value.Name;
            reports.Add(Reading.Of(
                ReadinessReport.Of(name, user.Value.Id, false, CheckCatalog.User.Select(check => check.Run(facts, name)).ToArray()),
                user.At));
        }

        return reports;
    }

    private Task<TenantFacts> TenantAsync(CancellationToken stop) => tenant ??= ReadTenantAsync(stop);

    private async Task<TenantFacts> ReadTenantAsync(CancellationToken stop)
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
