#if NET
using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;
using PasswordOps.Core.SignIn;
using PasswordOps.Graph.SignIn;

namespace PasswordOps.Graph.Tests;

/// <summary>The adapter as it is, over real HTTPS, against a practice tenant.</summary>
public sealed class PracticeTests : IClassFixture<PracticeProcess>
{
    private readonly PracticeProcess tenant;

    public PracticeTests(PracticeProcess tenant)
    {
        this.tenant = tenant;
    }

    [Fact]
    public async Task An_application_signs_in_with_its_secret()
    {
        using IConnection connection = await ConnectAsync(tenant.WithSecret("PasswordOps full"));

        Assert.Equal(tenant.Tenant, connection.Context.TenantId);
        Assert.Equal("Contoso", connection.Context.TenantName);
        Assert.True(connection.Context.IsAppOnly);
        Assert.Contains("User.ReadWrite.All", connection.Context.Permissions);
        Assert.Equal("Privileged Authentication Administrator", Assert.Single(connection.Context.Standing.Value.Roles).Name);
    }

    [Fact]
    public async Task An_application_signs_in_with_its_certificate()
    {
        JsonElement app = tenant.App("PasswordOps full");
        using X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12FromFile(
            app.GetProperty("certificateFile").GetString()!, app.GetProperty("certificatePassword").GetString());

        using IConnection connection = await ConnectAsync(tenant.WithCertificate("PasswordOps full", certificate));

        Assert.Equal(app.GetProperty("appId").GetString(), connection.Context.ClientId);
    }

    [Fact]
    public async Task A_person_signs_in_with_a_device_code()
    {
        using IConnection connection = await ConnectAsAsync("helena@contoso.com");

        Assert.Equal("helena@contoso.com", connection.Context.Account);
        Assert.False(connection.Context.IsAppOnly);
        Assert.Equal("Helpdesk Administrator", Assert.Single(connection.Context.Standing.Value.Roles).Name);
    }

    [Fact]
    public async Task A_wrong_an_expired_and_a_foreign_way_in_have_their_own_ids()
    {
        Assert.Equal("SignInSecretWrong", (await RefusalAsync(tenant.WithSecret("PasswordOps full", secret: "wrong"))).Id);
        Assert.Equal("SignInSecretExpired", (await RefusalAsync(tenant.WithSecret("PasswordOps expired"))).Id);
        Assert.Equal("SignInTenantUnknown", (await RefusalAsync(tenant.WithSecret("PasswordOps full", tenant: "nowhere.example"))).Id);
    }

    [Fact]
    public async Task Without_its_authority_a_practice_tenant_is_not_trusted()
    {
        SignInOptions options = new()
        {
            Kind = SignInKind.ClientSecret,
            Cloud = tenant.Cloud,
            TenantId = tenant.Tenant,
            ClientId = tenant.App("PasswordOps full").GetProperty("appId").GetString(),
            ClientSecret = FakeService.Secure("secret"),
        };

        PasswordOpsException failure = await RefusalAsync(options);

        Assert.Equal("SignInNoNetwork", failure.Id);
        Assert.Contains("certificate", failure.Message);
    }

    [Fact]
    public async Task Users_with_difficult_names_are_found()
    {
        using IConnection connection = await ConnectAsync(tenant.WithSecret("PasswordOps reader"));
        string[] names =
            { "bram@contoso.com", "gita_fabrikam.com#EXT#@contoso.onmicrosoft.com", "o'brien@contoso.com", "ghost@contoso.com" };

        IReadOnlyList<Reading<DirectoryUser>> users =
            await connection.Directory.GetUsersAsync(names.Select(name => new UserIdentity(name)).ToArray(), CancellationToken.None);

        Assert.Equal(names.Take(3), users.Take(3).Select(user => user.Value.UserPrincipalName));
        Assert.True(users[0].Value.OnPremisesSyncEnabled);
        Assert.True(users[1].Value.IsGuest);
        Assert.Equal("UserNotFound", users[3].Error!.Id);
    }

