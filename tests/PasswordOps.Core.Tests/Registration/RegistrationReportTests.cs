using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Registration;

namespace PasswordOps.Core.Tests.Registration;

public class RegistrationReportTests
{
    private const string HelpdeskAdministrator = "729827e3-9c14-49f7-bb1b-9608f156bbb8";

    private readonly FakeDirectory tenant = new(new FakeClock());

    [Fact]
    public async Task Everybody_comes_once_whatever_the_order_of_the_two_lists()
    {
        Fill(50);
        List<RegistrationRow> rows = await AllAsync();
        Assert.Equal(50, rows.Count);
        Assert.Equal(50, rows.Select(row => row.UserId).Distinct().Count());
        Assert.All(rows, row => Assert.Equal(RegistrationState.Capable, row.State));
        Assert.All(rows, row => Assert.Null(row.Reason));
    }

    [Fact]
    public async Task Whom_the_report_leaves_out_is_unknown_with_why()
    {
        Fill(7);
        DirectoryUser blocked = tenant.Add("blocked@contoso.com", user => user with { AccountEnabled = false });
        DirectoryUser young = tenant.Add("new@contoso.com");
        List<RegistrationRow> rows = await AllAsync();
        Assert.Equal(9, rows.Count);
        RegistrationRow one = rows.Single(row => row.UserId == blocked.Id);
        RegistrationRow other = rows.Single(row => row.UserId == young.Id);
        Assert.Equal(RegistrationState.Unknown, one.State);
        Assert.Null(one.IsSsprEnabled);
        Assert.Contains("Sign-in is blocked", one.Reason);
        Assert.Contains("a new user comes later", other.Reason);
    }

    [Theory]
    [InlineData(true, true, true, RegistrationState.Capable)]
    [InlineData(true, true, false, RegistrationState.Registered)]
    [InlineData(true, false, false, RegistrationState.NotRegistered)]
    [InlineData(false, true, false, RegistrationState.NotEnabled)]
    [InlineData(false, false, false, RegistrationState.NotEnabled)]
    public async Task A_line_gives_a_state(bool enabled, bool registered, bool capable, RegistrationState state)
    {
        DirectoryUser user = tenant.Add("anna@contoso.com");
        tenant.Registrations[user.Id] = new RegistrationDetail
        {
            Id = user.Id, IsSsprEnabled = enabled, IsSsprRegistered = registered, IsSsprCapable = capable,
        };
        Assert.Equal(state, Assert.Single(await AllAsync()).State);
    }

    [Fact]
    public async Task A_report_that_breaks_off_leaves_what_it_told_and_says_why_of_the_others()
    {
        Fill(4);
        DirectoryUser[] later = Enumerable.Range(0, 6).Select(i => tenant.Add($"later{i}@contoso.com")).ToArray();
        tenant.Broken["ReadRegistrationsAsync"] = FakeDirectory.Refusal("LicenseMissing");
        List<RegistrationRow> rows = await AllAsync();
        Assert.Equal(10, rows.Count);
        Assert.Equal(4, rows.Count(row => row.State == RegistrationState.Capable));
        Assert.All(rows.Where(row => later.Any(user => user.Id == row.UserId)), row =>
        {
            Assert.Equal(RegistrationState.Unknown, row.State);
            Assert.Equal("refused grant it", row.Reason);
        });
        RegistrationSummary summary = await new RegistrationReport(tenant, tenant.Clock)
            .SummarizeAsync(null, null, CancellationToken.None);
        Assert.Equal("refused grant it", summary.Problem);
        Assert.Equal(6, summary.All.Unknown);
    }

    [Fact]
    public async Task Users_that_cannot_be_read_end_the_work()
    {
        Fill(3);
        tenant.Broken["ReadUsersAsync"] = FakeDirectory.Refusal("PermissionMissing");
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(AllAsync);
        Assert.Equal("PermissionMissing", error.Id);
    }

    [Fact]
    public async Task A_tenant_without_users_gives_nothing_and_counts_nothing()
    {
        Assert.Empty(await AllAsync());
        RegistrationSummary summary = await new RegistrationReport(tenant, tenant.Clock)
            .SummarizeAsync(null, null, CancellationToken.None);
        Assert.Equal(0, summary.All.Users);
        Assert.Null(summary.All.CapableShare);
        Assert.Empty(summary.ByDepartment);
        Assert.Null(summary.NewestLine);
    }

