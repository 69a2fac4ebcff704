using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Tests.Writeback.Rights;

public class WritebackGrantTests
{
    [Fact]
    public async Task Exactly_what_is_missing_is_added_and_everything_else_stays()
    {
        FakeRights directory = new();
        GrantPlan plan = await Plan(directory);
        Assert.Null(plan.Refusal);
        GrantStep step = Assert.Single(plan.Steps);
        Assert.Equal(FakeRights.Root, step.DistinguishedName);
        Assert.Equal(UserJudge.Required, step.Rights);
        Assert.Equal(3, step.Added.Count);
        Assert.All(step.Added, entry => Assert.Contains(Cast.Connector.ToString(), entry));
        Assert.Equal(step.Before + string.Concat(step.Added), step.After);
        Assert.Empty(directory.Writes);

        byte[][] before = directory.Now(FakeRights.Root).Dacl!.Select(ace => ace.ToBytes()).ToArray();
        GrantUndo undo = WritebackGrant.UndoOf(plan, new FakeClock());
        GrantResult result = Assert.Single(await WritebackGrant.RunAsync(directory, plan, CancellationToken.None));
        Assert.Equal(GrantStatus.Done, result.Status);
        byte[][] after = directory.Now(FakeRights.Root).Dacl!.Select(ace => ace.ToBytes()).ToArray();
        Assert.All(before, entry => Assert.Contains(after, kept => kept.SequenceEqual(entry)));
        Assert.Equal(before.Length + 3, after.Length);

        directory.AddUser("Anna");
        Assert.True((await Plan(directory)).Steps.Count == 0);
        directory.Put(FakeRights.People, "organizationalUnit", "D:AI" + string.Concat(
            directory.Now(FakeRights.Root).Dacl!.Select(ace => Inheritance.Pass(ace, Guid.Empty)).OfType<Ace>().Select(Sddl.Entry)));
        directory.AddUser("Bob");
        RightsReport report = await WritebackRights.TestAsync(
            directory, new RightsOptions { SearchBases = new[] { FakeRights.People } }, new FakeClock(), null, CancellationToken.None);
        Assert.Equal(1, report.Served);

        GrantResult undone = Assert.Single(await WritebackGrant.UndoAsync(directory, undo, CancellationToken.None));
        Assert.Equal(GrantStatus.Done, undone.Status);
        Assert.True(EntrySet.Same(
            directory.Now(FakeRights.Root), Cast.Descriptor(FakeRights.DefaultRoot)));
        Assert.Equal(
            GrantStatus.Unchanged, Assert.Single(await WritebackGrant.UndoAsync(directory, undo, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task Unexpire_goes_on_the_domain_where_it_counts_on_the_domain_itself()
    {
        FakeRights directory = new(FakeRights.DefaultRoot.Replace("(OA;;CR;{unexpire};;AU)", "(OA;CIIO;CR;{unexpire};;C)"));
        GrantPlan plan = await Plan(directory, new GrantOptions { Containers = new[] { FakeRights.People } });
        Assert.Equal(new[] { FakeRights.People, FakeRights.Root }, plan.Steps.Select(step => step.DistinguishedName));
        Assert.Equal(DirectoryRight.UnexpirePassword, Assert.Single(plan.Steps[1].Rights));
        Assert.StartsWith("(OA;CI;CR;ccc2dc7d", Assert.Single(plan.Steps[1].Added), StringComparison.Ordinal);
        Assert.All(await WritebackGrant.RunAsync(directory, plan, default), result => Assert.Equal(GrantStatus.Done, result.Status));
        Assert.Equal(
            RightOutcome.Granted,
            Cast.Ask(directory.Now(FakeRights.Root), DirectoryRight.UnexpirePassword, classId: DirectoryIds.DomainClass).Outcome);
    }

    [Fact]
    public async Task New_entries_stand_before_the_inherited_ones_in_order()
    {
        FakeRights directory = new();
        directory.Put(FakeRights.People, "organizationalUnit", "D:AI(D;;CC;;;X)(A;;RP;;;X)(A;CIID;RP;;;AU)(D;CIID;DC;;;X)");
        GrantStep step = Assert.Single((await Plan(directory, new GrantOptions { Containers = new[] { FakeRights.People } })).Steps);
        SecurityDescriptor after = SecurityDescriptorTests.Read(step.DescriptorAfter);
        Assert.True(after.IsInOrder);
        Assert.Equal(7, after.Dacl!.Count);
        Assert.Equal(new[] { 2, 3, 4 }, Enumerable.Range(0, 7).Where(i => after.Dacl[i].IsObject));
        Assert.Null(after.Owner);
    }

    [Fact]
    public async Task What_is_there_is_not_added_again_and_what_an_administrator_has_counts_as_missing()
    {
        FakeRights express = new(FakeRights.DefaultRoot + "(OA;CIIO;RPWP;;{user};C)(OA;CIIO;CR;{reset};{user};C)");
        Assert.True((await Plan(express)).IsEmpty);
        FakeRights administrator = new()
        {
            Token = Cast.Token() with
            {
                Parts = new[] { new TokenPart { Sid = WellKnown.Administrators, Origin = TokenOrigin.Group } },
            },
        };
        Assert.Equal(3, Assert.Single((await Plan(administrator)).Steps).Added.Count);
        GrantStep both = Assert.Single((await Plan(express, new GrantOptions { InetOrgPerson = true })).Steps);
        Assert.Equal(3, both.Added.Count);
        Assert.All(both.Added, entry => Assert.Contains("4828cc14-1437-45bc-9b07-ad6f015e5f28", entry));
    }

    [Theory]
    [InlineData("CN=AdminSDHolder,CN=System," + FakeRights.Root)]
    [InlineData("cn=System," + FakeRights.Root)]
    [InlineData("CN=Anything,CN=Policies,CN=SYSTEM," + FakeRights.Root)]
    [InlineData("OU=People,DC=fabrikam,DC=com")]
    [InlineData("CN=Alias," + FakeRights.Root)]
    [InlineData("CN=Anna," + FakeRights.Root)]
    public async Task Some_objects_are_never_a_target(string name)
    {
        FakeRights directory = new();
        directory.Put("CN=AdminSDHolder,CN=System," + FakeRights.Root, "container", FakeRights.AdminHolder);
        directory.Put("CN=Anna," + FakeRights.Root, "user", Cast.UserDefault);
        directory.Alias("CN=Alias," + FakeRights.Root, "CN=AdminSDHolder,CN=System," + FakeRights.Root);
        GrantPlan plan = await Plan(directory, new GrantOptions { Containers = new[] { FakeRights.People, name } });
        Assert.Equal("GrantTargetRefused", plan.Refusal!.Id);
        Assert.Empty(plan.Steps);
        Assert.Equal(
            "GrantTargetRefused",
            (await Assert.ThrowsAsync<PasswordOpsException>(() => WritebackGrant.RunAsync(directory, plan, default))).Id);
        Assert.Empty(directory.Writes);
    }

    [Theory]
    [InlineData("D:(A;;RP;;;X)(D;;CC;;;X)", "GrantListOutOfOrder")]
    [InlineData("D:(OD;CIIO;CR;{reset};{user};G)", "GrantDenied")]
    [InlineData("D:(OD;CIIOID;CR;{reset};{user};G)", "GrantDenied")]
    [InlineData(null, "GrantListNotReadable")]
    public async Task Where_it_would_not_help_nothing_is_planned(string? list, string id)
    {
        FakeRights directory = new();
        directory.Put(FakeRights.People, "organizationalUnit", list);
        GrantPlan plan = await Plan(directory, new GrantOptions { Containers = new[] { FakeRights.People } });
        Assert.Equal(id, plan.Refusal!.Id);
        Assert.Empty(plan.Steps);
        if (id == "GrantDenied")
        {
            Assert.Contains("Password Writers", plan.Refusal.Message);
        }
    }

    [Fact]
    public async Task A_full_list_is_refused()
    {
        FakeRights directory = new();
        Ace[] many = Enumerable.Range(0, 1819).Select(i => Ace.Of(
            AceType.Allow, AceFlags.None, AccessMask.ReadProperty, null, null, Cast.Domain.Member((uint)i))).ToArray();
        directory.PutBytes(FakeRights.People, "organizationalUnit", SecurityDescriptor.Of(Cast.Stranger, null, many).ToBytes());
        GrantPlan plan = await Plan(directory, new GrantOptions { Containers = new[] { FakeRights.People } });
        Assert.Equal("GrantListTooLong", plan.Refusal!.Id);
    }

    [Fact]
    public async Task A_condition_that_may_stand_in_the_way_is_told()
    {
        FakeRights directory = new();
        Ace conditional = Ace.Of(
            AceType.DenyConditional, AceFlags.ContainerInherit, AccessMask.ControlAccess, null, null, WellKnown.Everyone,
            new byte[] { 0x61, 0x72, 0x74, 0x78 });
        directory.PutBytes(
            FakeRights.People, "organizationalUnit", SecurityDescriptor.Of(Cast.Stranger, null, new[] { conditional }).ToBytes());
        GrantPlan plan = await Plan(directory, new GrantOptions { Containers = new[] { FakeRights.People } });
        Assert.Null(plan.Refusal);
        Assert.Contains(plan.Notes, note => note.Contains("Reset Password") && note.Contains("condition"));
    }

    [Fact]
    public async Task A_list_that_changed_since_is_not_written()
    {
        FakeRights directory = new();
        GrantPlan plan = await Plan(directory);
        directory.Put(FakeRights.Root, "domainDNS", FakeRights.DefaultRoot + "(A;;RP;;;X)");
        GrantResult result = Assert.Single(await WritebackGrant.RunAsync(directory, plan, default));
        Assert.Equal((GrantStatus.Failed, "GrantListChanged"), (result.Status, result.Error!.Id));
        Assert.Empty(directory.Writes);

        FakeRights other = new();
        plan = await Plan(other);
        GrantUndo undo = WritebackGrant.UndoOf(plan, new FakeClock());
        await WritebackGrant.RunAsync(other, plan, default);
        other.Put(FakeRights.Root, "domainDNS", FakeRights.DefaultRoot + FakeRights.Grants + "(A;;RP;;;X)");
        GrantResult undone = Assert.Single(await WritebackGrant.UndoAsync(other, undo, default));
        Assert.Equal((GrantStatus.Failed, "GrantListChanged"), (undone.Status, undone.Error!.Id));
        Assert.Single(other.Writes);
    }

    [Fact]
    public async Task What_is_read_back_is_believed_and_not_what_was_answered()
    {
        FakeRights lying = new() { BeforeWrite = (_, bytes) => Cast.Descriptor("D:(A;;RP;;;AU)").ToBytes() };
        GrantResult result = Assert.Single(await WritebackGrant.RunAsync(lying, await Plan(lying), default));
        Assert.Equal((GrantStatus.Uncertain, "GrantNotAsWritten"), (result.Status, result.Error!.Id));

        FakeRights refusing = new()
        {
            WriteFails = new PasswordOpsException("AdRightsMissing", ErrorKind.PermissionDenied, "No right.", "Ask."),
        };
        result = Assert.Single(await WritebackGrant.RunAsync(refusing, await Plan(refusing), default));
        Assert.Equal((GrantStatus.Failed, "AdRightsMissing"), (result.Status, result.Error!.Id));

        FakeRights silent = new()
        {
            WriteFails = new PasswordOpsException("AdTimeout", ErrorKind.Timeout, "No answer.", "Look.") { MayHaveHappened = true },
        };
        result = Assert.Single(await WritebackGrant.RunAsync(silent, await Plan(silent), default));
        Assert.Equal((GrantStatus.Failed, "AdTimeout"), (result.Status, result.Error!.Id));
    }

    [Fact]
    public async Task A_record_that_somebody_altered_can_grant_nothing()
    {
        FakeRights directory = new();
        GrantPlan plan = await Plan(directory);
        GrantUndo undo = WritebackGrant.UndoOf(plan, new FakeClock());
        await WritebackGrant.RunAsync(directory, plan, default);
        GrantUndoStep step = undo.Steps[0];
        string more = Convert.ToBase64String(Cast.Descriptor(FakeRights.DefaultRoot + "(A;;GA;;;X)").ToBytes());
        foreach (GrantUndo bad in new[]
        {
            undo with { Version = 2 },
            undo with { Domain = "DC=fabrikam,DC=com" },
            undo with { Steps = new[] { step with { DescriptorBefore = more } } },
            undo with { Steps = new[] { step with { DescriptorBefore = step.DescriptorAfter } } },
            undo with { Steps = new[] { step with { DescriptorBefore = "no base" } } },
            undo with { Steps = new[] { step with { DescriptorAfter = "AAAA" } } },
        })
        {
            PasswordOpsException refused = await Assert.ThrowsAsync<PasswordOpsException>(
                () => WritebackGrant.UndoAsync(directory, bad, default));
            Assert.Equal("GrantUndoInvalid", refused.Id);
        }

        PasswordOpsException holder = await Assert.ThrowsAsync<PasswordOpsException>(() => WritebackGrant.UndoAsync(
            directory, undo with { Steps = new[] { step with { DistinguishedName = "CN=AdminSDHolder,CN=System," + FakeRights.Root } } },
            default));
        Assert.Equal("GrantTargetRefused", holder.Id);
        Assert.Single(directory.Writes);
    }

    [Fact]
    public async Task Without_one_certain_account_nothing_is_planned()
    {
        FakeRights directory = new();
        Assert.Equal("ConnectorNotFound", (await Refused(directory, new GrantOptions { Account = "nobody" })).Id);
        directory.Accounts.Add(FakeRights.Account with { SamAccountName = "MSOL_2" });
        Assert.Equal("ConnectorAmbiguous", (await Refused(directory, new GrantOptions())).Id);
        Assert.Equal("MSOL_2", (await Plan(directory, new GrantOptions { Account = "MSOL_2" })).Account.SamAccountName);
    }

    private static Task<PasswordOpsException> Refused(FakeRights directory, GrantOptions options) =>
        Assert.ThrowsAsync<PasswordOpsException>(() => Plan(directory, options));

    private static Task<GrantPlan> Plan(FakeRights directory, GrantOptions? options = null) =>
        WritebackGrant.PlanAsync(directory, options ?? new GrantOptions(), CancellationToken.None);
}
