using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Checks.Policy;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Tests.Checks;

public class ReadinessTests
{
    private static readonly ServicePlan Smb = new("de377cbc-0019-4ec2-b77c-3f223947e102", "AAD_SMB", "Success");

    private readonly FakeDirectory tenant = new(new FakeClock());

    public ReadinessTests()
    {
        Emergency(tenant, 2);
        tenant.Totals = new RegistrationTotals(100, 100, 80, 80);
    }

    [Fact]
    public async Task A_sound_tenant_passes()
    {
        ReadinessReport report = await new Readiness(tenant, tenant.Clock).CheckTenantAsync(CancellationToken.None);
        Assert.True(report.IsTenant);
        Assert.Equal("Contoso", report.Target);
        Assert.Equal(17, report.Checks.Count);
        Assert.Equal(report.Checks.Count, report.Checks.Select(check => check.Id).Distinct().Count());
        Assert.All(report.Checks, check => Assert.NotEmpty(check.Source));
        Assert.Equal(Verdict.Warn, report.Checks.Single(check => check.Id == "source.federatedDomains").Verdict);
        tenant.Domains = tenant.Domains.Where(domain => !domain.IsFederated).ToArray();
        Reset(tenant, "anna@contoso.com", "3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11");
        ReadinessReport clean = await new Readiness(tenant, tenant.Clock).CheckTenantAsync(CancellationToken.None);
        Assert.All(clean.Checks, check => Assert.Equal(Verdict.Pass, check.Verdict));
        Assert.Equal("Ready for self-service password reset.", clean.Headline);
        Assert.Null(clean.NextStep);
    }

