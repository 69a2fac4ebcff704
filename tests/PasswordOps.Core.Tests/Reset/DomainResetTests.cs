using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;

namespace PasswordOps.Core.Tests.Reset;

public class DomainResetTests
{
    private const string Sid = "S-1-5-21-1-2-3-1104";

    private static readonly ResetOptions OnDomain = new() { Via = ResetVia.ActiveDirectory };

    private readonly FakeDirectory tenant = new(new FakeClock());
    private readonly FakeDomain domain;
    private int opened;

    public DomainResetTests()
    {
        domain = new FakeDomain(tenant.Clock);
        tenant.Add("bram@contoso.com", bram => bram with
        {
            OnPremisesSyncEnabled = true, OnPremisesDomainName = "corp.contoso.com", OnPremisesSecurityIdentifier = Sid,
        });
    }

    [Fact]
    public async Task An_application_resets_a_synced_user_on_a_domain_controller_and_it_is_seen()
    {
        tenant.Context = tenant.Context with { IsAppOnly = true, Permissions = new[] { "User.Read.All" } };
        domain.Add(Sid);
        using ResetOutcome outcome = Assert.Single(await Run(OnDomain, "bram@contoso.com"));
        Assert.Equal(ResetStatus.Succeeded, outcome.Status);
        Assert.Equal(ResetRoute.ActiveDirectory, outcome.Route);
        Assert.Equal(ForceChange.Yes, outcome.ForceChange);
        Assert.Equal(domain.Passwords[Sid], new string(outcome.Password!.Characters));
        Assert.Contains("corp.contoso.com", outcome.Changed);
        Assert.Contains("ForcePasswordChangeOnLogOn", outcome.NextStep);
        Assert.True(domain.IsDisposed);
    }

    [Fact]
    public async Task Without_a_forced_change_the_time_of_the_password_is_read_back()
    {
        domain.Add(Sid);
        using ResetOutcome outcome = Assert.Single(await Run(
            new ResetOptions { Via = ResetVia.ActiveDirectory, ForceChange = ForceChange.No }, "bram@contoso.com"));
        Assert.Equal(ForceChange.No, outcome.ForceChange);
        Assert.NotNull(outcome.SeenChangedAt);
        Assert.Contains("pwdLastSet shows it", outcome.Reason);
    }

    [Fact]
    public async Task A_lockout_is_ended_only_when_asked_for_and_told_of_otherwise()
    {
        domain.Add(Sid, account => account with { IsLockedOut = true });
        using ResetOutcome still = Assert.Single(await Run(OnDomain, "bram@contoso.com"));
        Assert.False(still.Unlocked);
        Assert.Contains(still.Warnings, warning => warning.Contains("-Unlock"));
        using ResetOutcome ended = Assert.Single(await Run(
            new ResetOptions { Via = ResetVia.ActiveDirectory, Unlock = true }, "bram@contoso.com"));
        Assert.True(ended.Unlocked);
        Assert.Empty(ended.Warnings);
    }

    [Fact]
    public async Task What_stands_in_the_way_of_signing_in_is_told()
    {
        domain.Add(Sid, account => account with { IsDisabled = true, SmartCardRequired = true, PasswordNeverExpires = true });
        domain.Controller = domain.Controller with { ClockSkew = TimeSpan.FromMinutes(9) };
        using ResetOutcome outcome = Assert.Single(await Run(OnDomain, "bram@contoso.com"));
        Assert.Equal(4, outcome.Warnings.Count);
    }

    [Fact]
    public async Task A_refusal_of_the_domain_controller_leaves_the_password_as_it_was()
    {
        domain.Add(Sid);
        domain.Refusal = FakeDirectory.Refusal("AdRightsMissing");
        using ResetOutcome outcome = Assert.Single(await Run(OnDomain, "bram@contoso.com"));
        Assert.Equal(ResetStatus.Failed, outcome.Status);
        Assert.Equal("AdRightsMissing", outcome.Error!.Id);
        Assert.Null(outcome.Password);
        Assert.Empty(domain.Passwords);
    }

    [Fact]
    public async Task A_modification_without_an_answer_is_unknown_and_keeps_the_password()
    {
        domain.Add(Sid);
        domain.Refusal = FakeDirectory.Refusal("AdTimeout", ErrorKind.Timeout, null, mayHaveHappened: true);
        using ResetOutcome outcome = Assert.Single(await Run(OnDomain, "bram@contoso.com"));
        Assert.Equal(ResetStatus.Unknown, outcome.Status);
        Assert.NotNull(outcome.Password);
        Assert.Contains("pwdLastSet", outcome.NextStep);
    }

    [Fact]
    public async Task A_user_who_is_not_in_the_domain_gets_no_password_made_or_handed_over()
    {
        FakeDelivery delivery = new();
        using ResetOutcome outcome = Assert.Single(await Run(OnDomain, new[] { "bram@contoso.com" }, delivery));
        Assert.Equal("AdUserNotFound", outcome.Error!.Id);
        Assert.Empty(delivery.Delivered);
    }

    [Fact]
    public async Task A_password_that_never_expires_is_not_told_to_be_changed()
    {
        domain.Add(Sid, account => account with { PasswordNeverExpires = true });
        using ResetOutcome outcome = Assert.Single(await Run(OnDomain, "bram@contoso.com"));
        Assert.Equal(ForceChange.No, outcome.ForceChange);
        Assert.DoesNotContain("must be changed", outcome.Reason);
        Assert.Contains("never expires", Assert.Single(outcome.Warnings));
    }

