#if NET
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Registration;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Graph.Tests;

/// <summary>Readiness and registration over real HTTPS: what the tenant's own switches make of each answer.</summary>
public sealed class PracticeReadinessTests : IClassFixture<PracticeProcess>
{
    private const string Sound =
        "sspr=all&methodsRequired=2&reportLagHours=2&adminSspr=true&migration=migrationComplete"
        + "&methods=MicrosoftAuthenticator,Sms,SoftwareOath,Voice,Email"
        + "&licenses=SPE_E3:110,SPB:40,ENTERPRISEPACK:40,O365_BUSINESS_PREMIUM:20,AAD_PREMIUM_P2:5&trialDays=none&customDomain=true"
        + "&expiryDays=never&sync=true&lastSyncHours=0&passwordSync=true&forcedChange=true";

    private readonly PracticeProcess tenant;

    public PracticeReadinessTests(PracticeProcess tenant)
    {
        this.tenant = tenant;
    }

    [Theory]
    [InlineData("license.tenant", Verdict.Pass, "")]
    [InlineData("license.tenant", Verdict.Fail, "licenses=none")]
    [InlineData("license.enough", Verdict.Pass, "")]
    [InlineData("license.enough", Verdict.Warn, "licenses=SPE_E3:2")]
    [InlineData("license.enough", Verdict.Unknown, "licenses=O365_BUSINESS_PREMIUM:100")]
    [InlineData("license.enough", Verdict.NotApplicable, "licenses=none")]
    [InlineData("license.writeback", Verdict.Pass, "")]
    [InlineData("license.writeback", Verdict.Fail, "licenses=O365_BUSINESS_PREMIUM:100")]
    [InlineData("license.writeback", Verdict.NotApplicable, "sync=never")]
    [InlineData("policy.scope", Verdict.Pass, "")]
    [InlineData("policy.scope", Verdict.Warn, "adminSspr=false")]
    [InlineData("policy.scope", Verdict.Fail, "sspr=none&adminSspr=false")]
    [InlineData("policy.scope", Verdict.Unknown, "licenses=none")]
    [InlineData("policy.methods", Verdict.Pass, "")]
    [InlineData("policy.methods", Verdict.Warn, "migration=preMigration")]
    [InlineData("policy.methods", Verdict.Warn, "methods=Fido2")]
    [InlineData("policy.administratorSspr", Verdict.Pass, "")]
    [InlineData("policy.administratorSspr", Verdict.Warn, "adminSspr=false")]
    [InlineData("policy.administratorGates", Verdict.Pass, "")]
    [InlineData("policy.administratorGates", Verdict.Pass, "customDomain=false&sync=never")]
    [InlineData("policy.administratorGates", Verdict.Warn, "trialDays=10")]
    [InlineData("policy.administratorGates", Verdict.NotApplicable, "adminSspr=false")]
    [InlineData("source.sync", Verdict.Pass, "")]
    [InlineData("source.sync", Verdict.Warn, "lastSyncHours=5")]
    [InlineData("source.sync", Verdict.Fail, "lastSyncHours=50")]
    [InlineData("source.sync", Verdict.NotApplicable, "sync=false")]
    [InlineData("source.federatedDomains", Verdict.Warn, "federated=true")]
    [InlineData("policy.expiry", Verdict.Pass, "")]
    [InlineData("policy.expiry", Verdict.Warn, "expiryDays=90")]
    [InlineData("policy.expiry", Verdict.Warn, "expiryDays=unset")]
    [InlineData("policy.changed", Verdict.Pass, "")]
    [InlineData("role.emergency", Verdict.Warn, "")]
    [InlineData("source.syncFeatures", Verdict.Unknown, "")]
    [InlineData("source.syncFeatures", Verdict.NotApplicable, "sync=never")]
    public async Task The_tenants_switches_bring_a_check_to_its_answers(string id, Verdict verdict, string switches)
    {
        await tenant.OrderAsync("tenant?" + Sound);
        if (switches.Length > 0)
        {
            await tenant.OrderAsync("tenant?" + switches);
        }

        using IConnection connection = await ConnectAsync("PasswordOps full");
        ReadinessReport report = await new Readiness(connection, SystemClock.Instance).CheckTenantAsync(CancellationToken.None);
        CheckResult check = report.Checks.Single(one => one.Id == id);
        Assert.True(verdict == check.Verdict, $"{id} is {check.Verdict}: {check.Reason} ({check.Evidence})");
        Assert.True(verdict is Verdict.Pass or Verdict.NotApplicable || !string.IsNullOrEmpty(check.Fix));
        await tenant.OrderAsync("tenant?" + Sound);
    }