    public static IEnumerable<object[]> TenantCases() => new[]
    {
        Case("role.caller", Verdict.Warn, t => t.Context = t.Context with { Standing = Reading.Of(new Standing(), t.Clock.UtcNow) }),
        Case("role.caller", Verdict.Warn,
            t => t.Context = t.Context with { IsAppOnly = true, Standing = Reading.Of(new Standing(), t.Clock.UtcNow) }),
        Case("role.caller", Verdict.Unknown,
            t => t.Context = t.Context with
            {
                Standing = Reading.Failed<Standing>(FakeDirectory.Refusal("PermissionMissing"), t.Clock.UtcNow),
            }),
        Case("license.caller", Verdict.Warn, t => t.Caller = t.Caller with { AssignedLicenses = Array.Empty<AssignedLicense>() }),
        Case("license.caller", Verdict.Warn, t => t.Skus = new[] { t.Skus[0] with { CapabilityStatus = "Suspended" } }),
        Case("license.caller", Verdict.Unknown, t => t.Broken["GetUsersAsync"] = FakeDirectory.Refusal("PermissionMissing")),
        Case("license.caller", Verdict.NotApplicable, t => t.Context = t.Context with { IsAppOnly = true }),
        Case("license.tenant", Verdict.Fail, t => t.Skus = Array.Empty<SubscribedSku>()),
        Case("license.tenant", Verdict.Fail, t => t.Skus = new[] { t.Skus[0] with { CapabilityStatus = "Suspended" } }),
        Case("license.tenant", Verdict.Fail, t => t.Skus = new[] { t.Skus[0] with { Units = 0 } }),
        Case("license.tenant", Verdict.Pass, t => t.Skus = new[] { t.Skus[0] with { CapabilityStatus = "Warning" } }),
        Case("license.tenant", Verdict.Pass,
            t => t.Skus = new[] { Product("f245ecc8-75af-4f8e-b61f-27d8114de5f3", "O365_BUSINESS_PREMIUM") }),
        Case("license.tenant", Verdict.Pass, t => t.Skus = new[] { Product("00000000-0000-0000-0000-000000000001", " enterprisepack ") }),
        Case("license.tenant", Verdict.Unknown, t => t.Skus = new[] { Product("00000000-0000-0000-0000-000000000002", "INTUNE_SMB", Smb) }),
        Case("license.tenant", Verdict.Fail,
            t => t.Skus = new[] { Product("00000000-0000-0000-0000-000000000003", "Microsoft_Teams_Rooms_Pro", FakeDirectory.Premium()) }),
        Case("license.tenant", Verdict.Fail,
            t => t.Skus = new[] { Product("cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", "SPB", FakeDirectory.Premium("Disabled")) }),
        Case("license.tenant", Verdict.Unknown, t => t.Broken["GetSubscribedSkusAsync"] = FakeDirectory.Refusal("PermissionMissing")),
        Case("license.writeback", Verdict.Fail,
            t => t.Skus = new[] { Product("f245ecc8-75af-4f8e-b61f-27d8114de5f3", "O365_BUSINESS_PREMIUM") }),
        Case("license.writeback", Verdict.NotApplicable, t => t.Organization = t.Organization with { OnPremisesSyncEnabled = null }),
        Case("source.sync", Verdict.NotApplicable, t => t.Organization = t.Organization with { OnPremisesSyncEnabled = null }),
        Case("source.sync", Verdict.Warn, t => t.Organization = t.Organization with { LastSync = t.Clock.UtcNow.AddHours(-5) }),
        Case("source.sync", Verdict.Fail, t => t.Organization = t.Organization with { LastSync = t.Clock.UtcNow.AddDays(-2) }),
        Case("source.sync", Verdict.Unknown, t => t.Organization = t.Organization with { LastSync = null }),
        Case("source.sync", Verdict.Unknown,
            t => t.Organization = t.Organization with { TenantType = null, Created = null, OnPremisesSyncEnabled = null }),
        Case("source.sync", Verdict.Unknown, t => t.Broken["GetOrganizationAsync"] = FakeDirectory.Refusal("PermissionMissing")),
        Case("source.federatedDomains", Verdict.Unknown, t => t.Broken["GetDomainsAsync"] = FakeDirectory.Refusal("PermissionMissing")),
        Case("policy.administratorSspr", Verdict.Warn, t => t.AdministratorSspr = false),
        Case("policy.administratorSspr", Verdict.Unknown, t => t.AdministratorSspr = null),
        Case("policy.administratorGates", Verdict.NotApplicable, t => t.AdministratorSspr = false),
        Case("policy.administratorGates", Verdict.Warn, t => t.Subscriptions = new[] { Trial(t, 3) }),
        Case("policy.administratorGates", Verdict.Unknown,
            t => t.Broken["GetSubscriptionsAsync"] = FakeDirectory.Refusal("PermissionMissing")),
        Case("policy.methods", Verdict.Warn, t => t.Methods = t.Methods with { MigrationState = "migrationInProgress" }),
        Case("policy.methods", Verdict.Warn, t => t.Methods = t.Methods with { EnabledMethods = new[] { "Fido2" } }),
        Case("policy.methods", Verdict.Unknown,
            t => t.Broken["GetAuthenticationMethodsPolicyAsync"] = FakeDirectory.Refusal("PermissionMissing")),
        Case("policy.expiry", Verdict.Warn, t => t.Domains = new[] { new Domain { Name = "contoso.com", IsVerified = true } }),
        Case("policy.expiry", Verdict.Warn,
            t => t.Domains = new[] { new Domain { Name = "contoso.com", IsVerified = true, PasswordValidityDays = 60 } }),
        Case("license.enough", Verdict.Pass, t => { }),
        Case("license.enough", Verdict.Warn, t => t.Totals = new RegistrationTotals(300, 201, 0, 0)),
        Case("license.enough", Verdict.Unknown, t => t.Totals = new RegistrationTotals(300, null, 0, 0)),
        Case("license.enough", Verdict.Unknown,
            t => t.Broken["GetRegistrationTotalsAsync"] = FakeDirectory.Refusal("LicenseMissing")),
        Case("license.enough", Verdict.Unknown, t => t.Broken["GetSubscribedSkusAsync"] = FakeDirectory.Refusal("PermissionMissing")),
        Case("license.enough", Verdict.NotApplicable, t => t.Skus = Array.Empty<SubscribedSku>()),
        Case("policy.scope", Verdict.Pass, t => { }),
        Case("policy.scope", Verdict.Warn, t => t.Totals = new RegistrationTotals(100, 40, 30, 20)),
        Case("policy.scope", Verdict.Fail, t => t.Totals = new RegistrationTotals(100, 0, 30, 0)),
        Case("policy.scope", Verdict.NotApplicable, t => t.Totals = new RegistrationTotals(0, 0, 0, 0)),
        Case("policy.scope", Verdict.Unknown, t => t.Totals = new RegistrationTotals(null, null, null, null)),
        Case("policy.scope", Verdict.Unknown, t => t.Broken["GetRegistrationTotalsAsync"] = FakeDirectory.Refusal("PermissionMissing")),
        Case("policy.changed", Verdict.Pass, t => t.Audits.Add(Audit(t, "Update authorization policy", 61))),
        Case("policy.changed", Verdict.Warn, t => t.Audits.Add(Audit(t, "Update authorization policy", 59))),
        Case("policy.changed", Verdict.Unknown, t => t.Broken["OpenAudits"] = FakeDirectory.Refusal("PermissionMissing")),
        Case("policy.tested", Verdict.NotApplicable, t => { }),
        Case("policy.tested", Verdict.Pass, t => Reset(t, "anna@contoso.com", "3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11")),
        Case("policy.tested", Verdict.Warn,
            t =>
            {
                Reset(t, "anna@contoso.com", "3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11");
                Reset(t, "desk@contoso.com", "7c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11");
                t.Standings["7c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11"] = FakeDirectory.Holding("729827e3-9c14-49f7-bb1b-9608f156bbb8");
            }),
        Case("policy.tested", Verdict.Unknown,
            t =>
            {
                Reset(t, "anna@contoso.com", "3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11");
                t.Broken["GetTenantStandingsAsync"] = FakeDirectory.Refusal("PermissionMissing");
            }),
        Case("source.syncFeatures", Verdict.Pass, t => { }),
        Case("source.syncFeatures", Verdict.Pass, t => t.Features = new SyncFeatures(false, true, false, false)),
        Case("source.syncFeatures", Verdict.Warn, t => t.Features = new SyncFeatures(true, true, false, false)),
        Case("source.syncFeatures", Verdict.Unknown, t => t.Features = null),
        Case("source.syncFeatures", Verdict.Unknown,
            t => t.Broken["GetSyncFeaturesAsync"] = FakeDirectory.Refusal("AppOnlyNotSupported")),
        Case("source.syncFeatures", Verdict.NotApplicable, t => t.Organization = t.Organization with { OnPremisesSyncEnabled = null }),
        Case("role.emergency", Verdict.Pass, t => { }),
        Case("role.emergency", Verdict.Warn, t => Emergency(t, 1)),
        Case("role.emergency", Verdict.Warn,
            t => t.Users.Keys.ToList().ForEach(id => t.Users[id] = t.Users[id] with { OnPremisesSyncEnabled = true })),
        Case("role.emergency", Verdict.Unknown,
            t => t.Broken["GetTenantStandingsAsync"] = FakeDirectory.Refusal("PermissionMissing")),
        Case("policy.cloud", Verdict.Warn, t => t.Context = t.Context with { Cloud = Cloud.Named("China") }),
    };

