using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Tests.Checks;

public class ReadinessOfAllTests
{
    private const string HelpdeskAdministrator = "729827e3-9c14-49f7-bb1b-9608f156bbb8";

    private readonly FakeDirectory tenant = new(new FakeClock());

    [Fact]
    public async Task Everybody_is_answered_once_out_of_the_lists()
    {
        Fill(40);
        DirectoryUser blocked = tenant.Add("blocked@contoso.com", user => user with { AccountEnabled = false });
        DirectoryUser young = tenant.Add(
            "new@contoso.com", change: null, new ContactData { Email = "new@fabrikam.com" });
        Dictionary<string, ReadinessReport> all = await AllAsync();
        Assert.Equal(42, all.Count);
        Assert.Equal(Verdict.Fail, all[blocked.Id].Verdict);
        Assert.Contains("Sign-in is blocked", all[blocked.Id].Headline);
        CheckResult methods = Check(all[young.Id], "contact.methods");
        Assert.Equal(("authentication email", Verdict.Warn), (methods.Evidence, methods.Verdict));
        Assert.Equal(Verdict.Unknown, Check(all[young.Id], "policy.enabled").Verdict);
        ReadinessReport ordinary = all[tenant.Users.Keys.First()];
        Assert.Equal("Can reset the password now.", ordinary.Headline);
        Assert.Contains("by the registration report", Check(ordinary, "contact.methods").Evidence);
    }

    [Fact]
    public async Task An_administrator_is_held_against_the_gates()
    {
        Fill(2);
        string[] ids = tenant.Users.Keys.ToArray();
        tenant.Standings[ids[0]] = FakeDirectory.Holding(HelpdeskAdministrator);
        tenant.Standings[ids[1]] = FakeDirectory.Holding(HelpdeskAdministrator);
        tenant.Registrations[ids[1]] = tenant.Registrations[ids[1]] with { MethodsRegistered = new[] { "mobilePhone" } };
        Dictionary<string, ReadinessReport> all = await AllAsync();
        Assert.Equal(Verdict.Warn, all[ids[0]].Verdict);
        Assert.Contains("administrator policy answers", all[ids[0]].Headline);
        Assert.Contains("for the 2 that the administrator policy asks for", Check(all[ids[0]], "contact.methods").Reason);
        Assert.Equal(Verdict.Fail, all[ids[1]].Verdict);
        Assert.Contains("asks for 2 kinds of method and there is 1", all[ids[1]].Headline);

        tenant.AdministratorSspr = false;
        Assert.Equal(Verdict.Fail, (await AllAsync())[ids[0]].Verdict);
    }

    [Fact]
    public async Task Without_the_lists_of_roles_the_report_tells_who_has_none()
    {
        Fill(2);
        string[] ids = tenant.Users.Keys.ToArray();
        tenant.Registrations[ids[0]] = tenant.Registrations[ids[0]] with { IsAdmin = false };
        tenant.Registrations[ids[1]] = tenant.Registrations[ids[1]] with { IsAdmin = true };
        tenant.Broken["GetTenantStandingsAsync"] = FakeDirectory.Refusal("PermissionMissing");
        Dictionary<string, ReadinessReport> all = await AllAsync();
        Assert.Equal(Verdict.Pass, Check(all[ids[0]], "role.administrator").Verdict);
        CheckResult unknown = Check(all[ids[1]], "role.administrator");
        Assert.Equal((Verdict.Unknown, "grant it"), (unknown.Verdict, unknown.Fix));
    }

