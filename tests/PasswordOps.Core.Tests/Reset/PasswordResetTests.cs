using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;

namespace PasswordOps.Core.Tests.Reset;

public class PasswordResetTests
{
    private readonly FakeDirectory tenant = new(new FakeClock());
    private readonly ResetMeans means = new() { Generator = new PasswordGenerator(CryptographicRandom.Instance) };

    [Fact]
    public async Task A_cloud_user_gets_a_password_through_the_profile_and_it_is_seen()
    {
        DirectoryUser user = tenant.Add("anna@contoso.com", anna => anna with { LastPasswordChange = tenant.Clock.UtcNow.AddDays(-90) });
        string? sent = null;
        tenant.OnSetPassword = (id, password, force) =>
        {
            sent = new string(password.Characters);
            Assert.Equal(ForceChange.Yes, force);
            tenant.Users[id] = tenant.Users[id] with { LastPasswordChange = tenant.Clock.UtcNow };
            return "r-7";
        };
        using ResetOutcome outcome = await Run("anna@contoso.com");
        Assert.Equal(ResetStatus.Succeeded, outcome.Status);
        Assert.Equal(ResetRoute.PasswordProfile, outcome.Route);
        Assert.Equal(sent, new string(outcome.Password!.Characters));
        Assert.Equal("r-7", outcome.RequestId);
        Assert.NotNull(outcome.SeenChangedAt);
        Assert.Equal(user.Id, outcome.UserId);
    }

    [Fact]
    public async Task A_synced_user_goes_by_the_action_which_is_followed_to_its_end()
    {
        tenant.Add("bram@contoso.com", bram => bram with { OnPremisesSyncEnabled = true, OnPremisesDomainName = "corp.contoso.com" });
        tenant.OnStartReset = (_, _) => new ResetOperation
        {
            Location = new Uri("https://graph.example/x?aadgdc=A"), RetryAfter = TimeSpan.FromSeconds(5),
        };
        tenant.ResetStates.Enqueue(() => new ResetOperationState("notStarted", null, null));
        tenant.ResetStates.Enqueue(() => new ResetOperationState("running", null, TimeSpan.FromSeconds(2)));
        tenant.ResetStates.Enqueue(() => new ResetOperationState("Succeeded", null, null));
        DateTimeOffset start = tenant.Clock.UtcNow;
        using ResetOutcome outcome = await Run("bram@contoso.com");
        Assert.Equal(ResetStatus.Succeeded, outcome.Status);
        Assert.Contains("corp.contoso.com", outcome.Changed);
        Assert.True(tenant.Clock.UtcNow - start >= TimeSpan.FromSeconds(5 + 5 + 2));
        Assert.NotNull(outcome.Password);
    }

    [Fact]
    public async Task A_failed_action_hands_no_password_out_and_shows_the_services_words()
    {
        Synced(new ResetOperationState("failed", "FuzzyPolicyViolationInvalidPassword", null));
        using ResetOutcome outcome = await Run("bram@contoso.com");
        Assert.Equal(ResetStatus.Failed, outcome.Status);
        Assert.Null(outcome.Password);
        Assert.Equal("ResetFailed", outcome.Error!.Id);
        Assert.Contains("FuzzyPolicyViolationInvalidPassword", outcome.Reason);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("succeeded")]
    public async Task A_password_that_only_the_domain_took_is_in_force_whatever_the_service_calls_it(string status)
    {
        Synced(new ResetOperationState(status, "OnPremisesSuccessCloudFailure", null));
        using ResetOutcome outcome = await Run("bram@contoso.com");
        Assert.Equal(ResetStatus.Succeeded, outcome.Status);
        Assert.NotNull(outcome.Password);
        Assert.Contains("not yet the one in Microsoft Entra ID", outcome.Changed);
        Assert.Contains("next sync", Assert.Single(outcome.Warnings));
    }

