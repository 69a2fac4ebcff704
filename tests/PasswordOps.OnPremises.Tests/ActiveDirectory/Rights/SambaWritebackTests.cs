using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Writeback.Rights;
using PasswordOps.SambaDomain;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory.Rights;

/// <summary>Rights of sync engines in a real domain: judged as a whole, granted, and taken back.</summary>
[Collection(RightsCollection.Name)]
public class SambaWritebackTests
{
    private readonly RightsFixture fixture;

    public SambaWritebackTests(RightsFixture fixture)
    {
        this.fixture = fixture;
    }

    private string Writeback => "OU=Writeback," + fixture.BaseDn;

    [SkippableTheory]
    [InlineData(
        "svc-narrow",
        "wb-admin Protected, wb-anna None, wb-below NoEntry, wb-ben None, wb-blocked InheritanceBlocked, wb-denied Denied,"
        + " wb-legacy None, wb-nested NoEntry, wb-other OtherClass")]
    [InlineData(
        "svc-nested",
        "wb-admin Protected, wb-anna NoEntry, wb-below NoEntry, wb-ben NoEntry, wb-blocked InheritanceBlocked, wb-denied Denied,"
        + " wb-legacy None, wb-nested None, wb-other NoEntry")]
    [InlineData(
        "MSOL_0123456789ab",
        "wb-admin Protected, wb-anna None, wb-below NoEntry, wb-ben None, wb-blocked InheritanceBlocked, wb-denied Denied,"
        + " wb-legacy None, wb-nested None, wb-other OtherClass")]
    public async Task Each_user_is_told_apart_by_what_stands_in_the_way_and_the_domain_controller_agrees(string caller, string expected)
    {
        Dictionary<string, UserRights> users = new();
        using IDirectoryRights rights = await fixture.OpenAsync("svc-none");
        RightsReport report = await WritebackRights.TestAsync(
            rights,
            new RightsOptions
            {
                Account = caller, SearchBases = new[] { Writeback }, All = true, EachUser = user => users.Add(Name(user), user),
            },
            SystemClock.Instance, null, CancellationToken.None);
        Assert.Equal(expected, string.Join(", ", users.OrderBy(user => user.Key).Select(user => $"{user.Key} {user.Value.Obstacle}")));
        Assert.Equal((9, true, caller), (report.Users, report.IsComplete, report.Account!.SamAccountName));
        Assert.Equal(users.Values.Count(user => user.Obstacle == UserObstacle.None), report.Served);
        Assert.Contains(
            report.Rights,
            row => row is { Right: DirectoryRight.UnexpirePassword, Outcome: RightOutcome.Granted } && row.StandsOn == fixture.BaseDn);

        using SambaLine line = new(fixture.Domain, caller);
        foreach ((string name, UserRights user) in users)
        {
            RightVerdict reset = user.Rights.Single(right => right.Right == DirectoryRight.ResetPassword);
            Assert.True(
                line.TryReset(user.DistinguishedName) == (reset.Outcome == RightOutcome.Granted), $"{name}: {reset.Outcome} {reset.Entry}");
        }
    }

    [SkippableFact]
    public async Task An_inherited_right_is_told_with_the_object_that_its_entry_stands_on_and_the_group_it_is_held_by()
    {
        using IDirectoryRights rights = await fixture.OpenAsync();
        string unit = "OU=Nested," + Writeback;
        RightsReport report = await WritebackRights.TestAsync(
            rights, new RightsOptions { Account = "svc-nested", SearchBases = new[] { unit } }, SystemClock.Instance, null,
            CancellationToken.None);
        RightRow reset = Assert.Single(
            report.Rights, row => row is { Right: DirectoryRight.ResetPassword, Basis: RightBasis.Users });
        Assert.Equal((RightOutcome.Granted, unit, 1), (reset.Outcome, reset.StandsOn, reset.Granted));
        Assert.Contains("Writers Outer", reset.Trustee);
        Assert.Contains("00299570-246d-11d0-a768-00aa006e0529", reset.Decided!.Entry);
    }

    [SkippableFact]
    public async Task The_account_of_an_express_installation_is_found_by_itself()
    {
        using IDirectoryRights rights = await fixture.OpenAsync();
        RightsReport report = await WritebackRights.TestAsync(
            rights, new RightsOptions { SearchBases = new[] { Writeback } }, SystemClock.Instance, null, CancellationToken.None);
        Assert.Equal("MSOL_0123456789ab", report.Account!.SamAccountName);
    }

