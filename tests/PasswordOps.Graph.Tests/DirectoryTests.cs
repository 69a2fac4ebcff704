using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Directory;

namespace PasswordOps.Graph.Tests;

public sealed class DirectoryTests
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FakeService service = new();

    [Fact]
    public async Task A_user_is_read_with_all_that_password_work_needs()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Json(
            """
            {"@odata.context":"x","id":"7e9b0c44-1f2a-4d6b-a5c3-90d8e7f6b522","userPrincipalName":"bram@contoso.com",
             "displayName":"Bram Smit","userType":"Member","creationType":null,"accountEnabled":true,
             "onPremisesSyncEnabled":true,"onPremisesDomainName":"corp.contoso.com","onPremisesSamAccountName":"bram",
             "onPremisesSecurityIdentifier":"S-1-5-21-1004336348-1177238915-682003330-1604",
             "onPremisesDistinguishedName":"CN=Bram Smit,OU=Staff,DC=corp,DC=contoso,DC=com",
             "onPremisesLastSyncDateTime":"2026-08-18T08:58:03Z","externalUserState":"Accepted",
             "assignedLicenses":[{"skuId":"cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46","disabledPlans":["p1","p2"]}],
             "passwordPolicies":"DisablePasswordExpiration","lastPasswordChangeDateTime":"2026-05-04T06:31:10Z",
             "isManagementRestricted":false,"mobilePhone":"+1 4255550100","businessPhones":["+1 4255550199"],
             "otherMails":["bram@fabrikam.com"],
             "identities":[{"signInType":"userPrincipalName","issuer":"contoso.onmicrosoft.com","issuerAssignedId":"bram@contoso.com"}],
             "unasked":{"x":[1]}}
            """);

        DirectoryUser user = Assert.Single(await directory.GetUsersAsync(Named("bram@contoso.com"), CancellationToken.None)).Value;

        Assert.Equal("7e9b0c44-1f2a-4d6b-a5c3-90d8e7f6b522", user.Id);
        Assert.Equal("bram@contoso.com", user.UserPrincipalName);
        Assert.True(user.OnPremisesSyncEnabled);
        Assert.True(user.AccountEnabled);
        Assert.False(user.IsGuest);
        Assert.Equal("corp.contoso.com", user.OnPremisesDomainName);
        Assert.Equal("bram", user.OnPremisesSamAccountName);
        Assert.Equal("S-1-5-21-1004336348-1177238915-682003330-1604", user.OnPremisesSecurityIdentifier);
        Assert.Equal("CN=Bram Smit,OU=Staff,DC=corp,DC=contoso,DC=com", user.OnPremisesDistinguishedName);
        Assert.Equal(new DateTimeOffset(2026, 8, 18, 8, 58, 3, TimeSpan.Zero), user.OnPremisesLastSync);
        Assert.Equal("Accepted", user.ExternalUserState);
        AssignedLicense license = Assert.Single(user.AssignedLicenses);
        Assert.Equal("cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46 p1 p2", license.SkuId + " " + string.Join(" ", license.DisabledPlans));
        Assert.Equal(new DateTimeOffset(2026, 5, 4, 6, 31, 10, TimeSpan.Zero), user.LastPasswordChange);
        Assert.Equal("DisablePasswordExpiration", user.PasswordPolicies);
        Assert.False(user.IsManagementRestricted);
        Assert.Equal("contoso.onmicrosoft.com", Assert.Single(user.Identities).Issuer);
        Assert.Equal("+1 4255550100", user.MobilePhone);
        Assert.Equal("+1 4255550199", user.OfficePhone);
        Assert.Equal(new[] { "bram@fabrikam.com" }, user.OtherMails);
        Assert.Contains("?$select=id,userPrincipalName,", service.Requests[0].Path);
    }

    [Theory]
    [InlineData("gita_fabrikam.com#EXT#@contoso.onmicrosoft.com", "/v1.0/users/gita_fabrikam.com%23EXT%23%40contoso.onmicrosoft.com?")]
    [InlineData("kim.o'neil@contoso.com", "/v1.0/users/kim.o%27neil%40contoso.com?")]
    [InlineData("a+b%c@contoso.com", "/v1.0/users/a%2Bb%25c%40contoso.com?")]
    [InlineData("$till'1@contoso.com", "/v1.0/users('%24till%27%271%40contoso.com')?")]
    public async Task Names_with_marks_of_their_own_stay_one_path_segment(string name, string path)
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Json("""{"id":"3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11"}""");

        await directory.GetUsersAsync(Named(name), CancellationToken.None);

        Assert.StartsWith(path, service.Requests[0].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_users_go_in_batches_of_twenty_and_come_back_in_order()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Path.Contains("user13") || request.Path.Contains("user44")
            ? Reply.Error(404, "Request_ResourceNotFound")
            : Reply.Json($$"""{"id":"x","userPrincipalName":"{{Uri.UnescapeDataString(request.Address.Segments.Last())}}"}""");
        string[] names = Enumerable.Range(0, 45).Select(i => $"user{i}@contoso.com").ToArray();

        IReadOnlyList<Reading<DirectoryUser>> read = await directory.GetUsersAsync(Named(names), CancellationToken.None);

        // The count, which the service does not give here, three batches, and one that looks among deleted users.
        Assert.Equal(5, service.Requests.Count);
        Assert.Equal(
            new[] { 2, 5, 20, 20 }, service.Requests.Where(request => request.IsBatch).Select(ItemCount).OrderBy(count => count));
        for (int i = 0; i < names.Length; i++)
        {
            if (i is 13 or 44)
            {
                Assert.Equal("UserNotFound", read[i].Error!.Id);
                Assert.Contains(names[i], read[i].Error!.Message);
                Assert.Equal(404, read[i].Error!.Status);
                Assert.Equal("Request_ResourceNotFound", read[i].Error!.ServiceCode);
                Assert.Equal("8f1e2d3c-4b5a-4697-8f80-1a2b3c4d5e6f", read[i].Error!.RequestId);
            }
            else
            {
                Assert.Equal(names[i], read[i].Value.UserPrincipalName);
            }
        }
    }

    [Fact]
    public async Task Nobody_is_nothing_to_ask()
    {
        IDirectory directory = await OpenAsync();

        Assert.Empty(await directory.GetUsersAsync(Array.Empty<UserIdentity>(), CancellationToken.None));
        Assert.Empty(await directory.GetStandingsAsync(Array.Empty<string>(), CancellationToken.None));
        Assert.Empty(await directory.WriteContactDataAsync(Array.Empty<ContactWrite>(), CancellationToken.None));
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Contact_data_is_phones_and_email_of_each_user()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Path.EndsWith("/phoneMethods", StringComparison.Ordinal)
            ? Reply.Json(
                """
                {"value":[
                 {"phoneNumber":"+1 4255550100","phoneType":"mobile","smsSignInState":"notEnabled",
                  "id":"3179e48a-750b-4051-897c-87b9720928f7"},
                 {"phoneNumber":"+1 4255550101","phoneType":"AlternateMobile","smsSignInState":"notSupported",
                  "id":"b6332ec1-7057-4abe-9331-3d72feddfe41"},
                 {"phoneNumber":"+1 4255550199x123","phoneType":"office","smsSignInState":"notSupported",
                  "id":"e37fc753-ff3b-4958-9484-eaa9425c82bc"}]}
                """)
            : Reply.Json("""{"value":[{"id":"3ddfcfc8-9383-446f-83cc-3ab9be4be18f","emailAddress":"adele@fabrikam.com"}]}""");

        ContactData data = Assert.Single(await directory.GetContactDataAsync(new[] { FakeService.Adele }, CancellationToken.None)).Value;

        Assert.Equal("+1 4255550100", data.Phones[PhoneType.Mobile]);
        Assert.Equal("+1 4255550101", data.Phones[PhoneType.AlternateMobile]);
        Assert.Equal("+1 4255550199x123", data.Phones[PhoneType.Office]);
        Assert.Equal("adele@fabrikam.com", data.Email);
        Assert.Equal("notEnabled", data.SmsSignInState);
        Assert.DoesNotContain("?", service.Requests[0].Body);
    }

    [Fact]
    public async Task Contact_data_of_which_a_part_is_refused_is_a_failed_reading_of_that_user_only()
    {
        IDirectory directory = await OpenAsync("UserAuthMethod-Phone.Read.All");
        service.OnGraph = request => request.Path.Contains("emailMethods") && request.Path.Contains(FakeService.Adele)
            ? Reply.Error(403, "accessDenied")
            : null;

        IReadOnlyList<Reading<ContactData>> read =
            await directory.GetContactDataAsync(new[] { FakeService.Helena, FakeService.Adele }, CancellationToken.None);

        Assert.True(read[0].IsKnown);
        Assert.Equal("PermissionMissing", read[1].Error!.Id);
        Assert.Contains("UserAuthMethod-Email.Read.All", read[1].Error!.Message);
    }

    [Fact]
    public async Task A_cloud_without_email_methods_is_not_asked_for_them()
    {
        using Core.SignIn.IConnection connection = await service.ConnectAsync(new Core.SignIn.SignInOptions
        {
            Kind = Core.SignIn.SignInKind.AccessToken, Cloud = Cloud.Named("China"), AccessToken = FakeService.Secure("opaque"),
        });
        service.Forget();

        Assert.True((await connection.Directory.GetContactDataAsync(new[] { FakeService.Adele }, CancellationToken.None))[0].IsKnown);

        Assert.DoesNotContain(service.Requests, request => request.Path.Contains("emailMethods") || request.Body.Contains("emailMethods"));
        Assert.Equal("microsoftgraph.chinacloudapi.cn", service.Requests[0].Address.Host);
    }

    [Fact]
    public async Task Licences_of_users_follow_further_pages()
    {
        const string Next =
            "https://graph.microsoft.com/v1.0/users/3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11/licenseDetails?$skiptoken=X%2744%27";
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Address.AbsoluteUri == Next
            ? Reply.Json("""{"value":[{"skuId":"b","skuPartNumber":"EMS ","servicePlans":[]}]}""")
            : Reply.Json(
                $$"""
                {"@odata.nextLink":"{{Next}}","value":[{"skuId":"a","skuPartNumber":"SPB","servicePlans":[
                 {"servicePlanId":"41781fb2-bc02-4b7c-bd55-b576c07bb09d","servicePlanName":"AAD_PREMIUM","provisioningStatus":"Success"}]}]}
                """);

        IReadOnlyList<LicenseDetail> licenses =
            (await directory.GetLicensesAsync(new[] { FakeService.Adele }, CancellationToken.None))[0].Value;

        Assert.Equal(new[] { "SPB", "EMS" }, licenses.Select(license => license.PartNumber));
        Assert.Equal("AAD_PREMIUM", Assert.Single(licenses[0].Plans).Name);
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task Lists_are_followed_by_their_links_as_they_are()
    {
        string[] links =
        {
            "https://graph.microsoft.com/v1.0/domains?$skiptoken=RFNwdAIAAQ",
            "https://graph.microsoft.com/v1.0/domains?$skiptoken=X%27445370%27",
        };
        IDirectory directory = await OpenAsync();
        service.OnGraph = request =>
            request.Address.AbsoluteUri == links[0] ? Reply.Json($$"""{"value":[],"@odata.nextLink":"{{links[1]}}"}""")
            : request.Address.AbsoluteUri == links[1] ? Reply.Json(
                """{"value":[{"id":"fed.contoso.com","authenticationType":"Federated","isVerified":true}]}""")
            : Reply.Json(
                $$"""
                {"value":[{"id":"contoso.com","authenticationType":"Managed","isDefault":true,"passwordValidityPeriodInDays":2147483647}],
                 "@odata.nextLink":"{{links[0]}}"}
                """);

        IReadOnlyList<Domain> domains = await directory.GetDomainsAsync(CancellationToken.None);

        Assert.Equal(new[] { "contoso.com", "fed.contoso.com" }, domains.Select(domain => domain.Name));
        Assert.Equal(Domain.NeverExpires, domains[0].PasswordValidityDays);
        Assert.Null(domains[1].PasswordValidityDays);
        Assert.True(domains[1].IsFederated);
        Assert.Equal(links, service.Requests.Skip(1).Select(request => request.Address.AbsoluteUri));
    }

    [Fact]
    public async Task A_list_that_leads_back_to_itself_ends()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Json("""{"value":[],"@odata.nextLink":"https://graph.microsoft.com/v1.0/domains?$skiptoken=a"}""");

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.GetDomainsAsync(CancellationToken.None));

        Assert.Equal("AnswerInvalid", failure.Id);
        Assert.Equal(2, service.Requests.Count);
    }

    [Theory]
    [InlineData("https://graph.microsoft.com.fabrikam.com/v1.0/domains?x")]
    [InlineData("http://graph.microsoft.com/v1.0/domains?x")]
    [InlineData("https://graph.microsoft.com:8443/v1.0/domains?x")]
    [InlineData("https://fabrikam.com/v1.0/domains?x")]
    public async Task A_link_to_another_host_gets_no_token(string link)
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Json($$"""{"value":[],"@odata.nextLink":"{{link}}"}""");

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.GetDomainsAsync(CancellationToken.None));

        Assert.Equal("ForeignAddress", failure.Id);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_registration_that_is_not_listed_has_its_own_id()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Path.Contains(FakeService.Adele)
            ? Reply.Json(
                """
                {"id":"3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11","isAdmin":false,"isSsprRegistered":true,"isSsprEnabled":true,
                 "isSsprCapable":true,"methodsRegistered":["mobilePhone","email"],"lastUpdatedDateTime":"2026-08-18T06:03:29.8612345Z"}
                """)
            : Reply.Error(404, "anything");

        IReadOnlyList<Reading<RegistrationDetail>> read =
            await directory.GetRegistrationsAsync(new[] { FakeService.Helena, FakeService.Adele }, CancellationToken.None);

        Assert.Equal("RegistrationNotListed", read[0].Error!.Id);
        Assert.True(read[1].Value.IsSsprCapable);
        Assert.Equal(new[] { "mobilePhone", "email" }, read[1].Value.MethodsRegistered);
        Assert.Equal(2026, read[1].Value.LastUpdated!.Value.Year);
    }

    [Fact]
    public async Task A_tenant_without_a_licence_is_told_so()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Error(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant");

        Reading<RegistrationDetail> read = (await directory.GetRegistrationsAsync(new[] { FakeService.Adele }, CancellationToken.None))[0];

        Assert.Equal("LicenseMissing", read.Error!.Id);
        Assert.Equal(ErrorKind.NotInstalled, read.Error.Kind);
    }

    [Fact]
    public async Task Tenant_wide_facts_are_read()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Address.AbsolutePath switch
        {
            "/v1.0/organization" => Reply.Json(
                """
                {"value":[{"id":"t","displayName":"Contoso","tenantType":"AAD","createdDateTime":"2018-02-12T20:34:54Z",
                 "onPremisesSyncEnabled":true,"onPremisesLastSyncDateTime":"2026-08-18T08:58:03Z","verifiedDomains":[
                  {"capabilities":"Email","isDefault":true,"isInitial":false,"name":"contoso.com","type":"Managed"}]}]}
                """),
            "/v1.0/subscribedSkus" => Reply.Json(
                """
                {"value":[{"appliesTo":"User","capabilityStatus":"Enabled","consumedUnits":180,
                 "skuId":"cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46","skuPartNumber":"SPB ","prepaidUnits":{"enabled":150,"warning":50},
                 "servicePlans":[{"servicePlanId":"p","servicePlanName":"AAD_PREMIUM","provisioningStatus":"Success"}]}]}
                """),
            "/v1.0/directory/subscriptions" => Reply.Json(
                """
                {"value":[{"createdDateTime":"2026-08-01T00:00:00Z","isTrial":true,"skuPartNumber":"AAD_PREMIUM_P2","status":"Enabled"}]}
                """),
            "/v1.0/policies/authorizationPolicy" => Reply.Json("""{"id":"authorizationPolicy","allowedToUseSSPR":true}"""),
            "/v1.0/policies/authenticationMethodsPolicy" => Reply.Json(
                """
                {"policyMigrationState":"migrationInProgress","authenticationMethodConfigurations":[
                 {"@odata.type":"#microsoft.graph.smsAuthenticationMethodConfiguration","id":"Sms","state":"enabled"},
                 {"@odata.type":"#something.new","id":"New","state":"disabled"}]}
                """),
            _ => null,
        };

        Organization organization = await directory.GetOrganizationAsync(CancellationToken.None);
        SubscribedSku sku = Assert.Single(await directory.GetSubscribedSkusAsync(CancellationToken.None));
        Subscription subscription = Assert.Single(await directory.GetSubscriptionsAsync(CancellationToken.None));
        AuthenticationMethodsPolicy policy = await directory.GetAuthenticationMethodsPolicyAsync(CancellationToken.None);

        Assert.True(organization.OnPremisesSyncEnabled);
        Assert.True(organization.IsComplete);
        Assert.Equal("contoso.com", Assert.Single(organization.VerifiedDomains).Name);
        Assert.Equal(new DateTimeOffset(2026, 8, 18, 8, 58, 3, TimeSpan.Zero), organization.LastSync);
        Assert.Equal("SPB", sku.PartNumber);
        Assert.Equal(200, sku.Units);
        Assert.Equal(180, sku.ConsumedUnits);
        Assert.True(subscription.IsTrial);
        Assert.True(await directory.GetAdministratorSsprAsync(CancellationToken.None));
        Assert.Equal("migrationInProgress", policy.MigrationState);
        Assert.Equal(new[] { "Sms" }, policy.EnabledMethods);
    }

    [Fact]
    public async Task A_standing_joins_memberships_and_assignments()
    {
        const string Unit = "c4e6a8b0-1d3f-4572-9a4c-6e80b2d4f617";
        const string Restricted = "11111111-2222-4333-8444-555555555555";
        const string Group = "e5f7a9b1-3c5d-4e7f-8091-b2c3d4e5f607";
        IDirectory directory = await OpenAsync();
        service.OnGraph = request =>
            request.Path.Contains("transitiveMemberOf") ? Reply.Json(
                $$"""
                {"value":[
                 {"@odata.type":"#microsoft.graph.directoryRole","id":"r","displayName":"Helpdesk Administrator",
                  "roleTemplateId":"729827e3-9c14-49f7-bb1b-9608f156bbb8"},
                 {"@odata.type":"#microsoft.graph.group","id":"{{Group}}","displayName":"Key holders","isAssignableToRole":true},
                 {"@odata.type":"#microsoft.graph.group","id":"g","displayName":"Everybody","isAssignableToRole":null},
                 {"@odata.type":"#microsoft.graph.administrativeUnit","id":"{{Unit}}","displayName":"Branch East",
                  "isMemberManagementRestricted":false}]}
                """)
            : request.Path.Contains("ownedObjects") ? Reply.Json(
                """{"value":[{"@odata.type":"#microsoft.graph.group","id":"o","displayName":"Owned","isAssignableToRole":true}]}""")
            : request.Path.Contains("administrativeUnits/" + Restricted) ? Reply.Json(
                $$"""{"id":"{{Restricted}}","isMemberManagementRestricted":true}""")
            : request.Path.Contains(Group) ? Reply.Json(
                Assignment("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator", "/administrativeUnits/" + Restricted))
            : Reply.Json(
                $$$"""
                {"value":[
                 {"roleDefinitionId":"729827e3-9c14-49f7-bb1b-9608f156bbb8","directoryScopeId":"/","roleDefinition":
                  {"templateId":"729827e3-9c14-49f7-bb1b-9608f156bbb8","displayName":"Helpdesk Administrator","isBuiltIn":true}},
                 {"roleDefinitionId":"custom","directoryScopeId":"/administrativeUnits/{{{Unit}}}","roleDefinition":
                  {"templateId":"custom","displayName":"Branch desk","isBuiltIn":false,"rolePermissions":[
                   {"allowedResourceActions":["microsoft.directory/users/password/update"],"condition":null}]}}]}
                """);

        Standing standing = (await directory.GetStandingsAsync(new[] { FakeService.Helena }, CancellationToken.None))[0].Value;

        Assert.Equal(FakeService.Helena, standing.ObjectId);
        Assert.Equal(
            new[]
            {
                "Branch desk /administrativeUnits/" + Unit, "Helpdesk Administrator /",
                "User Administrator /administrativeUnits/" + Restricted,
            },
            standing.Roles.Select(role => role.Name + " " + role.Scope).OrderBy(text => text, StringComparer.Ordinal));
        Assert.Equal(
            "microsoft.directory/users/password/update", Assert.Single(standing.Roles.Single(role => role.IsBuiltIn == false).Actions));
        Assert.Equal(new[] { "Key holders", "Owned" }, standing.RoleAssignableGroups.OrderBy(name => name, StringComparer.Ordinal));
        Assert.Equal(new[] { Unit }, standing.AdministrativeUnits);
        Assert.Empty(standing.RestrictedUnits);
        Assert.Equal(new[] { "/administrativeUnits/" + Restricted }, standing.RestrictedRoleScopes);
    }

    [Fact]
    public async Task An_account_that_is_no_user_is_looked_for_among_applications()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request =>
            request.Path.StartsWith("/v1.0/users/", StringComparison.Ordinal) ? Reply.Error(404, "Request_ResourceNotFound")
            : request.Path.Contains("/servicePrincipals/") && request.Path.Contains("transitiveMemberOf")
                ? Reply.Json(
                    """
                    {"value":[{"@odata.type":"#microsoft.graph.directoryRole","displayName":"User Administrator",
                     "roleTemplateId":"fe930be7-5e62-47db-91af-98c3a49a38b1"}]}
                    """)
            : null;

        Standing standing = (await directory.GetStandingsAsync(new[] { FakeService.Adele }, CancellationToken.None))[0].Value;

        Assert.Equal("User Administrator", Assert.Single(standing.Roles).Name);
    }

    [Fact]
    public async Task A_unit_that_may_not_be_read_makes_the_standing_of_others_unknown()
    {
        IDirectory directory = await OpenAsync("RoleManagement.Read.Directory");
        service.OnGraph = RoleOverHiddenUnit;

        Reading<Standing> standing = (await directory.GetStandingsAsync(new[] { FakeService.Adele }, CancellationToken.None))[0];

        Assert.Equal("PermissionMissing", standing.Error!.Id);
        Assert.Contains("AdministrativeUnit.Read.All", standing.Error.Message);
    }

    [Fact]
    public async Task A_unit_that_may_not_be_read_leaves_ones_own_role_known()
    {
        service.OnGraph = RoleOverHiddenUnit;

        using Core.SignIn.IConnection connection = await service.ConnectAsync(
            service.WithToken(Jwt.Person("RoleManagement.Read.Directory")));

        Assert.False(Assert.Single(connection.Context.Standing.Value.Roles).IsTenantWide);
    }

    [Fact]
    public async Task All_users_come_page_by_page_by_the_links_as_they_are()
    {
        const string Next = "https://graph.microsoft.com/v1.0/users?$select=id&$top=999&$skiptoken=X%2744%27";
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Address.AbsoluteUri == Next
            ? Reply.Json("""{"value":[{"id":"c","userPrincipalName":"c@contoso.com"}]}""")
            : Reply.Json(
                $$"""
                {"@odata.nextLink":"{{Next}}","value":[
                 {"id":"a","userPrincipalName":"a@contoso.com"},{"id":"b","userPrincipalName":"b@contoso.com"}]}
                """);
        List<int> told = new();

        IReadOnlyList<DirectoryUser> users = await directory.GetAllUsersAsync(new Told(told.Add), CancellationToken.None);

        Assert.Equal(new[] { "a", "b", "c" }, users.Select(user => user.Id));
        Assert.Equal(new[] { 2, 3 }, told);
        Assert.StartsWith("/v1.0/users?$select=id,userPrincipalName,", service.Requests[0].Path, StringComparison.Ordinal);
        Assert.EndsWith("&$top=999", service.Requests[0].Path, StringComparison.Ordinal);
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task Users_of_which_a_page_fails_are_not_told_as_all()
    {
        const string Next = "https://graph.microsoft.com/v1.0/users?$skiptoken=a";
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Address.AbsoluteUri == Next
            ? Reply.Error(403, "Authorization_RequestDenied")
            : Reply.Json($$"""{"@odata.nextLink":"{{Next}}","value":[{"id":"a"}]}""");

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.GetAllUsersAsync(null, CancellationToken.None));

        Assert.Equal("RoleMissing", failure.Id);
    }

    [Fact]
    public async Task A_transferred_authority_is_read_of_each_user()
    {
        IDirectory directory = await OpenAsync("User-OnPremisesSyncBehavior.ReadWrite.All");
        service.OnGraph = request =>
            request.Path.Contains("/users/a/") ? Reply.Json("""{"id":"a","isCloudManaged":true}""")
            : request.Path.Contains("/users/b/") ? Reply.Json("""{"id":"b","isCloudManaged":false}""")
            : request.Path.Contains("/users/c/") ? Reply.Json("""{"id":"c"}""")
            : Reply.Error(403, "Authorization_RequestDenied");

        IReadOnlyList<Reading<bool>> read =
            await directory.GetCloudManagedAsync(new[] { "a", "b", "c", "d" }, CancellationToken.None);

        Assert.True(read[0].Value);
        Assert.False(read[1].Value);
        Assert.Equal("AnswerInvalid", read[2].Error!.Id);
        Assert.Equal("RoleMissing", read[3].Error!.Id);
    }

    [Fact]
    public async Task Eligible_roles_are_those_of_the_account_and_of_its_groups_less_what_is_active()
    {
        const string Group = "e5f7a9b1-3c5d-4e7f-8091-b2c3d4e5f607";
        IDirectory directory = await OpenAsync();
        service.OnGraph = request =>
            request.Path.Contains("transitiveMemberOf") ? Reply.Json(
                $$"""
                {"value":[{"@odata.type":"#microsoft.graph.group","id":"{{Group}}","displayName":"Keys","isAssignableToRole":true},
                 {"@odata.type":"#microsoft.graph.group","id":"g","displayName":"Everybody","isAssignableToRole":null}]}
                """)
            : request.Path.Contains("roleAssignments") ? Reply.Json(Assignment("active", "Activated", "/"))
            : request.Path.Contains(Group) ? Reply.Json(Assignment("b", "Of the group", "/administrativeUnits/u"))
            : request.Path.Contains("roleEligibility") ? Reply.Json(
                """
                {"value":[{"roleDefinitionId":"active","directoryScopeId":"/","roleDefinition":{"templateId":"active","isBuiltIn":true}},
                 {"roleDefinitionId":"a","directoryScopeId":"/","roleDefinition":
                  {"templateId":"a","displayName":"Own","isBuiltIn":false,
                   "rolePermissions":[{"allowedResourceActions":["microsoft.directory/users/password/update"]}]}}]}
                """)
            : null;

        IReadOnlyList<HeldRole> roles = await directory.GetEligibleRolesAsync(FakeService.Helena, CancellationToken.None);

        Assert.Equal(new[] { "Own /", "Of the group /administrativeUnits/u" }, roles.Select(role => role.Name + " " + role.Scope));
        Assert.Equal("microsoft.directory/users/password/update", Assert.Single(roles[0].Actions));
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task An_application_has_no_groups_to_activate_roles_through()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request =>
            request.Path.Contains("transitiveMemberOf") ? Reply.Error(404, "Request_ResourceNotFound") : Reply.Json("""{"value":[]}""");

        Assert.Empty(await directory.GetEligibleRolesAsync(FakeService.Helena, CancellationToken.None));
    }

    [Fact]
    public async Task Eligible_roles_that_may_not_be_read_name_the_permission()
    {
        IDirectory directory = await OpenAsync("User.Read.All");
        service.OnGraph = request => request.Path.Contains("roleEligibility") ? Reply.Error(403, "Authorization_RequestDenied") : null;

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.GetEligibleRolesAsync(FakeService.Helena, CancellationToken.None));

        Assert.Equal("PermissionMissing", failure.Id);
        Assert.Contains("RoleEligibilitySchedule.Read.Directory", failure.Message);
    }

    [Fact]
    public async Task Contact_data_is_written_in_plain_bodies()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Method == "POST" ? Reply.Of(201, """{"id":"x"}""") : Reply.Of(204);
        ContactWrite[] writes =
        {
            new(FakeService.Adele, ContactField.Mobile, ContactTarget.AuthenticationMethods, WriteAction.Add, "+1 4255550100"),
            new(FakeService.Adele, ContactField.AlternateMobile, ContactTarget.AuthenticationMethods, WriteAction.Replace, "+1 4255550101"),
            new(FakeService.Adele, ContactField.Office, ContactTarget.AuthenticationMethods, WriteAction.Remove, null),
            new(FakeService.Adele, ContactField.Email, ContactTarget.AuthenticationMethods, WriteAction.Add, "adele@fabrikam.com"),
            new(FakeService.Adele, ContactField.Email, ContactTarget.AuthenticationMethods, WriteAction.Replace, "adele@fabrikam.com"),
            new(FakeService.Adele, ContactField.Email, ContactTarget.AuthenticationMethods, WriteAction.Remove, null),
            new(FakeService.Adele, ContactField.Mobile, ContactTarget.Profile, WriteAction.Replace, "+1 4255550102"),
            new(FakeService.Adele, ContactField.Mobile, ContactTarget.Profile, WriteAction.Remove, null),
            new(FakeService.Adele, ContactField.Office, ContactTarget.Profile, WriteAction.Add, "+1 4255550103"),
            new(FakeService.Adele, ContactField.Office, ContactTarget.Profile, WriteAction.Remove, null),
            new(FakeService.Adele, ContactField.Email, ContactTarget.Profile, WriteAction.Replace, "a@fabrikam.com;b@fabrikam.com"),
            new(FakeService.Adele, ContactField.Email, ContactTarget.Profile, WriteAction.Remove, null),
        };

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(writes, CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded && outcome.Attempts == 1 && outcome.RequestId is not null));
        const string User = "/users/" + FakeService.Adele;
        Assert.Equal(
            new[]
            {
                $$"""POST {{User}}/authentication/phoneMethods {"phoneNumber":"+1 4255550100","phoneType":"mobile"}""",
                $"PATCH {User}/authentication/phoneMethods/b6332ec1-7057-4abe-9331-3d72feddfe41 "
                    + """{"phoneNumber":"+1 4255550101","phoneType":"alternateMobile"}""",
                $"DELETE {User}/authentication/phoneMethods/e37fc753-ff3b-4958-9484-eaa9425c82bc ",
                $$"""POST {{User}}/authentication/emailMethods {"emailAddress":"adele@fabrikam.com"}""",
                $"PATCH {User}/authentication/emailMethods/3ddfcfc8-9383-446f-83cc-3ab9be4be18f "
                    + """{"emailAddress":"adele@fabrikam.com"}""",
                $"DELETE {User}/authentication/emailMethods/3ddfcfc8-9383-446f-83cc-3ab9be4be18f ",
                $$"""PATCH {{User}} {"mobilePhone":"+1 4255550102"}""",
                $$"""PATCH {{User}} {"mobilePhone":null}""",
                $$"""PATCH {{User}} {"businessPhones":["+1 4255550103"]}""",
                $$"""PATCH {{User}} {"businessPhones":[]}""",
                $$"""PATCH {{User}} {"otherMails":["a@fabrikam.com","b@fabrikam.com"]}""",
                $$"""PATCH {{User}} {"otherMails":[]}""",
            }.OrderBy(line => line, StringComparer.Ordinal),
            service.Requests.SelectMany(Items).OrderBy(line => line, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_profile_has_no_alternate_mobile_phone()
    {
        IDirectory directory = await OpenAsync();
        ContactWrite write = new(FakeService.Adele, ContactField.AlternateMobile, ContactTarget.Profile, WriteAction.Add, "+1 4255550100");

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.WriteContactDataAsync(new[] { write }, CancellationToken.None));

        Assert.Equal("FieldNotInProfile", failure.Id);
        Assert.Empty(service.Requests);
    }

    private static Reply? RoleOverHiddenUnit(Recorded request) =>
        request.Path.Contains("roleAssignments")
            ? Reply.Json(Assignment(
                "fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator", "/administrativeUnits/11111111-2222-4333-8444-555555555555"))
            : request.Path.Contains("administrativeUnits") ? Reply.Error(403, "Authorization_RequestDenied") : null;

    private static string Assignment(string role, string name, string scope) =>
        $$$"""
        {"value":[{"roleDefinitionId":"{{{role}}}","directoryScopeId":"{{{scope}}}","roleDefinition":
         {"templateId":"{{{role}}}","displayName":"{{{name}}}","isBuiltIn":true}}]}
        """;

    private static UserIdentity[] Named(params string[] names) => names.Select(name => new UserIdentity(name)).ToArray();

    private static int ItemCount(Recorded batch)
    {
        using JsonDocument body = JsonDocument.Parse(batch.Body);
        return body.RootElement.GetProperty("requests").GetArrayLength();
    }

    private static string[] Items(Recorded batch)
    {
        using JsonDocument body = JsonDocument.Parse(batch.Body);
        return body.RootElement.GetProperty("requests").EnumerateArray()
            .Select(item => item.GetProperty("method").GetString() + " " + item.GetProperty("url").GetString() + " "
                + (item.TryGetProperty("body", out JsonElement sent) ? JsonSerializer.Serialize(sent, Plain) : string.Empty))
            .ToArray();
    }

    private Task<IDirectory> OpenAsync(params string[] permissions) =>
        service.OpenAsync(Jwt.Person(permissions.Length == 0 ? new[] { "Directory.Read.All", "AuditLog.Read.All" } : permissions));

    /// <summary>Told at once, unlike Progress of the runtime.</summary>
    private sealed class Told : IProgress<int>
    {
        private readonly Action<int> take;

        public Told(Action<int> take)
        {
            this.take = take;
        }

        public void Report(int value) => take(value);
    }
}