    [Fact]
    public async Task A_user_who_vanishes_after_the_plan_is_told_of_as_that()
    {
        tenant.Add("anna@contoso.com");
        tenant.OnSetPassword = (_, _, _) => throw FakeDirectory.Refusal("UserNotFound", ErrorKind.NotFound, 404);
        using ResetOutcome outcome = await Run("anna@contoso.com");
        Assert.Equal("UserNotFound", outcome.Error!.Id);
        Assert.Contains("anna@contoso.com was there", outcome.Reason);
        Assert.Contains("deleted", outcome.NextStep);
    }

    [Fact]
    public async Task What_keeps_the_user_from_the_new_password_is_said_with_it()
    {
        tenant.Add("dirk@contoso.com", dirk => dirk with { AccountEnabled = false });
        using ResetOutcome outcome = await Run("dirk@contoso.com");
        Assert.Equal(ResetStatus.Succeeded, outcome.Status);
        Assert.Contains("Sign-in is blocked", Assert.Single(outcome.Warnings));

        tenant.Add("anna@contoso.com");
        using ResetOutcome anna = await Run("anna@contoso.com");
        Assert.Empty(anna.Warnings);
    }

    [Fact]
    public async Task An_action_without_an_end_is_unknown_and_keeps_the_password()
    {
        Synced();
        for (int i = 0; i < 1000; i++)
        {
            tenant.ResetStates.Enqueue(() => new ResetOperationState("running", null, null));
        }

        using ResetOutcome outcome = await Run("bram@contoso.com");
        Assert.Equal(ResetStatus.Unknown, outcome.Status);
        Assert.NotNull(outcome.Password);
        Assert.Contains("31010", outcome.NextStep);
    }

    [Fact]
    public async Task An_action_without_an_end_that_the_directory_shows_is_done()
    {
        Synced();
        string id = tenant.Users.Values.Single().Id;
        for (int i = 0; i < 1000; i++)
        {
            tenant.ResetStates.Enqueue(() => new ResetOperationState("running", null, null));
        }

        tenant.OnStartReset = (_, _) =>
        {
            tenant.Users[id] = tenant.Users[id] with { LastPasswordChange = tenant.Clock.UtcNow };
            return new ResetOperation { Location = new Uri("https://graph.example/x") };
        };
        using ResetOutcome outcome = await Run("bram@contoso.com");
        Assert.Equal(ResetStatus.Succeeded, outcome.Status);
        Assert.NotNull(outcome.SeenChangedAt);
        Assert.Contains("no end", outcome.Reason);
    }

    [Fact]
    public async Task A_caller_who_may_not_read_the_operation_sees_the_change_in_the_directory()
    {
        Synced();
        string id = tenant.Users.Values.Single().Id;
        tenant.ResetStates.Enqueue(() => throw FakeDirectory.Refusal("RoleMissing"));
        tenant.OnStartReset = (_, _) =>
        {
            tenant.Users[id] = tenant.Users[id] with { LastPasswordChange = tenant.Clock.UtcNow };
            return new ResetOperation { Location = new Uri("https://graph.example/x") };
        };
        using ResetOutcome outcome = await Run("bram@contoso.com");
        Assert.Equal(ResetStatus.Succeeded, outcome.Status);
        Assert.NotNull(outcome.SeenChangedAt);

        tenant.ResetStates.Enqueue(() => throw FakeDirectory.Refusal("RoleMissing"));
        tenant.OnStartReset = (_, _) => new ResetOperation { Location = new Uri("https://graph.example/x") };
        using ResetOutcome unseen = await Run("bram@contoso.com");
        Assert.Equal(ResetStatus.Unknown, unseen.Status);
        Assert.NotNull(unseen.Password);
    }

    [Fact]
    public async Task A_write_that_may_have_happened_is_unknown_and_one_that_did_not_is_failed()
    {
        tenant.Add("anna@contoso.com");
        tenant.OnSetPassword = (_, _, _) => throw FakeDirectory.Refusal("OutcomeUnknown", ErrorKind.Timeout, 504, mayHaveHappened: true);
        using (ResetOutcome unknown = await Run("anna@contoso.com"))
        {
            Assert.Equal(ResetStatus.Unknown, unknown.Status);
            Assert.NotNull(unknown.Password);
        }

        tenant.OnSetPassword = (_, _, _) => throw FakeDirectory.Refusal("RoleMissing");
        using ResetOutcome failed = await Run("anna@contoso.com");
        Assert.Equal(ResetStatus.Failed, failed.Status);
        Assert.Null(failed.Password);
        Assert.Equal("RoleMissing", failed.Error!.Id);
    }

