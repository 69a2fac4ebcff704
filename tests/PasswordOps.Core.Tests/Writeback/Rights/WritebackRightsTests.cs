using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Tests.Writeback.Rights;

public sealed class WritebackRightsTests
{
    private static readonly string[] UserRights =
    {
        "writeback.rights.resetPassword", "writeback.rights.lockoutTime", "writeback.rights.pwdLastSet",
    };

    private static string Granted => FakeRights.DefaultRoot + FakeRights.Grants;

    [Fact]
    public async Task Where_all_is_granted_the_report_says_by_what_and_where_it_stands()
    {
        FakeRights directory = new(Granted);
        directory.AddUser("Anna");
        directory.AddUser("Bob");
        RightsReport report = await Test(directory);
        Assert.Equal(Verdict.Pass, report.Verdict);
        Assert.Contains("2 users", report.Headline);
        Assert.Equal((2, 2, 1), (report.Users, report.Served, report.Descriptors));
        Assert.Equal("MSOL_1", report.Account!.SamAccountName);
        Assert.Equal("emea.corp.contoso.com", Assert.Single(report.OtherDomains).DnsName);
        RightRow reset = report.Rights.Single(row => row.Right == DirectoryRight.ResetPassword && row.Basis == RightBasis.Users);
        Assert.Equal((RightOutcome.Granted, 2, FakeRights.Root), (reset.Outcome, reset.Granted, reset.StandsOn));
        Assert.Contains("00299570", reset.Decided!.Entry);
        Assert.True(reset.Decided.IsInherited);
        Assert.Contains(Cast.Connector.ToString(), reset.Trustee);
        RightRow unexpire = report.Rights.Single(row => row.Right == DirectoryRight.UnexpirePassword);
        Assert.Equal((RightOutcome.Granted, RightBasis.Object, FakeRights.Root), (unexpire.Outcome, unexpire.Basis, unexpire.StandsOn));
        Assert.False(report.Rights.Single(row => row.Right == DirectoryRight.ChangePassword && row.Basis == RightBasis.Users).IsRequired);
        Assert.All(UserRights, id => Assert.Contains(FakeRights.Root, Check(report, id).Evidence));
    }

    [Fact]
    public async Task Where_nothing_is_granted_it_names_what_is_missing()
    {
        FakeRights directory = new(FakeRights.DefaultRoot.Replace("(OA;;CR;{unexpire};;AU)", string.Empty));
        directory.AddUser("Anna");
        RightsReport report = await Test(directory);
        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.All(UserRights, id => Assert.Equal(Verdict.Fail, Check(report, id).Verdict));
        Assert.Equal("Reset Password", Assert.Single(Check(report, UserRights[0]).Missing));
        Assert.Equal(Verdict.Fail, Check(report, "writeback.rights.unexpire").Verdict);
        Assert.Contains("Grant-WritebackPermission", report.NextStep);
    }

    [Fact]
    public async Task Without_users_it_says_what_a_new_one_would_get()
    {
        RightsReport report = await Test(new FakeRights(Granted));
        Assert.Equal(Verdict.Pass, Check(report, UserRights[0]).Verdict);
        Assert.Contains("new user", Check(report, UserRights[0]).Reason);
        RightRow reset = report.Rights.Single(row => row.Right == DirectoryRight.ResetPassword);
        Assert.Equal((RightBasis.NewUser, FakeRights.Root), (reset.Basis, reset.StandsOn));
        RightsReport bare = await Test(new FakeRights());
        Assert.Equal(Verdict.Fail, Check(bare, UserRights[0]).Verdict);
        RightsReport blind = await Test(new FakeRights(Granted) { Schema = new RightsSchema() });
        Assert.Equal(Verdict.Unknown, Check(blind, UserRights[0]).Verdict);
    }