    [Fact]
    public async Task Everybody_is_answered_as_when_asked_for_alone()
    {
        await tenant.OrderAsync("tenant?" + Sound);
        using IConnection connection = await ConnectAsync("PasswordOps full");
        IReadOnlyList<DirectoryUser> users = await connection.Directory.GetAllUsersAsync(null, CancellationToken.None);
        Dictionary<string, ReadinessReport> all = new();
        await new Readiness(connection, SystemClock.Instance).CheckAllAsync(
            report => all.Add(report.TargetId, report), null, CancellationToken.None);
        Assert.Equal(users.Select(user => user.Id).OrderBy(id => id), all.Keys.OrderBy(id => id));
        Assert.True(all.Values.Select(report => report.Verdict).Distinct().Count() >= 3);

        await new Readiness(connection, SystemClock.Instance).CheckUsersAsync(
            users.Select(user => new UserIdentity(user)).ToArray(),
            (_, alone) =>
            {
                // Whether a user was transferred from Active Directory is read only for users asked for by name.
                string[] one = Told(alone.Value);
                string[] other = Told(all[alone.Value.TargetId]);
                Assert.Equal(one, other);
            },
            null, CancellationToken.None);

        // Of these two the tenant's product is suspended or locked out, which the details of a licence do not tell.
        static string[] Told(ReadinessReport report) => report.Checks
            .Where(check => check.Id is not ("contact.methods" or "source.authority")
                && !(check.Id == "license.user" && report.Target is "suze@contoso.com" or "lou@contoso.com"))
            .Select(check => $"{report.Target} {check.Id} {check.Verdict}").ToArray();
    }

    [Fact]
    public async Task A_new_user_is_not_in_the_report_and_the_methods_are_read()
    {
        await tenant.OrderAsync("tenant?" + Sound + "&reportLagHours=100000");
        using IConnection connection = await ConnectAsync("PasswordOps full");
        List<ReadinessReport> all = new();
        await new Readiness(connection, SystemClock.Instance).CheckAllAsync(all.Add, null, CancellationToken.None);
        await tenant.OrderAsync("tenant?" + Sound);
        ReadinessReport nora = all.Single(report => report.Target == "nora@contoso.com");
        Assert.Equal(Verdict.Unknown, nora.Checks.Single(check => check.Id == "policy.enabled").Verdict);
        Assert.Equal(Verdict.Pass, nora.Checks.Single(check => check.Id == "contact.methods").Verdict);
    }

    [Fact]
    public async Task A_tenant_without_premium_still_answers_and_says_what_is_missing()
    {
        await tenant.OrderAsync("tenant?" + Sound + "&licenses=O365_BUSINESS_PREMIUM:100");
        using IConnection connection = await ConnectAsync("PasswordOps full");
        List<ReadinessReport> all = new();
        await new Readiness(connection, SystemClock.Instance).CheckAllAsync(all.Add, null, CancellationToken.None);
        List<RegistrationRow> rows = new();
        await new RegistrationReport(connection, SystemClock.Instance).ReadAllAsync(
            new RegistrationOptions(), rows.Add, null, CancellationToken.None);
        await tenant.OrderAsync("tenant?" + Sound);
        Assert.Equal(rows.Count, all.Count);
        Assert.All(rows, row => Assert.Equal(RegistrationState.Unknown, row.State));
        Assert.All(rows, row => Assert.Contains("P1 or P2", row.Reason!));
        Assert.Contains(all, report => report.Checks.Any(check => check.Id == "source.account" && check.Verdict == Verdict.Fail));
        Assert.All(
            all.Where(report => report.Verdict == Verdict.Unknown), report => Assert.False(string.IsNullOrEmpty(report.NextStep)));
    }

    [Fact]
    public async Task The_registration_report_counts_what_the_service_counts()
    {
        await tenant.OrderAsync("tenant?" + Sound);
        using IConnection connection = await ConnectAsync("PasswordOps full");
        RegistrationTotals totals = await connection.Directory.GetRegistrationTotalsAsync(CancellationToken.None);
        RegistrationTally members = new();
        RegistrationSummary summary = await new RegistrationReport(connection, SystemClock.Instance)
            .SummarizeAsync(row => (row.IsGuest ? new RegistrationTally() : members).Add(row), null, CancellationToken.None);
        RegistrationMeasure counted = members.Summarize().All;
        Assert.Equal(
            (totals.Users, totals.Enabled, totals.Registered, totals.Capable),
            ((int?)counted.Listed, counted.Enabled, counted.Registered, counted.Capable));
        Assert.True(summary.All.Disabled > 0 && summary.All.Unknown >= summary.All.Disabled);
        Assert.True(summary.ByDepartment.Count > 3 && summary.ByDomain.Count >= 3 && summary.ByRole.Count > 3);

        List<RegistrationRow> open = new();
        await new RegistrationReport(connection, SystemClock.Instance).ReadAllAsync(
            new RegistrationOptions { OnlyNotRegistered = true }, open.Add, null, CancellationToken.None);
        Assert.Equal(summary.All.ToRegister, open.Count);
    }

    [Fact]
    public async Task A_group_in_the_scope_enables_its_members_and_theirs()
    {
        using IConnection connection = await ConnectAsync("PasswordOps full");
        await Assert.ThrowsAsync<PasswordOpsException>(() => connection.Directory.FindGroupAsync("Nobody's", CancellationToken.None));
        PasswordOpsException unknown = await Assert.ThrowsAsync<PasswordOpsException>(
            () => connection.Directory.FindGroupAsync(Guid.NewGuid().ToString(), CancellationToken.None));
        Assert.Equal("GroupNotFound", unknown.Id);
    }

    private Task<IConnection> ConnectAsync(string app) =>
        new GraphSignIn().ConnectAsync(tenant.WithSecret(app), _ => { }, CancellationToken.None);
}
#endif