    [Theory]
    [InlineData("ExternalAzureAD", "federated", "PasswordMasteredElsewhere")]
    [InlineData("MicrosoftAccount", "federated", "PasswordMasteredElsewhere")]
    [InlineData("google.com", "federated", "PasswordMasteredElsewhere")]
    [InlineData("mail", "federated", "PasswordMasteredElsewhere")]
    [InlineData("contoso.onmicrosoft.com", "userPrincipalName", null)]
    public async Task Accounts_of_elsewhere_are_refused_and_say_where_to_go(string issuer, string type, string? refusal)
    {
        tenant.Add(
            "gita_fabrikam.com#EXT#@contoso.onmicrosoft.com",
            gita => gita with { IsGuest = true, Identities = new[] { new SignInIdentity(type, issuer) } });
        ResetPlan plan = await Plan("gita_fabrikam.com#EXT#@contoso.onmicrosoft.com");
        Assert.Equal(refusal, plan.Refusal?.Id);
        Assert.True(refusal is null || plan.Refusal!.Advice.Length > 10);
    }

    [Fact]
    public async Task An_application_alone_cannot_reset_a_synced_user_and_a_cloud_user_it_can()
    {
        tenant.Context = tenant.Context with { IsAppOnly = true, Account = "PasswordOps", AccountObjectId = "sp" };
        tenant.Add("bram@contoso.com", bram => bram with { OnPremisesSyncEnabled = true });
        tenant.Add("anna@contoso.com");
        Assert.Equal("AppOnlyCannotWriteBack", (await Plan("bram@contoso.com")).Refusal!.Id);
        ResetPlan anna = await Plan("anna@contoso.com");
        Assert.Null(anna.Refusal);
        Assert.Equal(ResetRoute.PasswordProfile, anna.Route);
    }

    [Fact]
    public async Task A_synced_user_of_a_federated_domain_is_warned_about_with_both_readings()
    {
        tenant.Add("fred@fed.contoso.com", fred => fred with { OnPremisesSyncEnabled = true });
        ResetPlan plan = await Plan("fred@fed.contoso.com");
        Assert.Null(plan.Refusal);
        CheckResult source = plan.Checks.Single(check => check.Id == "source.authority");
        Assert.Equal(Verdict.Warn, source.Verdict);
        Assert.Contains("conflict", source.Reason);
    }

    [Fact]
    public async Task What_the_action_cannot_do_is_refused_and_not_pretended()
    {
        Synced(new ResetOperationState("succeeded", null, null));
        ResetPlan plan = await Plan("bram@contoso.com", new ResetOptions { ForceChange = ForceChange.No });
        Assert.Equal("ForceChangeFixed", plan.Refusal!.Id);
        tenant.Context = tenant.Context with { Cloud = Cloud.Named("China") };
        Assert.Equal("CloudLacksReset", (await Plan("bram@contoso.com")).Refusal!.Id);
    }

    [Fact]
    public async Task The_callers_own_account_a_missing_role_and_an_unknown_user_are_refused_before_any_write()
    {
        Assert.Equal("CannotResetSelf", (await Plan("helena@contoso.com")).Refusal!.Id);

        DirectoryUser admin = tenant.Add("olga@contoso.com");
        tenant.Standings[admin.Id] = FakeDirectory.Holding("fe930be7-5e62-47db-91af-98c3a49a38b1");
        tenant.Context = tenant.Context with
        {
            Standing = Reading.Of(FakeDirectory.Holding("729827e3-9c14-49f7-bb1b-9608f156bbb8"), tenant.Clock.UtcNow),
        };
        ResetPlan plan = await Plan("olga@contoso.com");
        Assert.Equal("RoleMissing", plan.Refusal!.Id);
        Assert.True(plan.TargetIsAdministrator);
        tenant.Broken[nameof(IDirectory.GetStandingsAsync)] = FakeDirectory.Refusal("PermissionMissing");
        Assert.Null((await Plan("olga@contoso.com")).TargetIsAdministrator);
        Assert.Equal("UserNotFound", (await Plan("ghost@contoso.com")).Refusal!.Id);
    }