    [Fact]
    public async Task All_users_are_counted_by_what_stands_in_their_way_and_judged_once_a_descriptor()
    {
        FakeRights directory = new(Granted);
        directory.Put("OU=Partners," + FakeRights.Root, "organizationalUnit", "O:BAG:BAD:PAI(A;CI;RPLC;;;AU)");
        for (int i = 0; i < 500; i++)
        {
            directory.AddUser("User" + i);
        }

        for (int i = 0; i < 30; i++)
        {
            directory.AddUser("Partner" + i, "OU=Partners," + FakeRights.Root);
        }

        byte[] holder = Cast.Descriptor(FakeRights.AdminHolder).ToBytes();
        directory.AddUser("Administrator", FakeRights.People, "user", holder, 1, Cast.Domain.Member(500));
        directory.AddUser("krbtgt", FakeRights.People, "user", holder, 1, Cast.Domain.Member(502));
        directory.AddUser("Boss", FakeRights.People, "user", holder, 1);
        directory.AddUser("Loner", FakeRights.People, "user", Cast.Descriptor("D:PAI(A;;GA;;;DA)").ToBytes());
        directory.AddUser("Carol", own: "(OD;;CR;{reset};;G)");
        directory.AddUser("Dave", objectClass: "inetOrgPerson");
        directory.AddUser("Hidden", FakeRights.People, "user", descriptor: null);
        directory.AddUser("Broken", FakeRights.People, "user", new byte[30]);
        directory.AddUser("Maybe", FakeRights.People, "user", Cast.Descriptor("D:(OD;;CR;{zero};;C)(A;;CRWP;;;C)").ToBytes());
        List<UserRights> each = new();
        RightsReport report = await Test(directory, new RightsOptions { All = true, Examples = 3, EachUser = each.Add });

        Assert.Equal((539, 500), (report.Users, report.Served));
        Assert.Equal(539, each.Count);
        Assert.True(report.IsComplete);
        Assert.Equal(8, report.Descriptors);
        Dictionary<UserObstacle, int> counts = report.NotServed.ToDictionary(group => group.Obstacle, group => group.Count);
        Assert.Equal(3, counts[UserObstacle.Protected]);
        Assert.Equal(1, counts[UserObstacle.InheritanceBlocked]);
        Assert.Equal(1, counts[UserObstacle.Denied]);
        Assert.Equal(1, counts[UserObstacle.OtherClass]);
        Assert.Equal(30, counts[UserObstacle.NoEntry]);
        Assert.Equal(1, counts[UserObstacle.NotReadable]);
        Assert.Equal(1, counts[UserObstacle.Malformed]);
        Assert.Equal(1, counts[UserObstacle.Unknown]);
        Assert.All(report.NotServed, group => Assert.InRange(group.Examples.Count, 1, 3));
        Assert.Contains("Password Writers", report.NotServed.Single(group => group.Obstacle == UserObstacle.Denied).Reason);
        Assert.Equal(Verdict.Warn, Check(report, UserRights[0]).Verdict);
        Assert.Equal(Verdict.Warn, Check(report, "writeback.rights.protected").Verdict);
        Assert.StartsWith("1 protected", Check(report, "writeback.rights.protected").Reason, StringComparison.Ordinal);
        Assert.Equal(Verdict.Warn, Check(report, "writeback.rights.inheritance").Verdict);
        Assert.Equal(Verdict.Warn, Check(report, "writeback.rights.inetOrgPerson").Verdict);
        Assert.Equal(Verdict.Unknown, Check(report, "writeback.rights.descriptors").Verdict);
        Assert.Equal(Verdict.Pass, Check(report, "writeback.rights.order").Verdict);
        UserRights carol = each.Single(user => user.DistinguishedName.StartsWith("CN=Carol", StringComparison.Ordinal));
        Assert.Equal(UserObstacle.Denied, carol.Obstacle);
        Assert.Equal(RightOutcome.NotGranted, carol.Rights.First(right => right.Right == DirectoryRight.ResetPassword).Outcome);
        Assert.False(carol.Rights.First(right => right.Right == DirectoryRight.ResetPassword).IsInherited);
    }

