using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>The people of a generated tenant are what their descriptions say.</summary>
public sealed class SampleTests(TenantFixture tenant) : IClassFixture<TenantFixture>, IAsyncLifetime
{
    private readonly PracticeClient _client = tenant.Client;
    private string _token = "";

    public async Task InitializeAsync() => _token = await _client.AppTokenAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    private ReadyPerson Person(string about) =>
        _client.Ready.People.Single(person => person.About.StartsWith(about, StringComparison.Ordinal));

    private async Task<JsonNode> ReadAsync(string about, string select) =>
        (await _client.GetAsync($"/users/{Person(about).Id}?$select={select}", _token)).Json!;

    [Theory]
    [InlineData("guest whose home is another tenant", "ExternalAzureAD", "Guest")]
    [InlineData("guest of another tenant, known by its domain", "fabrikam.com", "Guest")]
    [InlineData("member, yet at home in another tenant", "ExternalAzureAD", "Member")]
    [InlineData("guest with a Microsoft account", "MicrosoftAccount", "Guest")]
    [InlineData("guest with a Google account", "google.com", "Guest")]
    [InlineData("guest with a Facebook account", "facebook.com", "Guest")]
    [InlineData("guest who gets a one-time passcode", "mail", "Guest")]
    [InlineData("guest by SAML federation", "https://idp.fabrikam.com/saml", "Guest")]
    public async Task Outsiders_have_their_password_elsewhere(string about, string issuer, string type)
    {
        JsonNode user = await ReadAsync(about, "identities,userType");
        Assert.Equal(
            ("federated", issuer, type),
            (user["identities"]![0]!["signInType"]!.GetValue<string>(), user["identities"]![0]!["issuer"]!.GetValue<string>(),
                user["userType"]!.GetValue<string>()));
        Assert.Equal(400, (await _client.WriteAsync(
            "PATCH", $"/users/{Person(about).Id}", _token, """{"passwordProfile":{"password":"Quiet-Harbor-5521"}}""")).Status);
        Assert.Equal(400, (await _client.WriteAsync("POST", $"/users/{Person(about).Id}/revokeSignInSessions", _token)).Status);
    }

    [Theory]
    [InlineData("guest with a password of this tenant")]
    [InlineData("local account of a customer directory")]
    [InlineData("moved from Active Directory to the cloud")]
    [InlineData("moved back to Active Directory")]
    [InlineData("has no user principal name")]
    [InlineData("disabled")]
    public async Task These_take_a_password_of_the_cloud(string about) => Assert.Equal(204, (await _client.WriteAsync(
        "PATCH", $"/users/{Person(about).Id}", _token, """{"passwordProfile":{"password":"Quiet-Harbor-5521"}}""")).Status);

    [Theory]
    [InlineData("moved from Active Directory to the cloud", true)]
    [InlineData("moved back to Active Directory", false)]
    [InlineData("synced from Active Directory, managed domain", false)]
    public async Task Transfers_show_where_authority_is(string about, bool cloud)
    {
        PracticeClient.Reply reply = await _client.GetAsync($"/users/{Person(about).Id}/onPremisesSyncBehavior", _token);
        Assert.Equal(cloud, reply.Json!["isCloudManaged"]!.GetValue<bool>());
        JsonNode user = await ReadAsync(about, "onPremisesSyncEnabled,onPremisesSamAccountName");
        Assert.Equal(about.StartsWith("synced", StringComparison.Ordinal), user["onPremisesSyncEnabled"]?.GetValue<bool>() == true);
        Assert.NotNull(user["onPremisesSamAccountName"]);
    }

    [Fact]
    public async Task Somebody_without_a_name_is_found_by_id_and_shows_none()
    {
        JsonNode user = await ReadAsync("has no user principal name", "userPrincipalName,displayName,identities");
        Assert.Null(user["userPrincipalName"]);
        Assert.Empty(user["identities"]!.AsArray());
    }

    [Fact]
    public async Task Who_was_deleted_is_in_the_bin_only()
    {
        ReadyPerson della = Person("deleted a week ago");
        Assert.Equal(404, (await _client.GetAsync($"/users/{della.Id}", _token)).Status);
        Assert.Equal(
            della.UserPrincipalName, (await _client.GetAsync($"/directory/deletedItems/{della.Id}", _token)).Text("userPrincipalName"));
        Assert.Equal(della.Id.ToString("N") + "della@contoso.com", della.UserPrincipalName);
    }

    [Theory]
    [InlineData("licensed by a suspended subscription", "EMS", "Suspended")]
    [InlineData("licensed by a subscription in its warning period", "AAD_PREMIUM_P2", "Warning")]
    [InlineData("licensed by a subscription that is locked out", "EMSPREMIUM", "LockedOut")]
    public async Task Subscriptions_that_end_show_it(string about, string product, string status)
    {
        JsonNode sku = (await _client.GetAsync("/subscribedSkus", _token)).Value
            .Single(sku => sku!["skuPartNumber"]!.GetValue<string>() == product)!;
        Assert.Equal((status, 0), (sku["capabilityStatus"]!.GetValue<string>(), sku["prepaidUnits"]!["enabled"]!.GetValue<int>()));
        JsonNode user = await ReadAsync(about, "assignedLicenses,assignedPlans");
        Assert.Equal(sku["skuId"]!.GetValue<string>(), Assert.Single(user["assignedLicenses"]!.AsArray())!["skuId"]!.GetValue<string>());
        Assert.All(
            user["assignedPlans"]!.AsArray(), plan => Assert.Equal(status, plan!["capabilityStatus"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_plan_that_is_switched_off_shows_as_such()
    {
        JsonNode user = await ReadAsync("licensed, but the plan", "assignedPlans");
        Assert.Equal("Deleted", user["assignedPlans"]![0]!["capabilityStatus"]!.GetValue<string>());
        Assert.Equal("Disabled", (await _client.GetAsync($"/users/{Person("licensed, but the plan").Id}/licenseDetails", _token))
            .Value[0]!["servicePlans"]![0]!["provisioningStatus"]!.GetValue<string>());
        Assert.Equal(2, (await ReadAsync("two products without a plan", "assignedLicenses"))["assignedLicenses"]!.AsArray().Count);
    }

    [Fact]
    public async Task All_of_them_sign_in_with_the_documented_password()
    {
        Assert.True(await _client.PasswordIsAsync("uma@contoso.com", "Copper-Lantern-3390"));
        Assert.True(await _client.PasswordIsAsync("femke@fed.contoso.com", "Copper-Lantern-3390", "onPremises"));
    }
}