    [Fact]
    public async Task A_desk_role_takes_the_action_also_for_a_cloud_user()
    {
        tenant.Add("anna@contoso.com");
        tenant.Context = tenant.Context with
        {
            Standing = Reading.Of(FakeDirectory.Holding("729827e3-9c14-49f7-bb1b-9608f156bbb8"), tenant.Clock.UtcNow),
        };
        Assert.Equal(ResetRoute.ResetPasswordAction, (await Plan("anna@contoso.com")).Route);
    }

    [Fact]
    public async Task A_role_that_does_not_reach_the_profile_of_this_user_does_not_choose_the_route()
    {
        const string Helpdesk = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
        HeldRole userAdministratorElsewhere = new("fe930be7-5e62-47db-91af-98c3a49a38b1", string.Empty, "/administrativeUnits/east");
        tenant.Add("anna@contoso.com");
        Caller(new Standing { Roles = FakeDirectory.Holding(Helpdesk).Roles.Append(userAdministratorElsewhere).ToArray() });
        Assert.Equal(ResetRoute.ResetPasswordAction, (await Plan("anna@contoso.com")).Route);

        DirectoryUser desk = tenant.Add("hugo@contoso.com");
        tenant.Standings[desk.Id] = FakeDirectory.Holding(Helpdesk);
        Caller(FakeDirectory.Holding(Helpdesk, "c4e39bd9-1100-46d3-8c65-fb160da0071f"));
        Assert.Equal(ResetRoute.ResetPasswordAction, (await Plan("hugo@contoso.com")).Route);
        Assert.Equal(ResetRoute.PasswordProfile, (await Plan("anna@contoso.com")).Route);
    }

    [Fact]
    public async Task An_application_hears_what_no_role_mends_first_and_only_of_roles_that_would_do()
    {
        tenant.Add("anna@contoso.com");
        tenant.Add("bram@contoso.com", bram => bram with { OnPremisesSyncEnabled = true });
        tenant.Context = tenant.Context with { IsAppOnly = true };
        Caller(new Standing());
        Assert.Equal("AppOnlyCannotWriteBack", (await Plan("bram@contoso.com")).Refusal!.Id);
        PasswordOpsException role = (await Plan("anna@contoso.com")).Refusal!;
        Assert.Equal("RoleMissing", role.Id);
        Assert.DoesNotContain("Password Administrator", role.Message);
        Assert.DoesNotContain("Helpdesk Administrator", role.Message);
    }

    [Fact]
    public async Task Where_the_service_decided_a_conflict_the_refusal_says_which_role_would_do()
    {
        tenant.Add("anna@contoso.com");
        tenant.Context = tenant.Context with { IsAppOnly = true };
        Caller(FakeDirectory.Holding("729827e3-9c14-49f7-bb1b-9608f156bbb8"));
        tenant.OnSetPassword = (_, _, _) => throw FakeDirectory.Refusal("RoleMissing");
        using ResetOutcome outcome = await Run("anna@contoso.com");
        Assert.Equal(ResetStatus.Failed, outcome.Status);
        Assert.Contains("The documents conflict", outcome.Reason);
        Assert.Contains("User Administrator", outcome.NextStep);
        Assert.Equal(outcome.NextStep, outcome.Error!.Advice);
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        tenant.Add("anna@contoso.com");
        tenant.Context = tenant.Context with { Permissions = new[] { "User.Read.All" } };
        PasswordOpsException refusal = (await Plan("anna@contoso.com")).Refusal!;
        Assert.Equal("PermissionMissing", refusal.Id);
        Assert.Contains("User-PasswordProfile.ReadWrite.All", refusal.Advice);
    }