    [Fact]
    public async Task A_connection_that_breaks_leaves_a_report_that_passes_nothing()
    {
        FakeRights directory = new(Granted) { BreaksAfter = 2 };
        directory.AddUser("Anna");
        directory.AddUser("Bob");
        directory.AddUser("Carol");
        RightsReport report = await Test(directory, new RightsOptions { All = true });
        Assert.Equal(2, report.Users);
        Assert.False(report.IsComplete);
        Assert.Equal(Verdict.Unknown, report.Verdict);
        Assert.All(UserRights, id => Assert.Equal(Verdict.Unknown, Check(report, id).Verdict));
        Assert.Contains("broke", Check(report, "writeback.rights.descriptors").Reason);
    }

    [Fact]
    public async Task What_may_not_be_read_is_never_passed()
    {
        FakeRights directory = new(Granted);
        directory.AddUser("Anna", FakeRights.People, "user", descriptor: null);
        directory.Put(FakeRights.Root, "domainDNS", null);
        RightsReport report = await Test(directory);
        Assert.Equal(Verdict.Unknown, report.Verdict);
        Assert.All(UserRights, id => Assert.Equal(Verdict.Unknown, Check(report, id).Verdict));
        Assert.Equal(Verdict.Unknown, Check(report, "writeback.rights.unexpire").Verdict);
        Assert.DoesNotContain(report.Checks, check => check.Verdict == Verdict.Unknown && check.Fix is null);
    }

    [Fact]
    public async Task Groups_that_are_not_known_matter_only_where_an_answer_depends_on_them()
    {
        FakeRights certain = new(Granted) { Token = Cast.Token(groups: false) };
        certain.AddUser("Anna");
        RightsReport report = await Test(certain);
        Assert.Equal(Verdict.Pass, report.Verdict);
        Assert.Contains("no answer depends", Check(report, "writeback.rights.token").Reason);

        FakeRights uncertain = new(Granted.Replace(";C)", ";G)")) { Token = Cast.Token(groups: false) };
        uncertain.AddUser("Anna");
        report = await Test(uncertain);
        Assert.Equal(Verdict.Unknown, report.Verdict);
        Assert.Equal(Verdict.Unknown, Check(report, "writeback.rights.token").Verdict);
        Assert.Contains("tokenGroups", Check(report, "writeback.rights.token").Fix);
        Assert.Equal(Verdict.Unknown, Check(report, UserRights[0]).Verdict);
    }

    [Fact]
    public async Task The_account_must_be_certain_and_fit()
    {
        FakeRights none = new(Granted);
        none.Accounts.Clear();
        RightsReport report = await Test(none);
        Assert.Equal((Verdict.Unknown, "writeback.rights.account"), (report.Verdict, report.WeakestLink!.Id));
        Assert.Empty(report.Rights);
        report = await Test(none, new RightsOptions { Account = "svc-sync" });
        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.Contains("svc-sync", report.Headline);

        FakeRights two = new(Granted);
        two.Accounts.Add(FakeRights.Account with { SamAccountName = "MSOL_2", Sid = Cast.Domain.Member(1105) });
        report = await Test(two);
        Assert.Equal((Verdict.Unknown, 2), (Check(report, "writeback.rights.account").Verdict, report.Candidates.Count));
        two.Accounts[1] = two.Accounts[1] with { UserAccountControl = 0x202 };
        Assert.Equal(Cast.Connector, (await Test(two)).Account!.Sid);
        two.AddUser("Anna");
        Assert.Equal(Verdict.Fail, Check(await Test(two, new RightsOptions { Account = "MSOL_2" }), "writeback.rights.account").Verdict);

        FakeRights managed = new(Granted);
        managed.Accounts[0] = FakeRights.Account with
        {
            SamAccountName = "provAgentgMSA$", ObjectClass = "msDS-GroupManagedServiceAccount",
        };
        managed.AddUser("Anna");
        Assert.Equal(Verdict.Pass, (await Test(managed)).Verdict);
    }