    [Theory]
    [InlineData("ReadRegistrationsAsync", "policy.enabled")]
    [InlineData("GetSubscribedSkusAsync", "license.user")]
    [InlineData("GetDomainsAsync", "source.authority")]
    public async Task What_cannot_be_read_is_unknown_with_what_to_grant_and_the_rest_is_answered(string broken, string id)
    {
        Fill(3);
        foreach (string user in tenant.Users.Keys.ToArray())
        {
            tenant.Users[user] = tenant.Users[user] with { OnPremisesSyncEnabled = true };
        }

        if (broken == "ReadRegistrationsAsync")
        {
            tenant.Registrations.Clear();
        }

        tenant.Broken[broken] = FakeDirectory.Refusal("PermissionMissing");
        Dictionary<string, ReadinessReport> all = await AllAsync();
        Assert.Equal(3, all.Count);
        Assert.All(all.Values, report =>
        {
            CheckResult check = Check(report, id);
            Assert.Equal((Verdict.Unknown, "grant it"), (check.Verdict, check.Fix));
            Assert.Equal(Verdict.Pass, Check(report, "source.account").Verdict);
        });
    }

    [Fact]
    public async Task A_tenant_without_users_has_nobody_to_answer() => Assert.Empty(await AllAsync());

    [Fact]
    public async Task Users_that_cannot_be_read_end_the_work()
    {
        Fill(1);
        tenant.Broken["ReadUsersAsync"] = FakeDirectory.Refusal("PermissionMissing");
        Assert.Equal("PermissionMissing", (await Assert.ThrowsAsync<PasswordOpsException>(AllAsync)).Id);
    }

    [Fact]
    public async Task Progress_knows_the_total()
    {
        Fill(10);
        List<BulkProgress> told = new();
        await new Readiness(tenant, tenant.Clock).CheckAllAsync(_ => { }, new Listener(told), CancellationToken.None);
        Assert.Equal(10, told[told.Count - 1].Done);
        Assert.Equal(10, told[told.Count - 1].Total);
    }

    [Fact]
    public async Task A_group_is_answered_by_its_members()
    {
        Fill(9);
        string[] members = tenant.Users.Keys.Take(4).ToArray();
        tenant.Groups["Desk"] = (new DirectoryGroup("g1", "Desk", false), members);
        List<string> answered = new();
        await new Readiness(tenant, tenant.Clock).CheckGroupAsync(
            "Desk", (_, report) => answered.Add(report.Value.TargetId), null, CancellationToken.None);
        Assert.Equal(members.OrderBy(id => id), answered.OrderBy(id => id));
    }

    [Fact]
    public async Task Hostile_names_and_users_without_a_name_are_answered()
    {
        DirectoryUser odd = tenant.Add(string.Empty, user => user with
        {
            DisplayName = "<script>alert(1)</script>\u202e" + new string('x', 10_000),
        });
        ReadinessReport report = (await AllAsync())[odd.Id];
        Assert.Equal(odd.Id, report.Target);
        Assert.DoesNotContain("script", report.Headline + string.Join(" ", report.Checks.Select(check => check.Reason + check.Evidence)));
    }

    private static CheckResult Check(ReadinessReport report, string id) => report.Checks.Single(check => check.Id == id);

    private void Fill(int count)
    {
        for (int i = 0; i < count; i++)
        {
            DirectoryUser user = tenant.Add($"user{i}@contoso.com", one => one with
            {
                AssignedLicenses = new[] { new AssignedLicense(tenant.Skus[0].SkuId, Array.Empty<string>()) },
            });
            tenant.Registrations[user.Id] = new RegistrationDetail
            {
                Id = user.Id, IsSsprEnabled = true, IsSsprRegistered = true, IsSsprCapable = true,
                MethodsRegistered = new[] { "mobilePhone", "email" },
            };
        }
    }

    private async Task<Dictionary<string, ReadinessReport>> AllAsync()
    {
        Dictionary<string, ReadinessReport> all = new();
        await new Readiness(tenant, tenant.Clock).CheckAllAsync(
            report => all.Add(report.TargetId, report), null, CancellationToken.None);
        return all;
    }

    private sealed class Listener : IProgress<BulkProgress>
    {
        private readonly List<BulkProgress> told;

        public Listener(List<BulkProgress> told)
        {
            this.told = told;
        }

        public void Report(BulkProgress value) => told.Add(value);
    }
}