    [Fact]
    public async Task A_given_password_that_breaks_the_rules_is_refused_without_repeating_it()
    {
        tenant.Add("anna@contoso.com");
        using Password weak = new("planted".ToCharArray());
        ResetPlan plan = await Plan("anna@contoso.com", new ResetOptions { Password = weak });
        Assert.Equal("PasswordTooWeak", plan.Refusal!.Id);
        Assert.DoesNotContain("planted", plan.Refusal.Message);
    }

    [Fact]
    public async Task Licences_count_by_plans_that_work_and_products_without_plans_by_their_name()
    {
        string premium = tenant.Skus[0].SkuId;
        SubscribedSku officeE3 = new()
        {
            SkuId = "6fd2c87f-b296-42f0-b197-1e91e994b900", PartNumber = "ENTERPRISEPACK", CapabilityStatus = "Enabled", AppliesTo = "User",
            Units = 10,
        };
        tenant.Skus = tenant.Skus.Append(officeE3).ToArray();
        tenant.Add("bram@contoso.com", bram => bram with { OnPremisesSyncEnabled = true });
        Assert.Equal(Verdict.Warn, await License(Array.Empty<AssignedLicense>()));
        Assert.Equal(Verdict.Pass, await License(new AssignedLicense(premium, Array.Empty<string>())));
        Assert.Equal(Verdict.Warn, await License(new AssignedLicense(premium, new[] { FakeDirectory.Premium().Id })));
        Assert.Equal(Verdict.Warn, await License(new AssignedLicense(officeE3.SkuId, Array.Empty<string>())));

        tenant.Caller = tenant.Caller with { AssignedLicenses = new[] { new AssignedLicense(officeE3.SkuId, Array.Empty<string>()) } };
        Assert.Equal(
            Verdict.Pass, (await Plan("bram@contoso.com")).Checks.Single(check => check.Id == "license.caller").Verdict);

        tenant.Skus = tenant.Skus.Select(sku => sku.SkuId == premium ? sku with { CapabilityStatus = "Suspended" } : sku).ToArray();
        Assert.Equal(Verdict.Warn, await License(new AssignedLicense(premium, Array.Empty<string>())));
        ResetPlan plan = await Plan("bram@contoso.com");
        Assert.Equal("WritebackLicenseMissing", plan.Refusal!.Id);
        Assert.Contains("licence Microsoft Entra ID P1", plan.Missing);
        Assert.Contains("Suspended", plan.Checks.Single(check => check.Id == "license.user").Evidence);
    }

    [Fact]
    public async Task A_sync_that_stands_still_is_a_doubt_and_a_disabled_account_a_warning()
    {
        tenant.Organization = tenant.Organization with { LastSync = tenant.Clock.UtcNow.AddDays(-3) };
        tenant.Add("bram@contoso.com", bram => bram with
        {
            OnPremisesSyncEnabled = true,
            AssignedLicenses = new[] { new AssignedLicense(tenant.Skus[0].SkuId, Array.Empty<string>()) },
        });
        ResetPlan bram = await Plan("bram@contoso.com");
        Assert.Null(bram.Refusal);
        Assert.Equal(Verdict.Warn, bram.Verdict);
        tenant.Add("dirk@contoso.com", dirk => dirk with { AccountEnabled = false });
        ResetPlan dirk = await Plan("dirk@contoso.com");
        Assert.Null(dirk.Refusal);
        Assert.Equal(Verdict.Warn, dirk.Verdict);
        Assert.Contains("blocked", dirk.Reason);
    }

    private async Task<Verdict> License(params AssignedLicense[] licenses)
    {
        DirectoryUser bram = tenant.Users.Values.Single(user => user.UserPrincipalName == "bram@contoso.com");
        tenant.Users[bram.Id] = bram with { AssignedLicenses = licenses };
        return (await Plan("bram@contoso.com")).Checks.Single(check => check.Id == "license.user").Verdict;
    }

    private void Caller(Standing standing) =>
        tenant.Context = tenant.Context with { Standing = Reading.Of(standing, tenant.Clock.UtcNow) };