    [Theory]
    [MemberData(nameof(TenantCases))]
    public async Task Each_tenant_check_can_be_brought_to_each_of_its_answers(string id, Verdict verdict, object change)
    {
        ((Action<FakeDirectory>)change)(tenant);
        ReadinessReport report = await new Readiness(tenant, tenant.Clock).CheckTenantAsync(CancellationToken.None);
        CheckResult check = report.Checks.Single(result => result.Id == id);
        Assert.Equal(verdict, check.Verdict);
        Assert.True(verdict is Verdict.Pass or Verdict.NotApplicable || !string.IsNullOrEmpty(check.Fix), "a finding names the next step");
    }

    public static IEnumerable<object[]> UserCases() => new[]
    {
        Case("role.administrator", Verdict.Pass, t => { }),
        Case("role.administrator", Verdict.Warn,
            t => t.Standings[Anna(t).Id] = FakeDirectory.Holding("729827e3-9c14-49f7-bb1b-9608f156bbb8")),
        Case("role.administrator", Verdict.Pass,
            t => t.Standings[Anna(t).Id] = FakeDirectory.Holding("f2ef992c-3afb-46b9-b7cf-a126ee74c451")),
        Case("role.administrator", Verdict.Unknown,
            t => t.Standings[Anna(t).Id] = FakeDirectory.Holding("11111111-2222-3333-4444-555555555555")),
        Case("role.administrator", Verdict.Fail,
            t =>
            {
                t.Standings[Anna(t).Id] = FakeDirectory.Holding("729827e3-9c14-49f7-bb1b-9608f156bbb8");
                t.AdministratorSspr = false;
            }),
        Case("role.administrator", Verdict.Unknown, t => t.Broken["GetStandingsAsync"] = FakeDirectory.Refusal("PermissionMissing")),
        Case("license.user", Verdict.Pass, t => { }),
        Case("license.user", Verdict.Warn, t => t.Licenses.Clear()),
        Case("license.user", Verdict.Warn,
            t => t.Licenses[Anna(t).Id] =
                new[] { new LicenseDetail("cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", "SPB", new[] { FakeDirectory.Premium("Disabled") }) }),
        Case("license.user", Verdict.Fail, t => { t.Licenses.Clear(); t.Skus = Array.Empty<SubscribedSku>(); }),
        Case("license.user", Verdict.Warn,
            t => { t.Licenses.Clear(); t.Broken["GetSubscribedSkusAsync"] = FakeDirectory.Refusal("PermissionMissing"); }),
        Case("license.user", Verdict.Unknown, t => t.Licenses[Anna(t).Id] = new[] { new LicenseDetail("0", "INTUNE_SMB", new[] { Smb }) }),
        Case("license.user", Verdict.NotApplicable, Guest),
        Case("source.authority", Verdict.Pass, t => { }),
        Case("source.authority", Verdict.Pass, t => Change(t, user => user with { OnPremisesSyncEnabled = true })),
        Case("source.authority", Verdict.Warn,
            t => Change(t, user => user with { OnPremisesSyncEnabled = true, UserPrincipalName = "anna@fed.contoso.com" })),
        Case("source.authority", Verdict.Fail, Guest),
        Case("source.authority", Verdict.Unknown,
            t =>
            {
                Change(t, user => user with { OnPremisesSyncEnabled = true });
                t.Broken["GetDomainsAsync"] = FakeDirectory.Refusal("PermissionMissing");
            }),
        Case("source.account", Verdict.Pass, t => { }),
        Case("source.account", Verdict.Fail, t => Change(t, user => user with { AccountEnabled = false })),
        Case("source.account", Verdict.Unknown, t => Change(t, user => user with { AccountEnabled = null })),
        Case("policy.enabled", Verdict.Pass, t => { }),
        Case("policy.enabled", Verdict.Fail, t => t.Registrations[Anna(t).Id] = t.Registrations[Anna(t).Id] with { IsSsprEnabled = false }),
        Case("policy.enabled", Verdict.Unknown, t => t.Registrations.Clear()),
        Case("policy.enabled", Verdict.Unknown, t => Change(t, user => user with { AccountEnabled = false })),
        Case("contact.registered", Verdict.Pass, t => { }),
        Case("contact.registered", Verdict.Warn,
            t => t.Registrations[Anna(t).Id] = t.Registrations[Anna(t).Id] with { IsSsprCapable = false, IsSsprRegistered = false }),
        Case("contact.registered", Verdict.Warn,
            t => t.Registrations[Anna(t).Id] = t.Registrations[Anna(t).Id] with { IsSsprCapable = false }),
        Case("contact.registered", Verdict.Unknown, t => t.Broken["GetRegistrationsAsync"] = FakeDirectory.Refusal("LicenseMissing")),
        Case("contact.methods", Verdict.Pass, t => { }),
        Case("contact.methods", Verdict.Fail, t => t.Contacts[Anna(t).Id] = new ContactData()),
        Case("contact.methods", Verdict.Warn, t => t.Registrations.Clear()),
        Case("contact.methods", Verdict.Fail, t => t.Standings[Anna(t).Id] = FakeDirectory.Holding("729827e3-9c14-49f7-bb1b-9608f156bbb8")),
        Case("contact.methods", Verdict.Pass,
            t => { t.Registrations.Clear(); Change(t, user => user with { OtherMails = new[] { "anna@fabrikam.com" } }); }),
        Case("contact.methods", Verdict.Unknown, t => t.Broken["GetContactDataAsync"] = FakeDirectory.Refusal("RoleMissing")),
        Case("contact.format", Verdict.NotApplicable, t => { }),
        Case("contact.format", Verdict.Pass, t => Change(t, user => user with { MobilePhone = "+1 4255550100" })),
        Case("contact.format", Verdict.Warn, t => Change(t, user => user with { MobilePhone = "0612345678" })),
        Case("contact.format", Verdict.Warn, t => Change(t, user => user with { MobilePhone = "+14255550100" })),
    };

