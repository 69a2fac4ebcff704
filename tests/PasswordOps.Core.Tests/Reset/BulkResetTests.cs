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

public class BulkResetTests
{
    private readonly FakeDirectory tenant = new(new FakeClock());
    private readonly FakeDelivery delivery = new();

    [Fact]
    public async Task Every_user_of_a_list_gets_a_password_of_its_own_and_one_outcome()
    {
        string[] users = Users(95);
        Dictionary<string, string> set = new();
        tenant.OnSetPassword = (id, password, _) =>
        {
            lock (set)
            {
                set.Add(id, new string(password.Characters));
            }

            return "r-1";
        };
        List<ResetOutcome> outcomes = await Run(new ResetOptions(), users);
        Assert.Equal(95, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.Equal(set[outcome.UserId], new string(outcome.Password!.Characters)));
        Assert.Equal(95, set.Values.Distinct().Count());
    }

    [Fact]
    public async Task One_that_vanishes_or_is_refused_half_way_fails_alone()
    {
        string[] users = Users(45);
        string gone = tenant.Users.Values.Single(user => user.UserPrincipalName == users[7]).Id;
        string refused = tenant.Users.Values.Single(user => user.UserPrincipalName == users[30]).Id;
        tenant.OnSetPassword = (id, _, _) =>
            id == gone ? throw FakeDirectory.Refusal("UserNotFound", ErrorKind.NotFound, 404)
            : id == refused ? throw FakeDirectory.Refusal("RoleMissing")
            : "r-1";
        List<ResetOutcome> outcomes = await Run(new ResetOptions(), users);
        Assert.Equal(new[] { "RoleMissing", "UserNotFound" },
            outcomes.Select(outcome => outcome.Error?.Id).OfType<string>().OrderBy(id => id));
        Assert.Equal(43, outcomes.Count(outcome => outcome.Status == ResetStatus.Succeeded));
        Assert.DoesNotContain("secret-" + gone, delivery.Delivered.Keys);
    }

    [Fact]
    public async Task A_password_that_cannot_be_handed_over_is_not_set()
    {
        string[] users = Users(30);
        List<string> set = new();
        tenant.OnSetPassword = (id, _, _) =>
        {
            lock (set)
            {
                set.Add(id);
            }

            return "r-1";
        };
        delivery.Failing = user => user == users[3] ? FakeDirectory.Refusal("SecretVaultFailed") : null;
        List<ResetOutcome> outcomes = await Run(new ResetOptions(), users, delivery);
        ResetOutcome failed = outcomes.Single(outcome => outcome.Status == ResetStatus.Failed);
        Assert.Equal(users[3], failed.User);
        Assert.Equal("SecretVaultFailed", failed.Error!.Id);
        Assert.Contains("was not done", failed.Reason);
        Assert.Equal(29, set.Count);
        Assert.DoesNotContain(failed.UserId, set);
    }

    [Fact]
    public async Task What_was_handed_over_and_not_set_is_taken_back_or_told_of()
    {
        string[] users = Users(1);
        tenant.OnSetPassword = (_, _, _) => throw FakeDirectory.Refusal("PasswordRejected", ErrorKind.InvalidArgument, 400);
        ResetOutcome outcome = Assert.Single(await Run(new ResetOptions(), users, delivery));
        Assert.Equal(ResetStatus.Failed, outcome.Status);
        Assert.Empty(delivery.Delivered);
        delivery.KeepsAll = true;
        outcome = Assert.Single(await Run(new ResetOptions(), users, delivery));
        Assert.Contains(outcome.Warnings, warning => warning.Contains("secret-"));
        Assert.Null(outcome.Delivered);
    }

    [Fact]
    public async Task What_may_be_in_force_stays_where_it_was_handed_over()
    {
        string[] users = Users(1);
        tenant.OnSetPassword = (_, _, _) => throw FakeDirectory.Refusal("OutcomeUnknown", ErrorKind.Timeout, 504, mayHaveHappened: true);
        ResetOutcome outcome = Assert.Single(await Run(new ResetOptions(), users, delivery));
        Assert.Equal(ResetStatus.Unknown, outcome.Status);
        Assert.NotNull(outcome.Delivered);
        Assert.Single(delivery.Delivered);
    }

    [Fact]
    public async Task Sessions_end_for_those_whose_password_changed_and_only_for_them()
    {
        string[] users = Users(25);
        string refused = tenant.Users.Values.Single(user => user.UserPrincipalName == users[4]).Id;
        tenant.OnSetPassword = (id, _, _) => id == refused ? throw FakeDirectory.Refusal("RoleMissing") : "r-1";
        List<ResetOutcome> outcomes = await Run(new ResetOptions { RevokeSessions = true }, users);
        Assert.Equal(24, tenant.RevokedSessions.Distinct().Count());
        Assert.DoesNotContain(refused, tenant.RevokedSessions);
        Assert.All(outcomes.Where(outcome => outcome.Status == ResetStatus.Succeeded), outcome => Assert.True(outcome.SessionsRevoked));

        tenant.Broken[nameof(IDirectory.RevokeSessionsAsync)] = FakeDirectory.Refusal("PermissionMissing");
        outcomes = await Run(new ResetOptions { RevokeSessions = true }, users.Take(1).ToArray());
        Assert.False(outcomes[0].SessionsRevoked);
        Assert.Equal(ResetStatus.Succeeded, outcomes[0].Status);
        Assert.Single(outcomes[0].Warnings);
    }

    [Fact]
    public async Task The_same_user_twice_in_a_list_is_refused_the_second_time()
    {
        string[] users = Users(1);
        IReadOnlyList<ResetPlan> plans = await new PasswordReset(tenant, new ResetOptions(), tenant.Clock).PlanAsync(
            new[] { new UserIdentity(users[0]), new UserIdentity(tenant.Users.Values.Single().Id) }, CancellationToken.None);
        Assert.Null(plans[0].Refusal);
        Assert.Equal("UserTwice", plans[1].Refusal!.Id);
    }