    [Fact]
    public async Task Only_those_who_must_register_are_given_when_asked_for()
    {
        Fill(3);
        DirectoryUser missing = tenant.Add("missing@contoso.com");
        tenant.Registrations[missing.Id] = new RegistrationDetail { Id = missing.Id, IsSsprEnabled = true };
        DirectoryUser outside = tenant.Add("outside@contoso.com");
        tenant.Registrations[outside.Id] = new RegistrationDetail { Id = outside.Id };
        tenant.Add("unlisted@contoso.com");
        List<RegistrationRow> rows = await AllAsync(new RegistrationOptions { OnlyNotRegistered = true });
        Assert.Equal("missing@contoso.com", Assert.Single(rows).User);

        // A filtered report that breaks off would look like "everybody is registered".
        tenant.Broken["ReadRegistrationsAsync"] = FakeDirectory.Refusal("PermissionMissing");
        await Assert.ThrowsAsync<PasswordOpsException>(() => AllAsync(new RegistrationOptions { OnlyNotRegistered = true }));
    }

    [Fact]
    public async Task Counts_are_those_of_the_rows()
    {
        Fill(6);
        DirectoryUser[] users = tenant.Users.Values.ToArray();
        Set(users[0], user => user with { Department = "Sales" });
        Set(users[1], user => user with { Department = "sales " });
        Set(users[2], user => user with { Department = "Care", UserPrincipalName = "c@fabrikam.com", IsGuest = true });
        tenant.Registrations[users[0].Id] = new RegistrationDetail
        {
            Id = users[0].Id, IsSsprEnabled = true, MethodsRegistered = new[] { "email" }, LastUpdated = tenant.Clock.UtcNow.AddHours(-3),
        };
        tenant.Registrations[users[1].Id] = tenant.Registrations[users[1].Id] with { IsAdmin = true, IsMfaRegistered = true };
        tenant.Registrations.Remove(users[5].Id);
        tenant.Standings[users[1].Id] = FakeDirectory.Holding(HelpdeskAdministrator);
        List<RegistrationRow> rows = new();
        RegistrationSummary summary = await new RegistrationReport(tenant, tenant.Clock)
            .SummarizeAsync(rows.Add, null, CancellationToken.None);
        Assert.Equal(6, rows.Count);
        Assert.Equal((6, 1, 5, 4, 4, 1), (summary.All.Users, summary.All.Unknown, summary.All.Enabled, summary.All.Registered,
            summary.All.Capable, summary.All.ToRegister));
        Assert.Equal(0.8, summary.All.CapableShare);
        Assert.Equal(1, summary.Administrators);
        Assert.Equal(1, summary.Guests);
        Assert.Equal(
            new[] { (string.Empty, 3), ("SALES", 2), ("CARE", 1) },
            summary.ByDepartment.Select(one => (one.Name.ToUpperInvariant(), one.Users)));
        Assert.Equal(0.5, summary.ByDepartment[1].RegisteredShare);
        Assert.Equal(new[] { ("contoso.com", 5), ("fabrikam.com", 1) }, summary.ByDomain.Select(one => (one.Name, one.Users)));
        Assert.Equal("Helpdesk Administrator", Assert.Single(summary.ByRole).Name);
        Assert.Equal(new[] { new MethodCount("mobilePhone", 4), new MethodCount("email", 1) }, summary.Methods);
        Assert.Equal(tenant.Clock.UtcNow.AddHours(-3), summary.OldestLine);
    }

    [Fact]
    public async Task Users_are_read_by_name_and_unknown_ones_told()
    {
        Fill(5);
        Dictionary<string, Reading<RegistrationRow>> rows = new();
        await new RegistrationReport(tenant, tenant.Clock).ReadAsync(
            new[] { new UserIdentity("user1@contoso.com"), new UserIdentity("ghost@contoso.com") }, new RegistrationOptions(),
            (who, row) => rows[who.Value] = row, null, CancellationToken.None);
        Assert.Equal(RegistrationState.Capable, rows["user1@contoso.com"].Value.State);
        Assert.Equal("UserNotFound", rows["ghost@contoso.com"].Error!.Id);
    }