    private void Synced(params ResetOperationState[] states)
    {
        tenant.Add("bram@contoso.com", bram => bram with { OnPremisesSyncEnabled = true, OnPremisesDomainName = "corp.contoso.com" });
        tenant.OnStartReset = (_, _) => new ResetOperation { Location = new Uri("https://graph.example/x") };
        foreach (ResetOperationState state in states)
        {
            tenant.ResetStates.Enqueue(() => state);
        }
    }

    [Fact]
    public async Task What_a_plan_says_can_be_said_in_every_language()
    {
        DirectoryUser admin = tenant.Add("olga@contoso.com");
        tenant.Standings[admin.Id] = FakeDirectory.Holding("fe930be7-5e62-47db-91af-98c3a49a38b1");
        tenant.Add("anna@contoso.com");
        tenant.Add("bram@contoso.com", bram => bram with { OnPremisesSyncEnabled = true, OnPremisesDomainName = "corp.contoso.com" });
        tenant.Add("fred@fed.contoso.com", fred => fred with { OnPremisesSyncEnabled = true, AccountEnabled = false });
        tenant.Add(
            "gita_fabrikam.com#EXT#@contoso.onmicrosoft.com",
            gita => gita with { IsGuest = true, Identities = new[] { new SignInIdentity("federated", "fabrikam.com") } });
        List<ResetPlan> plans = new();
        foreach (bool alone in new[] { false, true })
        {
            tenant.Context = tenant.Context with { IsAppOnly = alone };
            foreach (string user in new[]
            {
                "anna@contoso.com", "bram@contoso.com", "olga@contoso.com", "helena@contoso.com", "fred@fed.contoso.com",
                "gita_fabrikam.com#EXT#@contoso.onmicrosoft.com",
            })
            {
                plans.Add(await PseudoLanguage.In(() => Plan(user)));
                plans.Add(await PseudoLanguage.In(() => Plan(user, new ResetOptions { Via = ResetVia.ActiveDirectory, Unlock = true })));
                plans.Add(await PseudoLanguage.In(() => Plan(
                    user, new ResetOptions { ForceChange = ForceChange.YesWithMfa, RevokeSessions = true })));
            }
        }

        Assert.Contains(plans, plan => plan.Refusal is null);
        Assert.True(plans.Select(plan => plan.Refusal?.Id).Distinct().Count() > 3);
        Assert.All(plans, plan =>
        {
            PseudoLanguage.AssertSaid(plan.Reason);
            PseudoLanguage.AssertSaid(plan.NextStep);
            PseudoLanguage.AssertSaid(plan.RouteText);
            PseudoLanguage.AssertSaid(plan.Effect);
            PseudoLanguage.AssertSaid(plan.Refusal?.Advice);
            PseudoLanguage.AssertSaid(plan.Refusal is null ? null : plan.Refusal.Message.Replace(plan.User + ": ", string.Empty));
            Assert.All(plan.Warnings, warning => PseudoLanguage.AssertSaid(warning));
            Assert.All(plan.Checks, check => PseudoLanguage.AssertSaid(check.Reason));
            Assert.All(plan.Checks, check => PseudoLanguage.AssertSaid(check.Fix));
        });
    }

    private PasswordReset Reset(ResetOptions? options = null) => new(tenant, options ?? new ResetOptions(), tenant.Clock);

    private async Task<ResetPlan> Plan(string user, ResetOptions? options = null) =>
        (await Reset(options).PlanAsync(new[] { new UserIdentity(user) }, CancellationToken.None))[0];

    private async Task<ResetOutcome> Run(string user, ResetOptions? options = null) => (await RunAll(options, user))[0];

    private async Task<List<ResetOutcome>> RunAll(ResetOptions? options, params string[] users)
    {
        PasswordReset reset = Reset(options);
        IReadOnlyList<ResetPlan> plans = await reset.PlanAsync(
            users.Select(user => new UserIdentity(user)).ToArray(), CancellationToken.None);
        List<ResetOutcome> outcomes = new();
        await reset.RunAsync(plans, means, outcomes.Add, null, CancellationToken.None);
        return outcomes;
    }
}