    [Theory]
    [MemberData(nameof(UserCases))]
    public async Task Each_user_check_can_be_brought_to_each_of_its_answers(string id, Verdict verdict, object change)
    {
        Populate();
        ((Action<FakeDirectory>)change)(tenant);
        ReadinessReport report = (await Check("3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11"))[0].Value;
        Assert.Equal(8, report.Checks.Count);
        Assert.True(report.Verdict is Verdict.Pass or Verdict.NotApplicable || !string.IsNullOrEmpty(report.NextStep));
        CheckResult check = report.Checks.Single(result => result.Id == id);
        Assert.Equal(verdict, check.Verdict);
        Assert.True(verdict is Verdict.Pass or Verdict.NotApplicable || !string.IsNullOrEmpty(check.Fix), "a finding names the next step");
        Assert.DoesNotContain("5550100", string.Join(" ", report.Checks.Select(result => result.Reason + result.Evidence)));
        Assert.DoesNotContain("0612345678", string.Join(" ", report.Checks.Select(result => result.Reason + result.Evidence + result.Fix)));
    }

    [Theory]
    [MemberData(nameof(TenantCases))]
    [MemberData(nameof(UserCases))]
    public async Task What_is_said_can_be_said_in_every_language(string id, Verdict verdict, object change)
    {
        Populate();
        ((Action<FakeDirectory>)change)(tenant);
        ReadinessReport ofTenant = await PseudoLanguage.In(
            () => new Readiness(tenant, tenant.Clock).CheckTenantAsync(CancellationToken.None));
        Reading<ReadinessReport> ofUser = (await PseudoLanguage.In(() => Check("3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11")))[0];
        ReadinessReport[] reports = ofUser.IsKnown ? new[] { ofTenant, ofUser.Value } : new[] { ofTenant };
        Assert.Contains(reports.SelectMany(report => report.Checks), check => check.Id == id && check.Verdict == verdict);
        foreach (ReadinessReport report in reports)
        {
            PseudoLanguage.AssertSaid(report.Headline);
            PseudoLanguage.AssertSaid(report.NextStep, "grant it");
            Assert.All(report.Checks, check => PseudoLanguage.AssertSaid(check.Reason));
            Assert.All(report.Checks, check => PseudoLanguage.AssertSaid(check.Fix, "grant it"));
            Assert.All(report.Checks, check => Assert.DoesNotContain("\u27e6", check.Evidence));
        }
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_an_error_and_no_report()
    {
        tenant.Broken["GetOrganizationAsync"] = FakeDirectory.Refusal("ServiceUnreachable", ErrorKind.Connection, null);
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(
            () => new Readiness(tenant, tenant.Clock).CheckTenantAsync(CancellationToken.None));
        Assert.Equal("ServiceUnreachable", error.Id);
    }

    [Theory]
    [InlineData("GetContactDataAsync", "contact.methods")]
    [InlineData("GetRegistrationsAsync", "policy.enabled")]
    public async Task A_warning_about_something_else_does_not_hide_that_it_cannot_be_told(string broken, string id)
    {
        Populate();
        tenant.Licenses.Clear();
        tenant.Broken[broken] = FakeDirectory.Refusal("RoleMissing");
        ReadinessReport report = (await Check("anna@contoso.com"))[0].Value;
        Assert.Contains(report.Checks, check => check.Id == "license.user" && check.Verdict == Verdict.Warn);
        Assert.Equal(Verdict.Unknown, report.Verdict);
        CheckResult unknown = report.Checks.Single(check => check.Id == id);
        Assert.Equal(("Cannot tell: " + unknown.Reason, unknown.Fix), (report.Headline, report.NextStep));
    }

    [Theory]
    [InlineData(0, "No enabled Global Administrator lives in the cloud only")]
    [InlineData(1, "Only one enabled Global Administrator lives in the cloud only")]
    public async Task Too_few_emergency_accounts_are_counted_in_words(int count, string words)
    {
        Emergency(tenant, count);
        ReadinessReport report = await new Readiness(tenant, tenant.Clock).CheckTenantAsync(CancellationToken.None);
        Assert.StartsWith(words, report.Checks.Single(check => check.Id == "role.emergency").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_users_are_told_apart_and_the_others_still_answered()
    {
        Populate();
        IReadOnlyList<Reading<ReadinessReport>> reports = await Check("ghost@contoso.com", "anna@contoso.com");
        Assert.Equal("UserNotFound", reports[0].Error!.Id);
        Assert.Equal("anna@contoso.com", reports[1].Value.Target);
        Assert.Equal(Verdict.Pass, reports[1].Value.Verdict);
        Assert.Equal("Can reset the password now.", reports[1].Value.Headline);
    }

    [Theory]
    [InlineData(null, false, false, 1, false)]
    [InlineData(null, true, false, 2, false)]
    [InlineData(null, false, true, 2, false)]
    [InlineData(null, true, true, 2, false)]
    [InlineData(3, false, false, 1, false)]
    [InlineData(3, true, false, 2, true)]
    [InlineData(3, false, true, 2, true)]
    [InlineData(3, true, true, 2, true)]
    [InlineData(40, false, false, 2, true)]
    [InlineData(40, true, false, 2, false)]
    [InlineData(40, false, true, 2, false)]
    [InlineData(40, true, true, 2, false)]
    public void The_gate_rule_over_trial_domain_and_sync(int? trialAge, bool custom, bool synced, int gates, bool ambiguous)
    {
        Organization organization = tenant.Organization with
        {
            OnPremisesSyncEnabled = synced ? true : null,
            VerifiedDomains = custom
                ? tenant.Organization.VerifiedDomains
                : new[] { new VerifiedDomain("contoso.onmicrosoft.com", true, true) },
        };
        Subscription[] trials = trialAge is int age ? new[] { Trial(tenant, age) } : Array.Empty<Subscription>();
        AdministratorGates answer = AdministratorGates.Of(trials, organization, tenant.Clock.UtcNow);
        Assert.Equal(gates, answer.Gates);
        Assert.Equal(ambiguous, answer.IsAmbiguous);
    }

    private static void Emergency(FakeDirectory tenant, int count)
    {
        foreach (string id in tenant.Users.Keys.ToArray())
        {
            tenant.Users.Remove(id);
            tenant.Standings.Remove(id);
        }

        for (int i = 0; i < count; i++)
        {
            DirectoryUser user = tenant.Add($"emergency{i}@contoso.onmicrosoft.com");
            tenant.Standings[user.Id] = FakeDirectory.Holding("62e90394-69f5-4237-9190-012177145e10");
        }
    }

    private static DirectoryAudit Audit(FakeDirectory tenant, string activity, int minutesAgo) =>
        new() { Id = "row" + tenant.Audits.Count, At = tenant.Clock.UtcNow.AddMinutes(-minutesAgo), Activity = activity };

    private static void Reset(FakeDirectory tenant, string name, string id) => tenant.Audits.Add(
        Audit(tenant, "Reset password (self-service)", 200) with { Targets = new[] { new AuditTarget("User", id, name) } });

    private static object[] Case(string id, Verdict verdict, Action<FakeDirectory> change) => new object[] { id, verdict, change };

    private static SubscribedSku Product(string id, string name, params ServicePlan[] plans) =>
        new() { SkuId = id, PartNumber = name, CapabilityStatus = "Enabled", AppliesTo = "User", Units = 5, Plans = plans };

    private static Subscription Trial(FakeDirectory tenant, int days) =>
        new("AAD_PREMIUM_P2", true, tenant.Clock.UtcNow.AddDays(-days), "Enabled");

    private static DirectoryUser Anna(FakeDirectory tenant) => tenant.Users["3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11"];

    private static void Change(FakeDirectory tenant, Func<DirectoryUser, DirectoryUser> change) =>
        tenant.Users[Anna(tenant).Id] = change(Anna(tenant));

    private static void Guest(FakeDirectory tenant) =>
        Change(tenant, user => user with { IsGuest = true, Identities = new[] { new SignInIdentity("federated", "ExternalAzureAD") } });

    private void Populate()
    {
        tenant.Domains = tenant.Domains.ToArray();
        DirectoryUser anna = tenant.Add(
            "anna@contoso.com",
            user => user with { Id = "3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11" },
            new ContactData { Phones = new Dictionary<PhoneType, string> { [PhoneType.Mobile] = "+1 4255550100" } });
        tenant.Registrations[anna.Id] =
            new RegistrationDetail { Id = anna.Id, IsSsprEnabled = true, IsSsprRegistered = true, IsSsprCapable = true };
        tenant.Licenses[anna.Id] =
            new[] { new LicenseDetail("cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", "SPB", new[] { FakeDirectory.Premium() }) };
    }

    private async Task<IReadOnlyList<Reading<ReadinessReport>>> Check(params string[] users)
    {
        Dictionary<string, Reading<ReadinessReport>> reports = new();
        await new Readiness(tenant, tenant.Clock).CheckUsersAsync(
            users.Select(user => new UserIdentity(user)).ToArray(), (identity, report) => reports[identity.Value] = report, null,
            CancellationToken.None);
        return users.Select(user => reports[user]).ToArray();
    }
}