    [Fact]
    public async Task A_group_gives_its_users_and_a_hidden_one_says_what_to_grant()
    {
        Fill(5);
        string[] ids = tenant.Users.Keys.Take(2).ToArray();
        tenant.Groups["Desk"] = (new DirectoryGroup("g1", "Desk", false), ids);
        tenant.Groups["Secret"] = (new DirectoryGroup("g2", "Secret", true), Array.Empty<string>());
        List<RegistrationRow> rows = new();
        RegistrationReport report = new(tenant, tenant.Clock);
        await report.ReadGroupAsync("Desk", new RegistrationOptions(), rows.Add, null, CancellationToken.None);
        Assert.Equal(ids.OrderBy(id => id), rows.Select(row => row.UserId).OrderBy(id => id));
        PasswordOpsException hidden = await Assert.ThrowsAsync<PasswordOpsException>(
            () => report.ReadGroupAsync("Secret", new RegistrationOptions(), rows.Add, null, CancellationToken.None));
        Assert.Equal("GroupMembersHidden", hidden.Id);
        Assert.Contains("Member.Read.Hidden", hidden.Advice);
    }

    [Fact]
    public async Task Candidates_have_what_their_profile_holds_and_is_not_registered()
    {
        DirectoryUser good = Unregistered("good", user => user with
        {
            MobilePhone = "+14255550100", OfficePhone = "+1 4255550101", OtherMails = new[] { "good@fabrikam.com" },
        });
        Unregistered("bad", user => user with { MobilePhone = "0612345678" });
        Unregistered("blocked", user => user with { MobilePhone = "+1 4255550102", AccountEnabled = false });
        Unregistered("guest", user => user with
        {
            MobilePhone = "+1 4255550102", Identities = new[] { new SignInIdentity("federated", "ExternalAzureAD") },
        });
        DirectoryUser known = Unregistered("known", user => user with { MobilePhone = "+1 4255550103" });
        tenant.Registrations[known.Id] = tenant.Registrations[known.Id] with { MethodsRegistered = new[] { "mobilePhone" } };
        tenant.Add("unlisted@contoso.com", user => user with { MobilePhone = "+1 4255550104" });
        Fill(2);

        List<ContactCandidate> found = new();
        await new RegistrationReport(tenant, tenant.Clock).FindCandidatesAsync(null, found.Add, null, CancellationToken.None);
        ContactCandidate one = Assert.Single(found);
        Assert.Equal(good.UserPrincipalName, one.UserPrincipalName);
        Assert.Equal(("+1 4255550100", "+1 4255550101", "good@fabrikam.com"), (one.Mobile, one.Office, one.Email));
        Assert.DoesNotContain("555", one.ToString());

        tenant.Broken["ReadRegistrationsAsync"] = FakeDirectory.Refusal("PermissionMissing");
        await Assert.ThrowsAsync<PasswordOpsException>(() => new RegistrationReport(tenant, tenant.Clock)
            .FindCandidatesAsync(null, found.Add, null, CancellationToken.None));
    }

    [Fact]
    public async Task Hostile_names_and_users_without_a_name_pass_through()
    {
        DirectoryUser odd = tenant.Add(string.Empty, user => user with
        {
            DisplayName = "<script>alert(1)</script>\u202e" + new string('x', 10_000), Department = "<b>\u202eIT</b>",
        });
        RegistrationRow row = Assert.Single(await AllAsync());
        Assert.Equal(odd.Id, row.User);
        Assert.Null(row.Domain);
        Assert.Equal(odd.DisplayName, row.DisplayName);
    }

    private DirectoryUser Unregistered(string name, Func<DirectoryUser, DirectoryUser> change)
    {
        DirectoryUser user = tenant.Add(name + "@contoso.com", change);
        tenant.Registrations[user.Id] = new RegistrationDetail { Id = user.Id, IsSsprEnabled = true };
        return user;
    }

    private void Set(DirectoryUser user, Func<DirectoryUser, DirectoryUser> change) => tenant.Users[user.Id] = change(user);

    private void Fill(int count)
    {
        for (int i = 0; i < count; i++)
        {
            DirectoryUser user = tenant.Add($"user{i}@contoso.com");
            tenant.Registrations[user.Id] = new RegistrationDetail
            {
                Id = user.Id, IsSsprEnabled = true, IsSsprRegistered = true, IsSsprCapable = true,
                MethodsRegistered = new[] { "mobilePhone" }, LastUpdated = tenant.Clock.UtcNow.AddHours(-2),
            };
        }
    }

    private async Task<List<RegistrationRow>> AllAsync(RegistrationOptions? options = null)
    {
        List<RegistrationRow> rows = new();
        await new RegistrationReport(tenant, tenant.Clock).ReadAllAsync(
            options ?? new RegistrationOptions(), rows.Add, null, CancellationToken.None);
        return rows;
    }

    private Task<List<RegistrationRow>> AllAsync() => AllAsync(null);
}