    [Fact]
    public async Task Everything_that_checks_ask_for_can_be_read()
    {
        using IConnection connection = await ConnectAsync(tenant.WithSecret("PasswordOps reader"));
        IDirectory directory = connection.Directory;
        string[] ids = { tenant.Person("nora@contoso.com"), tenant.Person("bram@contoso.com") };

        Assert.All(await directory.GetContactDataAsync(ids, CancellationToken.None), one => Assert.NotNull(one.Value));
        Assert.All(await directory.GetLicensesAsync(ids, CancellationToken.None), one => Assert.NotNull(one.Value));
        Assert.All(
            await directory.GetRegistrationsAsync(ids, CancellationToken.None),
            one => Assert.Equal(one.Value.Id, ids.First(id => id == one.Value.Id)));
        Assert.Equal("Contoso", (await directory.GetOrganizationAsync(CancellationToken.None)).DisplayName);
        Assert.Contains(await directory.GetDomainsAsync(CancellationToken.None), domain => domain.Name == "contoso.com");
        Assert.NotEmpty(await directory.GetSubscribedSkusAsync(CancellationToken.None));
        Assert.NotNull(await directory.GetSubscriptionsAsync(CancellationToken.None));
        Assert.NotNull(await directory.GetAdministratorSsprAsync(CancellationToken.None));
        Assert.NotEmpty((await directory.GetAuthenticationMethodsPolicyAsync(CancellationToken.None)).EnabledMethods);
    }

    [Fact]
    public async Task Standings_show_roles_groups_and_units_however_they_are_held()
    {
        using IConnection connection = await ConnectAsync(tenant.WithSecret("PasswordOps reader"));
        string[] names =
        {
            "uma@contoso.com", "grace@contoso.com", "kees@contoso.com", "bea@contoso.com", "silke@contoso.com", "rhea@contoso.com",
            "nora@contoso.com",
        };

        Standing[] standings = (await connection.Directory.GetStandingsAsync(names.Select(tenant.Person).ToArray(), CancellationToken.None))
            .Select(standing => standing.Value).ToArray();

        Assert.Equal("User Administrator", Assert.Single(standings[0].Roles).Name);
        Assert.Equal("Helpdesk Administrator", Assert.Single(standings[1].Roles).Name);
        Assert.Single(standings[2].RoleAssignableGroups);
        Assert.Empty(standings[2].Roles);
        Assert.False(Assert.Single(standings[3].Roles).IsTenantWide);
        Assert.Empty(standings[3].RestrictedRoleScopes);
        Assert.Equal(Assert.Single(standings[4].Roles).Scope, Assert.Single(standings[4].RestrictedRoleScopes));
        Assert.Single(standings[5].RestrictedUnits);
        Assert.Empty(standings[6].Roles);
    }

    [Fact]
    public async Task Contact_data_is_written_and_read_back()
    {
        using IConnection connection = await ConnectAsync(tenant.WithSecret("PasswordOps full"));
        string adele = tenant.Person("adele@contoso.com");

        await WriteAsync(connection, adele, ContactField.Mobile, WriteAction.Add, "+1 4255550110");
        await WriteAsync(connection, adele, ContactField.AlternateMobile, WriteAction.Add, "+1 4255550111");
        await WriteAsync(connection, adele, ContactField.Office, WriteAction.Add, "+1 4255550112x123");
        await WriteAsync(connection, adele, ContactField.Email, WriteAction.Add, "adele@fabrikam.com");
        await WriteAsync(connection, adele, ContactField.Office, WriteAction.Replace, "+1 4255550113");
        await WriteAsync(connection, adele, ContactField.Email, WriteAction.Replace, "adele.vance@fabrikam.com");
        await WriteAsync(connection, adele, ContactField.AlternateMobile, WriteAction.Remove, null);
        await WriteAsync(connection, adele, ContactField.Mobile, WriteAction.Add, "+1 4255550114", "RequestRejected", "MethodExists");

        ContactData data = (await connection.Directory.GetContactDataAsync(new[] { adele }, CancellationToken.None))[0].Value;

        Assert.Equal("+1 4255550110", data.Phones[PhoneType.Mobile]);
        Assert.False(data.Phones.ContainsKey(PhoneType.AlternateMobile));
        Assert.Equal("+1 4255550113", data.Phones[PhoneType.Office]);
        Assert.Equal("adele.vance@fabrikam.com", data.Email);
    }

    [Fact]
    public async Task A_profile_is_written_for_cloud_users_only()
    {
        using IConnection connection = await ConnectAsync(tenant.WithSecret("PasswordOps full"));
        ContactWrite[] writes = new[] { "dirk@contoso.com", "bram@contoso.com" }
            .Select(name => new ContactWrite(
                tenant.Person(name), ContactField.Office, ContactTarget.Profile, WriteAction.Replace, "+1 4255550120"))
            .ToArray();

        IReadOnlyList<WriteOutcome> outcomes = await connection.Directory.WriteContactDataAsync(writes, CancellationToken.None);

        Assert.True(outcomes[0].Succeeded);
        Assert.Equal("RequestRejected", outcomes[1].Error!.Id);
        JsonElement state = await tenant.ControlAsync("users/dirk@contoso.com/state");
        Assert.Equal("+1 4255550120", state.GetProperty("businessPhones")[0].GetString());
    }