    [Fact]
    public async Task An_administrator_works_and_is_a_finding()
    {
        FakeRights directory = new()
        {
            Token = Cast.Token() with
            {
                Parts = new[] { new TokenPart { Sid = Cast.Domain.Member(512), Origin = TokenOrigin.Group } },
            },
        };
        directory.AddUser("Anna");
        RightsReport report = await Test(directory);
        Assert.Equal(Verdict.Pass, Check(report, UserRights[0]).Verdict);
        Assert.Equal(Verdict.Warn, Check(report, "writeback.rights.account").Verdict);
        Assert.Contains("Domain Admins", Check(report, "writeback.rights.account").Reason);
    }

    [Fact]
    public async Task A_list_out_of_order_is_told_and_counts_as_it_stands()
    {
        FakeRights directory = new(Granted);
        directory.AddUser("Anna", FakeRights.People, "user", Cast.Descriptor("D:(A;;CRWP;;;C)(D;;CRWP;;;C)").ToBytes());
        RightsReport report = await Test(directory);
        Assert.Equal(Verdict.Pass, Check(report, UserRights[0]).Verdict);
        Assert.Equal(Verdict.Warn, Check(report, "writeback.rights.order").Verdict);
        Assert.Contains("Anna", Check(report, "writeback.rights.order").Reason);
    }

    [Fact]
    public async Task Chosen_containers_are_judged_each_by_itself()
    {
        FakeRights directory = new(Granted);
        directory.Put("OU=Partners," + FakeRights.Root, "organizationalUnit", "O:BAG:BAD:PAI(A;CI;RPLC;;;AU)");
        directory.AddUser("Anna");
        directory.AddUser("Pat", "OU=Partners," + FakeRights.Root);
        RightsReport report = await Test(
            directory, new RightsOptions { SearchBases = new[] { FakeRights.People, "OU=Partners," + FakeRights.Root } });
        RightRow[] rows = report.Rights
            .Where(row => row.Right == DirectoryRight.ResetPassword && row.Basis == RightBasis.Users).ToArray();
        Assert.Equal(new[] { RightOutcome.Granted, RightOutcome.NotGranted }, rows.Select(row => row.Outcome).ToArray());
        Assert.Equal(UserObstacle.NoEntry, Assert.Single(report.NotServed).Obstacle);
        Assert.Equal("CN=Pat,OU=Partners," + FakeRights.Root, rows[1].Example);
    }

    [Fact]
    public async Task Another_account_owns_the_way_to_the_right_and_that_is_told_apart()
    {
        FakeRights directory = new();
        directory.AddUser("Anna", FakeRights.People, "user", Cast.Descriptor($"O:{Cast.Connector}G:DUD:(A;;RP;;;AU)").ToBytes());
        List<UserRights> each = new();
        RightsReport report = await Test(directory, new RightsOptions { EachUser = each.Add });
        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.True(Assert.Single(each).CouldGrantItself);
        Assert.Contains(report.Notes, note => note.Contains("could grant itself"));
    }

    [Fact]
    public async Task The_work_ends_when_it_is_stopped()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        FakeRights directory = new(Granted);
        directory.AddUser("Anna");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => WritebackRights.TestAsync(directory, new RightsOptions(), new FakeClock(), null, stop.Token));
    }

    private static CheckResult Check(RightsReport report, string id) => report.Checks.Single(check => check.Id == id);

    private static Task<RightsReport> Test(FakeRights directory, RightsOptions? options = null) =>
        WritebackRights.TestAsync(directory, options ?? new RightsOptions(), new FakeClock(), null, CancellationToken.None);
}