    [SkippableFact]
    public async Task A_grant_adds_what_is_missing_once_works_and_is_taken_back()
    {
        RunningDomain domain = fixture.Domain;
        string unit = "OU=Granted," + fixture.BaseDn;
        domain.AddUsers(unit, new[] { "granted0", "granted1" }, _ => null);
        string user = "CN=granted0," + unit;
        GrantOptions options = new() { Account = "svc-none", Containers = new[] { unit } };
        using IDirectoryRights rights = await fixture.OpenAsync();
        using SambaLine line = new(domain, "svc-none");
        Assert.False(line.TryReset(user));

        GrantPlan plan = await WritebackGrant.PlanAsync(rights, options, CancellationToken.None);
        GrantStep step = Assert.Single(plan.Steps);
        Assert.Equal((unit, 3), (step.DistinguishedName, step.Added.Count));
        GrantUndo undo = WritebackGrant.UndoOf(plan, SystemClock.Instance);
        string before = domain.Read(unit, "nTSecurityDescriptor")!;
        GrantResult result = Assert.Single(await WritebackGrant.RunAsync(rights, plan, CancellationToken.None));
        Assert.Equal(GrantStatus.Done, result.Status);
        Assert.True((await WritebackGrant.PlanAsync(rights, options, CancellationToken.None)).IsEmpty);
        Assert.True(line.TryReset(user));

        // A plan of before does nothing a second time.
        Assert.Equal(GrantStatus.Unchanged, Assert.Single(await WritebackGrant.RunAsync(rights, plan, CancellationToken.None)).Status);

        Assert.Equal(GrantStatus.Done, Assert.Single(await WritebackGrant.UndoAsync(rights, undo, CancellationToken.None)).Status);
        Assert.False(line.TryReset(user));
        Assert.Equal(before, domain.Read(unit, "nTSecurityDescriptor"));
        Assert.Equal(GrantStatus.Unchanged, Assert.Single(await WritebackGrant.UndoAsync(rights, undo, CancellationToken.None)).Status);
    }

    [SkippableFact]
    public async Task A_grant_without_the_right_to_write_permissions_writes_nothing_and_says_so()
    {
        string unit = "OU=Refused," + fixture.BaseDn;
        fixture.Domain.AddUsers(unit, new[] { "refused0" }, _ => null);
        using IDirectoryRights rights = await fixture.OpenAsync("svc-none");
        GrantPlan plan = await WritebackGrant.PlanAsync(
            rights, new GrantOptions { Account = "svc-none", Containers = new[] { unit } }, CancellationToken.None);
        string before = fixture.Domain.Read(unit, "nTSecurityDescriptor")!;
        GrantResult result = Assert.Single(await WritebackGrant.RunAsync(rights, plan, CancellationToken.None));
        Assert.Equal((GrantStatus.Failed, "AdRightsMissing"), (result.Status, result.Error!.Id));
        Assert.Equal(before, fixture.Domain.Read(unit, "nTSecurityDescriptor"));
    }

    [SkippableFact]
    public async Task A_grant_to_a_managed_service_account_on_the_domain_reaches_users_of_both_classes()
    {
        using IDirectoryRights rights = await fixture.OpenAsync();
        GrantOptions options = new() { Account = "svc-gmsa$", InetOrgPerson = true };
        GrantPlan plan = await WritebackGrant.PlanAsync(rights, options, CancellationToken.None);
        Assert.Equal(fixture.BaseDn, Assert.Single(plan.Steps).DistinguishedName);
        GrantUndo undo = WritebackGrant.UndoOf(plan, SystemClock.Instance);
        Assert.Equal(GrantStatus.Done, Assert.Single(await WritebackGrant.RunAsync(rights, plan, CancellationToken.None)).Status);
        Dictionary<string, UserRights> users = new();
        await WritebackRights.TestAsync(
            rights,
            new RightsOptions
            {
                Account = "svc-gmsa$", SearchBases = new[] { Writeback }, All = true, EachUser = user => users.Add(Name(user), user),
            },
            SystemClock.Instance, null, CancellationToken.None);
        Assert.Equal((UserObstacle.None, UserObstacle.None), (users["wb-anna"].Obstacle, users["wb-other"].Obstacle));
        Assert.Equal(UserObstacle.InheritanceBlocked, users["wb-blocked"].Obstacle);
        Assert.Equal(GrantStatus.Done, Assert.Single(await WritebackGrant.UndoAsync(rights, undo, CancellationToken.None)).Status);
    }

    [SkippableFact]
    public async Task AdminSDHolder_is_never_granted_on()
    {
        using IDirectoryRights rights = await fixture.OpenAsync();
        GrantPlan plan = await WritebackGrant.PlanAsync(
            rights,
            new GrantOptions { Account = "svc-none", Containers = new[] { "CN=AdminSDHolder,CN=System," + fixture.BaseDn } },
            CancellationToken.None);
        Assert.Equal("GrantTargetRefused", plan.Refusal!.Id);
    }

    private static string Name(UserRights user) => user.DistinguishedName.Split(',')[0].Substring(3);
}