    [Fact]
    public async Task What_fails_before_the_reset_names_the_user()
    {
        using ResetOutcome outcome = Assert.Single(await Run(OnDomain, "bram@contoso.com"));
        Assert.StartsWith("bram@contoso.com: ", outcome.Error!.Message);
        Assert.Equal(ErrorKind.NotFound, outcome.Error.Kind);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_domain_controller_that_is_silent()
    {
        TaskCompletionSource<IActiveDirectory> silent = new();
        PasswordReset reset = new(tenant, OnDomain, tenant.Clock);
        IReadOnlyList<ResetPlan> plans = await reset.PlanAsync(
            new[] { new UserIdentity("bram@contoso.com") }, CancellationToken.None);
        using CancellationTokenSource stop = new();
        List<ResetOutcome> outcomes = new();
        ResetMeans means = new()
        {
            Generator = new PasswordGenerator(CryptographicRandom.Instance),
            Domain = (_, _) =>
            {
                stop.Cancel();
                return silent.Task;
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => reset.RunAsync(plans, means, outcomes.Add, null, stop.Token));
        Assert.Equal("Stopped", Assert.Single(outcomes).Error!.Id);
    }

    [Fact]
    public async Task An_own_change_without_an_answer_is_unknown_and_is_not_told_to_be_tried_again()
    {
        domain.Add(Sid);
        domain.Refusal = FakeDirectory.Refusal("AdTimeout", ErrorKind.Timeout, null, mayHaveHappened: true);
        using Password current = new("Green-Bicycle-4417".ToCharArray());
        using Password next = new("Teal-Otter-4417".ToCharArray());
        OwnPasswordChange change = new(tenant, tenant.Clock) { Via = ResetVia.ActiveDirectory };
        DirectoryUser bram = (await tenant.GetUsersAsync(new[] { new UserIdentity("bram@contoso.com") }, CancellationToken.None))[0].Value;
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(
            () => change.RunAsync(bram, domain, current, next, CancellationToken.None));
        Assert.Equal("OutcomeUnknown", error.Id);
        Assert.True(error.MayHaveHappened);
        Assert.Contains("Sign in with the new password", error.Advice);
    }

    [Fact]
    public async Task A_longer_minimum_of_the_domain_makes_the_password_longer()
    {
        domain.Add(Sid, account => account with { Policy = new DomainPasswordPolicy { MinimumLength = 20 } });
        using ResetOutcome outcome = Assert.Single(await Run(OnDomain, "bram@contoso.com"));
        Assert.Equal(20, outcome.Password!.Characters.Length);
    }

    [Fact]
    public async Task One_connection_serves_a_domain_and_one_failure_to_connect_all_its_users()
    {
        string[] users = Enumerable.Range(0, 30).Select(i => $"u{i}@contoso.com").ToArray();
        for (int i = 0; i < users.Length; i++)
        {
            string sid = "S-1-5-21-1-2-3-" + (2000 + i);
            domain.Add(sid);
            tenant.Add(users[i], user => user with
            {
                OnPremisesSyncEnabled = true, OnPremisesDomainName = "corp.contoso.com", OnPremisesSecurityIdentifier = sid,
            });
        }

        List<ResetOutcome> outcomes = await Run(OnDomain, users);
        Assert.Equal(30, outcomes.Count(outcome => outcome.Status == ResetStatus.Succeeded));
        Assert.Equal(1, opened);
        outcomes = await Run(OnDomain, users, null, () => throw FakeDirectory.Refusal("AdUnreachable", ErrorKind.Connection, null));
        Assert.All(outcomes, outcome => Assert.Equal("AdUnreachable", outcome.Error!.Id));
        Assert.Equal(2, opened);
    }

    [Fact]
    public async Task A_cloud_user_and_a_change_after_multifactor_authentication_are_refused()
    {
        tenant.Add("anna@contoso.com");
        Assert.Equal("NotInActiveDirectory", (await Plan(OnDomain, "anna@contoso.com")).Refusal!.Id);
        Assert.Equal(
            "ForceChangeFixed",
            (await Plan(
                new ResetOptions { Via = ResetVia.ActiveDirectory, ForceChange = ForceChange.YesWithMfa },
                "bram@contoso.com")).Refusal!.Id);
    }

    private async Task<ResetPlan> Plan(ResetOptions options, string user) =>
        (await new PasswordReset(tenant, options, tenant.Clock).PlanAsync(new[] { new UserIdentity(user) }, CancellationToken.None))[0];

    private Task<List<ResetOutcome>> Run(ResetOptions options, params string[] users) => Run(options, users, null);

    private async Task<List<ResetOutcome>> Run(
        ResetOptions options, string[] users, IPasswordDelivery? delivery, Func<IActiveDirectory>? open = null)
    {
        PasswordReset reset = new(tenant, options, tenant.Clock);
        IReadOnlyList<ResetPlan> plans = await reset.PlanAsync(
            users.Select(user => new UserIdentity(user)).ToArray(), CancellationToken.None);
        List<ResetOutcome> outcomes = new();
        ResetMeans means = new()
        {
            Generator = new PasswordGenerator(CryptographicRandom.Instance), Delivery = delivery,
            Domain = async (_, _) =>
            {
                Interlocked.Increment(ref opened);
                await Task.Yield();
                return open?.Invoke() ?? domain;
            },
        };
        await reset.RunAsync(plans, means, outcomes.Add, null, CancellationToken.None);
        return outcomes;
    }
}
