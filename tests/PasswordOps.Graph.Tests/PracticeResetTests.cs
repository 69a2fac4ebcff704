#if NET
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Graph.Tests;

/// <summary>Passwords, roles and tokens over real HTTPS, also while they change under a run.</summary>
public sealed class PracticeResetTests : IClassFixture<PracticeProcess>
{
    private const string App = "PasswordOps%20no%20role";
    private const string Good = "Kr8:Zwaluw-en-Wolk";

    private readonly PracticeProcess tenant;

    public PracticeResetTests(PracticeProcess tenant)
    {
        this.tenant = tenant;
    }

    [Fact]
    public async Task Each_of_many_passwords_is_set_or_told_why_not()
    {
        using IConnection connection = await ConnectAsync("PasswordOps full");
        (string Name, string Password, string? Error)[] rows =
        {
            ("adele", Good, null), ("o'brien", Good, null), ("dirk", "abc", "PasswordTooWeak"), ("bram", Good, "UserMasteredOnPremises"),
            ("elsa", Good, "PasswordRejected"), ("rhea", Good, "RestrictedManagement"), ("uma", Good, null),
        };
        string guest = "gita_fabrikam.com#EXT#@contoso.onmicrosoft.com";
        PasswordWrite[] writes = rows
            .Select(row => new PasswordWrite(
                tenant.Person(row.Name + "@contoso.com"), new Password(row.Password.ToCharArray()), ForceChange.Yes))
            .Append(new PasswordWrite(tenant.Person(guest), new Password(Good.ToCharArray()), ForceChange.Yes))
            .ToArray();

        IReadOnlyList<WriteOutcome> outcomes = await connection.Directory.SetPasswordsAsync(writes, CancellationToken.None);

        Assert.Equal(
            rows.Select(row => row.Name + " " + row.Error).Append("gita PasswordMasteredElsewhere"),
            rows.Select(row => row.Name).Append("gita").Select((name, i) => name + " " + outcomes[i].Error?.Id));
        Assert.True(await tenant.HasPasswordAsync("adele@contoso.com", Good, "cloud"));
        Assert.False(await tenant.HasPasswordAsync("bram@contoso.com", Good, "cloud"));
    }

    [Fact]
    public async Task Eligible_roles_are_found_also_through_a_group_until_they_are_active()
    {
        using IConnection connection = await ConnectAsync("PasswordOps reader");
        string elin = tenant.Person("elin@contoso.com");
        string axel = tenant.Person("axel@contoso.com");

        IReadOnlyList<HeldRole> throughGroup = await connection.Directory.GetEligibleRolesAsync(elin, CancellationToken.None);
        IReadOnlyList<HeldRole> active = await connection.Directory.GetEligibleRolesAsync(axel, CancellationToken.None);
        IReadOnlyList<HeldRole> own =
            await connection.Directory.GetEligibleRolesAsync(tenant.Person("helena@contoso.com"), CancellationToken.None);

        Assert.Equal("User Administrator", Assert.Single(throughGroup).Name);
        Assert.Empty(active);
        Assert.Equal("Privileged Authentication Administrator", Assert.Single(own).Name);
        Assert.True(own[0].IsTenantWide);
    }

    [Fact]
    public async Task A_transferred_user_is_told_from_a_synced_one()
    {
        using IConnection full = await ConnectAsync("PasswordOps full");
        using IConnection reader = await ConnectAsync("PasswordOps reader");
        string[] ids = { tenant.Person("sanne@contoso.com"), tenant.Person("bram@contoso.com") };

        IReadOnlyList<Reading<bool>> read = await full.Directory.GetCloudManagedAsync(ids, CancellationToken.None);
        Reading<bool> refused = (await reader.Directory.GetCloudManagedAsync(ids, CancellationToken.None))[0];

        Assert.True(read[0].Value);
        Assert.False(read[1].Value);
        Assert.Equal("PermissionMissing", refused.Error!.Id);
        Assert.Contains("User-OnPremisesSyncBehavior.ReadWrite.All", refused.Error.Message);
    }

    [Fact]
    public async Task A_deleted_user_is_found_in_the_bin_by_name_and_by_id()
    {
        using IConnection connection = await ConnectAsync("PasswordOps reader");
        UserIdentity[] asked =
        {
            new("della@contoso.com"), new(tenant.Former("della@contoso.com")), new("ghost@contoso.com"),
        };

        IReadOnlyList<Reading<DirectoryUser>> read = await connection.Directory.GetUsersAsync(asked, CancellationToken.None);

        Assert.Equal(new[] { "UserDeleted", "UserDeleted", "UserNotFound" }, read.Select(one => one.Error!.Id));
        Assert.Contains("can be restored until", read[0].Error!.Message);
        Assert.Contains(tenant.Former("della@contoso.com"), read[0].Error!.Advice);
    }