    [Fact]
    public async Task All_users_are_planned_with_what_is_missing_named()
    {
        Users(3);
        DirectoryUser admin = tenant.Add("olga@contoso.com");
        tenant.Standings[admin.Id] = FakeDirectory.Holding("62e90394-69f5-4237-9190-012177145e10");
        tenant.Context = tenant.Context with
        {
            Permissions = new[] { "User.Read.All" },
            Standing = Reading.Of(FakeDirectory.Holding("729827e3-9c14-49f7-bb1b-9608f156bbb8"), tenant.Clock.UtcNow),
        };
        IReadOnlyList<ResetPlan> plans = await new PasswordReset(tenant, new ResetOptions(), tenant.Clock)
            .PlanAllAsync(null, CancellationToken.None);
        Assert.Equal(4, plans.Count);
        ResetPlan olga = plans.Single(plan => plan.User == "olga@contoso.com");
        Assert.Equal(Verdict.Fail, olga.Verdict);
        Assert.Contains(olga.Missing, missing => missing.StartsWith("directory role ", StringComparison.Ordinal));
        Assert.Contains(olga.Missing, missing => missing.StartsWith("delegated permission ", StringComparison.Ordinal));
        Assert.Equal(new[] { "Global Administrator" }, olga.UserRoles);
    }

    [Fact]
    public async Task Another_administrator_is_judged_by_the_directory_and_not_by_this_token()
    {
        string[] users = Users(1);
        DirectoryUser desk = tenant.Add("hugo@contoso.com");
        tenant.Standings[desk.Id] = FakeDirectory.Holding("729827e3-9c14-49f7-bb1b-9608f156bbb8");
        tenant.Context = tenant.Context with { Permissions = new[] { "User.Read.All" } };
        ResetPlan plan = await As("hugo@contoso.com", users[0]);
        Assert.Equal(Verdict.Pass, plan.Verdict);
        Assert.Equal("hugo@contoso.com", plan.Caller);
        Assert.Equal(Verdict.NotApplicable, plan.Checks.Single(check => check.Id == "role.permission").Verdict);

        tenant.Standings[desk.Id] = new Standing
        {
            EligibleRoles = FakeDirectory.Holding("7be44c8a-adaf-4e2a-84d6-ab2649e08a13").Roles,
        };
        plan = await As("hugo@contoso.com", users[0]);
        Assert.Equal(Verdict.Fail, plan.Verdict);
        Assert.Contains("Privileged Authentication Administrator (eligible, not activated)", plan.CallerRoles);
    }

    [Fact]
    public async Task Whoever_may_not_see_the_tenants_lists_still_learns_of_each_user_and_a_lost_service_is_told()
    {
        string[] users = Users(30);
        tenant.Broken[nameof(IDirectory.GetTenantStandingsAsync)] = FakeDirectory.Refusal("PermissionMissing");
        Assert.All(await Plans(users), plan => Assert.Equal(Verdict.Pass, plan.Verdict));
        tenant.Broken[nameof(IDirectory.GetTenantStandingsAsync)] = FakeDirectory.Refusal("ConnectionLost", ErrorKind.Connection, null);
        Assert.All(await Plans(users), plan => Assert.Equal(Verdict.Unknown, plan.Verdict));
    }

    [Fact]
    public async Task A_plan_for_thousands_is_the_plan_for_each()
    {
        string[] users = Users(1500);
        tenant.Standings[tenant.Users.Values.Single(user => user.UserPrincipalName == users[700]).Id] =
            FakeDirectory.Holding("62e90394-69f5-4237-9190-012177145e10");
        IReadOnlyList<ResetPlan> plans = await Plans(users.Append(users[3]).ToArray());
        Assert.Equal(users, plans.Take(1500).Select(plan => plan.User));
        Assert.Equal("UserTwice", plans[1500].Refusal!.Id);
        Assert.Equal(new[] { "Global Administrator" }, plans[700].UserRoles);
        Assert.Equal(plans[700].Checks.Select(check => check.Verdict), (await Plans(users[700]))[0].Checks.Select(check => check.Verdict));
    }

    private Task<IReadOnlyList<ResetPlan>> Plans(params string[] users) => new PasswordReset(tenant, new ResetOptions(), tenant.Clock)
        .PlanAsync(users.Select(user => new UserIdentity(user)).ToArray(), CancellationToken.None);

    private async Task<ResetPlan> As(string administrator, string user) =>
        (await new PasswordReset(tenant, new ResetOptions(), tenant.Clock) { AsUser = new UserIdentity(administrator) }
            .PlanAsync(new[] { new UserIdentity(user) }, CancellationToken.None))[0];

    private string[] Users(int count)
    {
        string[] names = Enumerable.Range(0, count).Select(i => $"u{i}@contoso.com").ToArray();
        foreach (string name in names)
        {
            tenant.Add(name);
        }

        return names;
    }

    private async Task<List<ResetOutcome>> Run(ResetOptions options, string[] users, IPasswordDelivery? hand = null)
    {
        PasswordReset reset = new(tenant, options, tenant.Clock);
        IReadOnlyList<ResetPlan> plans = await reset.PlanAsync(
            users.Select(user => new UserIdentity(user)).ToArray(), CancellationToken.None);
        List<ResetOutcome> outcomes = new();
        ResetMeans means = new() { Generator = new PasswordGenerator(CryptographicRandom.Instance), Delivery = hand };
        await reset.RunAsync(plans, means, outcomes.Add, null, CancellationToken.None);
        return outcomes;
    }
}