    [Fact]
    public async Task Permission_and_role_that_are_missing_are_told_apart()
    {
        using IConnection reader = await ConnectAsync(tenant.WithSecret("PasswordOps reader"));
        using IConnection helpdesk = await ConnectAsAsync("helena@contoso.com");
        ContactWrite write = new(
            tenant.Person("tariq@contoso.com"), ContactField.Mobile, ContactTarget.AuthenticationMethods, WriteAction.Add, "+1 4255550130");

        PasswordOpsException permission = (await reader.Directory.WriteContactDataAsync(new[] { write }, CancellationToken.None))[0].Error!;
        PasswordOpsException role = (await helpdesk.Directory.WriteContactDataAsync(new[] { write }, CancellationToken.None))[0].Error!;

        Assert.Equal("PermissionMissing", permission.Id);
        Assert.Contains("UserAuthMethod-Phone.ReadWrite.All", permission.Message);
        Assert.Equal("RoleMissing", role.Id);
    }

    [Fact]
    public async Task A_cloud_password_is_set()
    {
        using IConnection connection = await ConnectAsync(tenant.WithSecret("PasswordOps full"));
        using Password password = new("Kr8:Zwaluw-en-Wolk".ToCharArray());
        using Password weak = new("abc".ToCharArray());
        string nora = tenant.Person("nora@contoso.com");

        WriteOutcome set = (await connection.Directory.SetPasswordsAsync(
            new[] { new PasswordWrite(nora, password, ForceChange.Yes) }, CancellationToken.None))[0];
        WriteOutcome tooWeak = (await connection.Directory.SetPasswordsAsync(
            new[] { new PasswordWrite(nora, weak, ForceChange.Yes) }, CancellationToken.None))[0];

        Assert.True(set.Succeeded);
        Assert.NotNull(set.RequestId);
        Assert.True(await tenant.HasPasswordAsync("nora@contoso.com", "Kr8:Zwaluw-en-Wolk", "cloud"));
        Assert.Equal("PasswordTooWeak", tooWeak.Error!.Id);
    }

    [Fact]
    public async Task A_synced_password_is_reset_and_followed_to_its_end()
    {
        using IConnection connection = await ConnectAsAsync("paul@contoso.com");
        using Password password = new("Kr8:Zwaluw-en-Wolk".ToCharArray());

        ResetOperation operation =
            await connection.Directory.StartPasswordResetAsync(tenant.Person("bram@contoso.com"), password, CancellationToken.None);
        ResetOperationState state;
        int looks = 0;
        do
        {
            await Task.Delay(200);
            state = await connection.Directory.GetPasswordResetAsync(operation, CancellationToken.None);
        }
        while (!state.Succeeded && !state.Failed && looks++ < 150);

        Assert.True(state.Succeeded, state.Status + " " + state.Detail);
        Assert.True(await tenant.HasPasswordAsync("bram@contoso.com", "Kr8:Zwaluw-en-Wolk", "onPremises"));
    }

    private static Task<IConnection> ConnectAsync(SignInOptions options) =>
        new GraphSignIn().ConnectAsync(options, _ => { }, CancellationToken.None);

    private Task<IConnection> ConnectAsAsync(string person) =>
        new GraphSignIn().ConnectAsync(
            tenant.WithDeviceCode(),
            prompt => _ = tenant.ControlAsync($"devicecode/approve?user_code={prompt.UserCode}&user={person}"),
            CancellationToken.None);

    private static Task<PasswordOpsException> RefusalAsync(SignInOptions options) =>
        Assert.ThrowsAsync<PasswordOpsException>(() => ConnectAsync(options));

    private static async Task WriteAsync(
        IConnection connection, string user, ContactField field, WriteAction action, string? value, params string[] expected)
    {
        ContactWrite write = new(user, field, ContactTarget.AuthenticationMethods, action, value);
        PasswordOpsException? error = (await connection.Directory.WriteContactDataAsync(new[] { write }, CancellationToken.None))[0].Error;
        if (expected.Length == 0)
        {
            Assert.Null(error);
        }
        else
        {
            Assert.Contains(error!.Id, expected);
        }
    }
}
#endif