    [Fact]
    public async Task A_person_changes_the_own_password_and_sessions_can_be_ended()
    {
        using IConnection admin = await ConnectAsync("PasswordOps full");
        string nora = tenant.Person("nora@contoso.com");
        using Password first = new("Tussen-9-en-Elf!".ToCharArray());
        using Password next = new(Good.ToCharArray());
        using Password weak = new("abc".ToCharArray());
        Assert.True((await admin.Directory.SetPasswordsAsync(
            new[] { new PasswordWrite(nora, first, ForceChange.No) }, CancellationToken.None))[0].Succeeded);
        using IConnection connection = await new GraphSignIn().ConnectAsync(
            tenant.WithDeviceCode(),
            prompt => _ = tenant.ControlAsync($"devicecode/approve?user_code={prompt.UserCode}&user=nora@contoso.com"),
            CancellationToken.None);

        Assert.Equal("PasswordRejected", await RefusalAsync(connection.Directory.ChangeOwnPasswordAsync(next, first, default)));
        Assert.Equal("PasswordRejected", await RefusalAsync(connection.Directory.ChangeOwnPasswordAsync(first, weak, default)));
        Assert.NotNull(await connection.Directory.ChangeOwnPasswordAsync(first, next, default));
        Assert.Equal("AppOnlyNotSupported", await RefusalAsync(admin.Directory.ChangeOwnPasswordAsync(first, next, default)));

        Assert.True(await tenant.HasPasswordAsync("nora@contoso.com", Good, "cloud"));
        IReadOnlyList<WriteOutcome> ended = await admin.Directory.RevokeSessionsAsync(new[] { nora, "ghost" }, CancellationToken.None);
        Assert.True(ended[0].Succeeded);
        Assert.Equal("UserNotFound", ended[1].Error!.Id);
    }

    [Theory]
    [InlineData("tokens/expire")]
    [InlineData("tokens/expire?challenge=true")]
    public async Task A_token_that_ends_in_a_run_is_renewed(string control)
    {
        using IConnection connection = await ConnectAsync("PasswordOps full");
        await tenant.OrderAsync(control);

        IReadOnlyList<Reading<DirectoryUser>> read =
            await connection.Directory.GetUsersAsync(new[] { new UserIdentity("adele@contoso.com") }, CancellationToken.None);
        await tenant.OrderAsync(control);
        Reading<ITenantStandings> many = await connection.Directory.GetTenantStandingsAsync(CancellationToken.None);

        Assert.True(read[0].IsKnown);
        Assert.True(many.IsKnown);
    }

    [Fact]
    public async Task A_role_that_is_taken_away_in_a_run_is_told_as_missing()
    {
        await tenant.OrderAsync($"roles/assign?principal={App}&role=User%20Administrator");
        using IConnection connection = await ConnectAsync("PasswordOps no role");
        using Password password = new(Good.ToCharArray());
        PasswordWrite write = new(tenant.Person("tariq@contoso.com"), password, ForceChange.Yes);

        WriteOutcome before = (await connection.Directory.SetPasswordsAsync(new[] { write }, CancellationToken.None))[0];
        await tenant.OrderAsync("roles/remove?principal=" + App);
        WriteOutcome after = (await connection.Directory.SetPasswordsAsync(new[] { write }, CancellationToken.None))[0];

        Assert.True(before.Succeeded, before.Error?.Id);
        Assert.Equal("RoleMissing", after.Error!.Id);
        Assert.False(after.Error.MayHaveHappened);
    }

    [Fact]
    public async Task A_user_who_vanishes_between_plan_and_run_is_not_found()
    {
        using IConnection connection = await ConnectAsync("PasswordOps full");
        string mona = tenant.Person("mona@contoso.com");
        Assert.True((await connection.Directory.GetUsersAsync(new[] { new UserIdentity(mona) }, CancellationToken.None))[0].IsKnown);
        using Password password = new(Good.ToCharArray());

        await tenant.OrderAsync("users/mona@contoso.com/delete");
        WriteOutcome outcome = (await connection.Directory.SetPasswordsAsync(
            new[] { new PasswordWrite(mona, password, ForceChange.Yes) }, CancellationToken.None))[0];

        Assert.Equal("UserNotFound", outcome.Error!.Id);
        Assert.False(outcome.Error.MayHaveHappened);
    }

    private static async Task<string> RefusalAsync(Task work) => (await Assert.ThrowsAsync<PasswordOpsException>(() => work)).Id;

    private Task<IConnection> ConnectAsync(string app) =>
        new GraphSignIn().ConnectAsync(tenant.WithSecret(app), _ => { }, CancellationToken.None);
}
#endif
