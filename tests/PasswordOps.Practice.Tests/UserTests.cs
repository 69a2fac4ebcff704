using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>Reading users: addresses, properties, filters, pages.</summary>
public sealed class UserTests(TenantFixture tenant) : IClassFixture<TenantFixture>, IAsyncLifetime
{
    private readonly PracticeClient _client = tenant.Client;
    private string _token = "";

    public async Task InitializeAsync() => _token = await _client.AppTokenAsync("PasswordOps reader");

    public Task DisposeAsync() => Task.CompletedTask;

    private static string[] Names(PracticeClient.Reply reply) =>
        reply.Value.Select(user => user!["userPrincipalName"]?.GetValue<string>() ?? "").ToArray();

    [Theory]
    [InlineData("/users/gita_fabrikam.com%23EXT%23@contoso.onmicrosoft.com", "gita_fabrikam.com#EXT#@contoso.onmicrosoft.com")]
    [InlineData("/users/o%27brien%40contoso.com", "o'brien@contoso.com")]
    [InlineData("/users('o''brien@contoso.com')", "o'brien@contoso.com")]
    [InlineData("/users('NORA@contoso.com')", "nora@contoso.com")]
    public async Task A_user_is_found_by_any_form_of_its_name(string path, string expected)
    {
        PracticeClient.Reply reply = await _client.GetAsync(path, _token);
        Assert.Equal(expected, reply.Text("userPrincipalName"));
        PracticeClient.Reply byId = await _client.GetAsync("/users/" + reply.Text("id"), _token);
        Assert.Equal(expected, byId.Text("userPrincipalName"));
    }

