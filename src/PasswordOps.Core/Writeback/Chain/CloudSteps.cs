using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Checks.License;
using PasswordOps.Core.Checks.Source;
using PasswordOps.Core.Checks.Writeback;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>The looks at the tenant.</summary>
public static class CloudSteps
{
    private const string ResetService = "Self-service Password Management";

    // The log is kept for 30 days at most; of a busy tenant's some pages tell enough.
    private const int MostPages = 3;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly string[] Passwords =
    {
        "Reset password (by admin)", "Reset password (self-service)", "Change password (self-service)",
    };

    /// <summary>Makes the looks.</summary>
    /// <param name="connection">Session with the tenant.</param>
    /// <param name="clock">Time.</param>
    /// <returns>Independent looks, so that one that is slow or not allowed leaves the others.</returns>
    public static IReadOnlyList<ChainStep> Of(IConnection connection, IClock clock)
    {
        if (connection is null)
        {
            throw new ArgumentNullException(nameof(connection));
        }

        return new[]
        {
            new ChainStep(ChainLink.Cloud, Text.Of($"The tenant"), stop => TenantAsync(connection, clock, stop)),
            new ChainStep(ChainLink.Cloud, Text.Of($"The audit log"), stop => AuditAsync(connection, clock, stop)),
            new ChainStep(ChainLink.Cloud, Text.Of($"The registration report"), stop => EnabledAsync(connection, clock, stop)),
        };
    }

    private static async Task<ChainFindings> TenantAsync(IConnection connection, IClock clock, CancellationToken stop)
    {
        IDirectory directory = connection.Directory;
        Task<Reading<Organization>> organization = Reading.TryAsync(() => directory.GetOrganizationAsync(stop), clock);
        Task<Reading<IReadOnlyList<SubscribedSku>>> skus = Reading.TryAsync(() => directory.GetSubscribedSkusAsync(stop), clock);
        await Task.WhenAll(organization, skus).ConfigureAwait(false);
        OrganizationFacts facts = new()
        {
            Now = clock.UtcNow,
            Caller = connection.Context,
            Organization = await organization.ConfigureAwait(false),
            Domains = Reading.Of<IReadOnlyList<Domain>>(Array.Empty<Domain>(), clock.UtcNow),
            Skus = await skus.ConfigureAwait(false),
            CallerUser = null,
        };
        return new ChainFindings { Checks = new[] { new WritebackLicenseCheck().Run(facts, null), Sync(facts) } };
    }

    private static async Task<ChainFindings> EnabledAsync(IConnection connection, IClock clock, CancellationToken stop)
    {
        EnabledFacts facts = new(await Reading.TryAsync(() => connection.Directory.GetRegistrationTotalsAsync(stop), clock)
            .ConfigureAwait(false));
        return new ChainFindings { Checks = new[] { new CloudEnabledCheck().Run(facts, null) } };
    }

    // Elsewhere a tenant without sync is a matter of its own; here it is the end of the chain.
    private static CheckResult Sync(OrganizationFacts facts)
    {
        CheckResult check = new DirectorySyncCheck().Run(facts, null);
        return check.Verdict == Verdict.NotApplicable
            ? check with
            {
                Verdict = Verdict.Fail,
                Reason = Text.Of($"{check.Reason} There is nothing to write back to."),
                Fix = Text.Of($"Set up Entra Connect Sync or cloud sync, or stop looking for writeback: cloud passwords are enough here."),
            }
            : check;
    }

    private static async Task<ChainFindings> AuditAsync(IConnection connection, IClock clock, CancellationToken stop)
    {
        DateTimeOffset from = clock.UtcNow - Kept;
        IDirectory directory = connection.Directory;
        AuditFilter filter = new() { Service = ResetService, Since = from, NewestFirst = true };
        Task<Reading<IReadOnlyList<DirectoryAudit>>> passwords = Reading.TryAsync(
            () => NewestAsync(directory, filter with { Activities = Passwords }, stop), clock);
        Task<Reading<IReadOnlyList<DirectoryAudit>>> switches = Reading.TryAsync(
            () => NewestAsync(
                directory, filter with { Service = null, Activities = new[] { CloudSwitchCheck.On, CloudSwitchCheck.Off } }, stop),
            clock);
        await Task.WhenAll(passwords, switches).ConfigureAwait(false);
        CloudFacts facts = new()
        {
            Now = clock.UtcNow,
            From = from,
            Passwords = await passwords.ConfigureAwait(false),
            Switches = await switches.ConfigureAwait(false),
        };
        WritebackEngine[] engines = facts.Passwords.IsKnown
            ? facts.Passwords.Value.Where(row => row.Result == AuditResult.Success).Select(CloudFacts.EngineOf)
                .Where(engine => engine is not null).Select(engine => engine!.Value).Distinct().ToArray()
            : Array.Empty<WritebackEngine>();
        return new ChainFindings
        {
            Checks = new Check<CloudFacts>[] { new CloudSwitchCheck(), new CloudProofCheck() }
                .Select(check => check.Run(facts, null)).ToArray(),
            Engines = engines,
        };
    }

    private static async Task<IReadOnlyList<DirectoryAudit>> NewestAsync(IDirectory directory, AuditFilter filter, CancellationToken stop)
    {
        IAuditPages pages = directory.OpenAudits(filter);
        List<DirectoryAudit> rows = new();
        for (int page = 0; page < MostPages; page++)
        {
            if (await pages.NextAsync(stop).ConfigureAwait(false) is not IReadOnlyList<DirectoryAudit> next)
            {
                break;
            }

            rows.AddRange(next);
        }

        return rows;
    }
}