    [Fact]
    public async Task Without_select_the_standard_members_come_and_no_others()
    {
        PracticeClient.Reply reply = await _client.GetAsync("/users/adele@contoso.com", _token);
        string[] expected =
        [
            "@odata.context", "businessPhones", "displayName", "givenName", "id", "jobTitle", "mail", "mobilePhone", "officeLocation",
            "preferredLanguage", "surname", "userPrincipalName",
        ];
        Assert.Equal(expected, reply.Json!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.EndsWith("$metadata#users/$entity", reply.Text("@odata.context"), StringComparison.Ordinal);
        Assert.Null(reply.Json["mobilePhone"]);
        Assert.Empty(reply.Json["businessPhones"]!.AsArray());
    }

    [Fact]
    public async Task Select_gives_what_was_asked_with_null_for_what_is_unset()
    {
        PracticeClient.Reply reply = await _client.GetAsync(
            "/users/adele@contoso.com?$select=onPremisesSyncEnabled,otherMails,userType", _token);
        Assert.EndsWith(
            "#users(onPremisesSyncEnabled,otherMails,userType)/$entity", reply.Text("@odata.context"), StringComparison.Ordinal);
        Assert.True(reply.Json!.AsObject().ContainsKey("onPremisesSyncEnabled"));
        Assert.Null(reply.Json["onPremisesSyncEnabled"]);
        Assert.Equal("Member", reply.Text("userType"));
        Assert.False(reply.Json.AsObject().ContainsKey("displayName"));
    }

    [Fact]
    public async Task A_synced_user_shows_where_it_comes_from()
    {
        PracticeClient.Reply reply = await _client.GetAsync(
            "/users/bram@contoso.com?$select=onPremisesSyncEnabled,onPremisesDomainName,onPremisesDistinguishedName,identities", _token);
        Assert.True(reply.Json!["onPremisesSyncEnabled"]!.GetValue<bool>());
        Assert.Equal("corp.contoso.com", reply.Text("onPremisesDomainName"));
        Assert.Equal("contoso.onmicrosoft.com", reply.Json["identities"]![0]!["issuer"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("userPrincipalName eq 'nora@contoso.com'", new[] { "nora@contoso.com" })]
    [InlineData("userPrincipalName in ('bram@contoso.com','nora@contoso.com','ghost@contoso.com')",
        new[] { "nora@contoso.com", "bram@contoso.com" })]
    [InlineData("userPrincipalName eq 'o''brien@contoso.com' or userPrincipalName eq 'uma@contoso.com'",
        new[] { "o'brien@contoso.com", "uma@contoso.com" })]
    [InlineData("startswith(userPrincipalName,'gre')", new[] { "greta@contoso.com" })]
    [InlineData("(startswith(displayName,'Adele') or startsWith(displayName,'Nora')) and accountEnabled eq true",
        new[] { "adele@contoso.com", "nora@contoso.com" })]
    [InlineData("otherMails/any(m:m eq 'nora@fabrikam.com')", new[] { "nora@contoso.com" })]
    public async Task Filters_find_whom_they_name(string filter, string[] expected)
    {
        PracticeClient.Reply reply = await _client.GetAsync(
            $"/users?$filter={Uri.EscapeDataString(filter)}&$select=userPrincipalName&$top=10", _token);
        Assert.Equal(expected, Names(reply).Take(expected.Length));
        Assert.True(expected.Length == reply.Value.Count);
    }

    [Fact]
    public async Task Filters_on_state_agree_with_the_properties()
    {
        PracticeClient.Reply all = await _client.GetAsync(
            "/users?$select=userPrincipalName,accountEnabled,onPremisesSyncEnabled,userType&$top=999", _token);
        Assert.Equal(120, all.Value.Count);

        async Task Check(string filter, Func<JsonNode, bool> expected)
        {
            PracticeClient.Reply reply = await _client.GetAsync(
                $"/users?$filter={Uri.EscapeDataString(filter)}&$select=userPrincipalName&$top=999", _token);
            string[] wanted = all.Value.Where(user => expected(user!)).Select(user => user!["userPrincipalName"]!.GetValue<string>())
                .ToArray();
            Assert.NotEmpty(wanted);
            Assert.Equal(wanted, Names(reply));
        }

        await Check("accountEnabled eq false", user => !user["accountEnabled"]!.GetValue<bool>());
        await Check("onPremisesSyncEnabled eq true", user => user["onPremisesSyncEnabled"]?.GetValue<bool>() == true);
        await Check("userType eq 'Guest'", user => user["userType"]!.GetValue<string>() == "Guest");
        await Check("onPremisesSyncEnabled eq true and accountEnabled eq true",
            user => user["onPremisesSyncEnabled"]?.GetValue<bool>() == true && user["accountEnabled"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("$filter=onPremisesSyncEnabled%20ne%20true", "Request_UnsupportedQuery")]
    [InlineData("$filter=endsWith(userPrincipalName,'com')", "Request_UnsupportedQuery")]
    [InlineData("$filter=nonsense%20eq%20true", "BadRequest")]
    [InlineData("$filter=displayName%20eq", "BadRequest")]
    [InlineData("$select=nonsense", "BadRequest")]
    [InlineData("$top=1000", "Request_BadRequest")]
    [InlineData("$top=0", "Request_BadRequest")]
    [InlineData("$search=%22displayName:a%22", "Request_UnsupportedQuery")]
    [InlineData("$skiptoken=abc", "Directory_ExpiredPageToken")]
    public async Task Queries_that_the_service_refuses_are_refused(string query, string code)
    {
        PracticeClient.Reply reply = await _client.GetAsync("/users?" + query, _token);
        Assert.Equal(400, reply.Status);
        Assert.Equal(code, reply.Code);
    }

    [Fact]
    public async Task A_page_size_over_the_limit_has_the_words_of_the_service()
    {
        PracticeClient.Reply reply = await _client.GetAsync("/users?$top=1000", _token);
        Assert.Equal("Invalid page size specified: '1000'. Must be between 1 and 999 inclusive.", reply.ErrorMessage);
        Assert.Equal(reply.Header("request-id"), reply.Json!["error"]!["innerError"]!["request-id"]!.GetValue<string>());
        Assert.Equal("application/json", reply.Message.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task A_filter_has_at_most_fifteen_alternatives()
    {
        string filter = string.Join(" or ", Enumerable.Range(0, 16).Select(number => $"userPrincipalName eq 'u{number}@contoso.com'"));
        PracticeClient.Reply reply = await _client.GetAsync("/users?$filter=" + Uri.EscapeDataString(filter), _token);
        Assert.Equal("Request_UnsupportedQuery", reply.Code);
    }

    [Fact]
    public async Task Advanced_queries_work_with_their_header()
    {
        PracticeClient.Reply reply = await _client.GetAsync(
            "/users?$filter=onPremisesSyncEnabled%20ne%20true&$count=true&$top=5", _token, eventual: true);
        Assert.Equal(200, reply.Status);
        Assert.InRange(reply.Json!["@odata.count"]!.GetValue<int>(), 6, 119);
    }

    [Fact]
    public async Task Pages_cover_everybody_once_and_both_forms_of_token_occur()
    {
        var seen = new List<string>();
        var links = new List<string>();
        string? next = "/users?$select=userPrincipalName&$top=13&$count=true";
        bool first = true;
        while (next is not null)
        {
            PracticeClient.Reply page = await _client.GetAsync(next, _token, eventual: true);
            Assert.Equal(first, page.Json!["@odata.count"] is not null);
            first = false;
            seen.AddRange(Names(page));
            string? link = page.Json["@odata.nextLink"]?.GetValue<string>();
            if (link is not null)
                links.Add(link);
            next = link?[(_client.Ready.Graph.Length + "v1.0".Length)..];
        }
        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(9, links.Count);
        Assert.All(
            links, link => Assert.Contains("$select=userPrincipalName&$top=13&$count=true&$skiptoken=", link, StringComparison.Ordinal));
        Assert.Contains(links, link => link.Contains("$skiptoken=X%27", StringComparison.Ordinal));
        Assert.Contains(links, link => link.Contains("$skiptoken=RFNwdA", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_full_page_has_no_link()
    {
        PracticeClient.Reply reply = await _client.GetAsync("/users?$top=120&$select=id", _token);
        Assert.Equal(120, reply.Value.Count);
        Assert.Null(reply.Json!["@odata.nextLink"]);
    }

    [Fact]
    public async Task Counting_needs_the_header()
    {
        PracticeClient.Reply without = await _client.GetAsync("/users/$count", _token);
        Assert.Equal("$count is not currently supported.", without.ErrorMessage);
        PracticeClient.Reply with = await _client.GetAsync("/users/$count", _token, eventual: true);
        Assert.Equal("120", with.Body);
        PracticeClient.Reply ignored = await _client.GetAsync("/users?$count=true&$top=1", _token);
        Assert.Null(ignored.Json!["@odata.count"]);
    }

    [Fact]
    public async Task Unknown_things_have_errors_in_the_shape_of_graph()
    {
        PracticeClient.Reply ghost = await _client.GetAsync("/users/ghost@contoso.com", _token);
        Assert.Equal(404, ghost.Status);
        Assert.Equal("Request_ResourceNotFound", ghost.Code);
        Assert.Equal(
            "Resource 'ghost@contoso.com' does not exist or one of its queried reference-property objects are not present.",
            ghost.ErrorMessage);
        PracticeClient.Reply segment = await _client.GetAsync("/users/nora@contoso.com/nonsense", _token);
        Assert.Equal((400, "BadRequest"), (segment.Status, segment.Code));
        Assert.Equal("Resource not found for the segment 'nonsense'.", segment.ErrorMessage);
        Assert.Equal(405, (await _client.WriteAsync("DELETE", "/domains/contoso.com", _token)).Status);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_users_and_another_seed_others()
    {
        var clock = new FixedClock(new DateTimeOffset(2026, 8, 18, 9, 12, 44, TimeSpan.Zero));
        string select =
            "/users?$top=200&$select=id,userPrincipalName,mobilePhone,businessPhones,otherMails,onPremisesSecurityIdentifier";

        async Task<(Guid, string)> Users(int seed)
        {
            await using PracticeClient client = await PracticeClient.StartAsync(new ServeOptions { Users = 200, Seed = seed }, clock);
            PracticeClient.Reply reply = await client.GetAsync(select, await client.AppTokenAsync());
            return (client.Ready.TenantId, reply.Value.ToJsonString());
        }

        (Guid Tenant, string Users) first = await Users(7);
        Assert.Equal(first, await Users(7));
        (Guid Tenant, string Users) other = await Users(8);
        Assert.NotEqual(first.Tenant, other.Tenant);
        Assert.NotEqual(first.Users, other.Users);
    }

    [Fact]
    public async Task Every_generated_number_is_fictitious_and_well_formed()
    {
        await using PracticeClient client = await PracticeClient.StartAsync(new ServeOptions { Users = 900 });
        PracticeClient.Reply reply = await client.GetAsync(
            "/users?$top=999&$select=mobilePhone,businessPhones", await client.AppTokenAsync());
        string[] numbers = reply.Value
            .SelectMany(user => user!["businessPhones"]!.AsArray().Append(user["mobilePhone"]).Select(number => number?.GetValue<string>()))
            .OfType<string>()
            .Concat(client.Server.Tenant.Users
                .SelectMany(user => new[] { user.Methods.Mobile, user.Methods.AlternateMobile, user.Methods.Office }).OfType<string>())
            .ToArray();
        Assert.True(numbers.Length > 900);
        Assert.All(numbers, number => Assert.Matches(@"^(\+1 [2-9][0-9]{2}55501[0-9]{2}(x[0-9]+)?|\+44 2079460[0-9]{3})$", number));
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
