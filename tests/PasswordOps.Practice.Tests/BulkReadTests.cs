using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>What a verdict about thousands of users reads: users, roles, groups, units and the bin, page by page.</summary>
public sealed class BulkReadTests(TenantFixture tenant) : IClassFixture<TenantFixture>, IAsyncLifetime
{
    private const string Everything =
        "id,userPrincipalName,displayName,userType,accountEnabled,creationType,externalUserState,identities,isManagementRestricted,"
        + "onPremisesSyncEnabled,onPremisesSecurityIdentifier,onPremisesDistinguishedName,onPremisesImmutableId,onPremisesDomainName,"
        + "onPremisesSamAccountName,onPremisesLastSyncDateTime,assignedPlans,assignedLicenses,lastPasswordChangeDateTime,passwordPolicies";

    private readonly PracticeClient _client = tenant.Client;
    private string _token = "";

    public async Task InitializeAsync() => _token = await _client.AppTokenAsync("PasswordOps reader");

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<List<JsonNode>> AllAsync(string path, string? token = null)
    {
        var items = new List<JsonNode>();
        for (string? next = path; next is not null;)
        {
            PracticeClient.Reply page = await _client.GetAsync(next, token ?? _token);
            Assert.Equal(200, page.Status);
            items.AddRange(page.Value.Select(item => item!));
            next = page.Json!["@odata.nextLink"]?.GetValue<string>()[(_client.Ready.Graph.Length + "v1.0".Length)..];
        }
        return items;
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private async Task<string> IdAsync(string user) => (await _client.GetAsync($"/users/{user}@contoso.com?$select=id", _token)).Text("id");

    [Fact]
    public async Task Everything_that_a_verdict_needs_of_a_user_comes_in_one_page()
    {
        List<JsonNode> users = await AllAsync($"/users?$top=999&$select={Everything}");
        Assert.Equal(TenantFixture.Users, users.Count);
        JsonNode bram = users.Single(user => user["userPrincipalName"]?.GetValue<string>() == "bram@contoso.com");
        Assert.StartsWith("S-1-5-21-", Text(bram, "onPremisesSecurityIdentifier"), StringComparison.Ordinal);
        Assert.Contains(",DC=contoso,DC=com", Text(bram, "onPremisesDistinguishedName"), StringComparison.Ordinal);
        Assert.NotEmpty(bram["assignedPlans"]!.AsArray());
        JsonNode rhea = users.Single(user => user["userPrincipalName"]?.GetValue<string>() == "rhea@contoso.com");
        Assert.True(rhea["isManagementRestricted"]!.GetValue<bool>());
        Assert.Equal(Everything.Split(',').Length, rhea.AsObject().Count);
    }

    [Fact]
    public async Task Role_assignments_come_unfiltered_filtered_and_in_pages()
    {
        List<JsonNode> all = await AllAsync("/roleManagement/directory/roleAssignments?$expand=roleDefinition");
        List<JsonNode> paged = await AllAsync("/roleManagement/directory/roleAssignments?$top=3");
        Assert.Equal(all.Select(item => Text(item, "id")), paged.Select(item => Text(item, "id")));
        Assert.Equal(all.Count, all.DistinctBy(item => Text(item, "id")).Count());
        Assert.All(all, item => Assert.Equal(Text(item, "roleDefinitionId"), Text(item["roleDefinition"]!, "id")));
        JsonNode helpdesk = all.First(item => Text(item["roleDefinition"]!, "displayName") == "Helpdesk Administrator")["roleDefinition"]!;
        Assert.Contains(
            "microsoft.directory/users/password/update",
            helpdesk["rolePermissions"]![0]!["allowedResourceActions"]!.AsArray().Select(action => action!.GetValue<string>()));
        string bea = await IdAsync("bea");
        JsonNode scoped = Assert.Single(await AllAsync($"/roleManagement/directory/roleAssignments?$filter=principalId eq '{bea}'"));
        Assert.StartsWith("/administrativeUnits/", Text(scoped, "directoryScopeId"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedules_tell_assigned_from_eligible()
    {
        string helena = await IdAsync("helena");
        string filter = $"$filter=principalId eq '{helena}'&$expand=roleDefinition";
        JsonNode active = Assert.Single(await AllAsync("/roleManagement/directory/roleAssignmentScheduleInstances?" + filter));
        Assert.Equal(
            ("Assigned", "Direct", "Helpdesk Administrator"),
            (Text(active, "assignmentType"), Text(active, "memberType"), Text(active["roleDefinition"]!, "displayName")));
        JsonNode eligible = Assert.Single(await AllAsync("/roleManagement/directory/roleEligibilityScheduleInstances?" + filter));
        Assert.Equal("Privileged Authentication Administrator", Text(eligible["roleDefinition"]!, "displayName"));
        Assert.EndsWith("-e", Text(eligible, "id"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_assignable_groups_show_members_and_owners()
    {
        List<JsonNode> groups = await AllAsync(
            "/groups?$filter=isAssignableToRole eq true&$select=id,displayName,isAssignableToRole&$top=1");
        Assert.Superset(
            new HashSet<string> { "Key holders", "Service desk" }, groups.Select(group => Text(group, "displayName")).ToHashSet());
        Assert.All(groups, group => Assert.True(group["isAssignableToRole"]!.GetValue<bool>()));
        string keyHolders = Text(groups.Single(group => Text(group, "displayName") == "Key holders"), "id");
        JsonNode member = Assert.Single(await AllAsync($"/groups/{keyHolders}/transitiveMembers?$select=id&$top=999"));
        Assert.Equal((await IdAsync("kees"), "#microsoft.graph.user"), (Text(member, "id"), Text(member, "@odata.type")));
        Assert.Equal(await IdAsync("greta"), Text(Assert.Single(await AllAsync($"/groups/{keyHolders}/owners?$select=id")), "id"));
        PracticeClient.Reply one = await _client.GetAsync($"/groups/{keyHolders}?$select=displayName", _token);
        Assert.Equal("Key holders", one.Text("displayName"));
        Assert.Equal(404, (await _client.GetAsync($"/groups/{Guid.NewGuid()}/members", _token)).Status);
        Assert.Equal(403, (await _client.GetAsync("/groups", await _client.UserTokenAsync("adele@contoso.com", "User.Read"))).Status);
    }

    [Fact]
    public async Task Transitive_members_are_those_of_inner_groups_and_the_groups()
    {
        JsonNode everyone = Assert.Single(await AllAsync("/groups?$filter=displayName eq 'Everyone'"));
        string id = Text(everyone, "id");
        Assert.Null(everyone["isAssignableToRole"]);
        Assert.Equal("#microsoft.graph.group", Text(Assert.Single(await AllAsync($"/groups/{id}/members")), "@odata.type"));
        List<JsonNode> all = await AllAsync($"/groups/{id}/transitiveMembers?$top=2&$select=id");
        Assert.Contains(await IdAsync("rhea"), all.Select(item => Text(item, "id")));
        Assert.Single(all, item => Text(item, "@odata.type") == "#microsoft.graph.group");
        Assert.Equal(all.Count, all.DistinctBy(item => Text(item, "id")).Count());
    }

    [Fact]
    public async Task Units_and_their_members_come_in_pages()
    {
        List<JsonNode> units = await AllAsync("/directory/administrativeUnits?$select=id,displayName,isMemberManagementRestricted&$top=1");
        JsonNode restricted = units.Single(unit => Text(unit, "displayName") == "Executives");
        Assert.True(restricted["isMemberManagementRestricted"]!.GetValue<bool>());
        Assert.Equal(3, restricted.AsObject().Count);
        Assert.Contains(await IdAsync("rhea"), (await AllAsync(
            $"/directory/administrativeUnits/{Text(restricted, "id")}/members?$select=id&$top=1")).Select(item => Text(item, "id")));
    }

    [Fact]
    public async Task A_deleted_user_is_in_the_bin_until_it_is_restored()
    {
        await using PracticeClient client = await PracticeClient.StartAsync();
        string token = await client.AppTokenAsync();
        string id = (await client.GetAsync("/users/adele@contoso.com", token)).Text("id");
        string bin = "/directory/deletedItems/microsoft.graph.user";
        int before = int.Parse((await client.GetAsync("/users/$count", token, eventual: true)).Body);
        Assert.Equal(403, (await client.WriteAsync(
            "DELETE", "/users/adele@contoso.com", await client.UserTokenAsync("nora@contoso.com"))).Status);
        Assert.Equal(400, (await client.WriteAsync("DELETE", "/users/bram@contoso.com", token)).Status);
        Assert.Equal(204, (await client.WriteAsync("DELETE", "/users/adele@contoso.com", token)).Status);

        Assert.Equal(404, (await client.GetAsync("/users/adele@contoso.com", token)).Status);
        Assert.Equal(404, (await client.GetAsync("/users/" + id, token)).Status);
        Assert.Equal((before - 1).ToString(), (await client.GetAsync("/users/$count", token, eventual: true)).Body);
        Assert.DoesNotContain(id, (await client.GetAsync("/users?$top=999&$select=id", token)).Body, StringComparison.Ordinal);
        string name = id.Replace("-", "", StringComparison.Ordinal) + "adele@contoso.com";
        JsonNode found = Assert.Single((await client.GetAsync(
            $"{bin}?$filter=id eq '{id}'&$select=id,userPrincipalName,deletedDateTime", token)).Value)!;
        Assert.Equal(name, Text(found, "userPrincipalName"));
        Assert.NotNull(found["deletedDateTime"]);
        string ends = $"{bin}?$filter=endsWith(userPrincipalName,'adele@contoso.com')";
        Assert.Equal("Request_UnsupportedQuery", (await client.GetAsync(ends, token)).Code);
        Assert.Equal(id, Text(Assert.Single((await client.GetAsync(ends + "&$count=true", token, eventual: true)).Value)!, "id"));
        Assert.Equal(name, (await client.GetAsync("/directory/deletedItems/" + id, token)).Text("userPrincipalName"));

        PracticeClient.Reply restored = await client.WriteAsync("POST", $"/directory/deletedItems/{id}/restore", token, "{}");
        Assert.Equal((200, "adele@contoso.com"), (restored.Status, restored.Text("userPrincipalName")));
        Assert.Equal(id, (await client.GetAsync("/users/adele@contoso.com", token)).Text("id"));
        Assert.Equal(404, (await client.WriteAsync("POST", $"/directory/deletedItems/{id}/restore", token, "{}")).Status);
        string[] acts = (await client.GetAsync("/auditLogs/directoryAudits?$top=2", token)).Value
            .Select(row => Text(row!, "activityDisplayName")).ToArray();
        Assert.Equal(["Restore user", "Delete user"], acts);
    }

    [Fact]
    public async Task A_batch_reads_any_of_them()
    {
        string[] urls =
        [
            "/roleManagement/directory/roleAssignments?$top=1", "/roleManagement/directory/roleEligibilityScheduleInstances",
            "/roleManagement/directory/roleAssignmentScheduleInstances", "/groups?$filter=isAssignableToRole eq true&$select=id",
            "/directory/administrativeUnits?$select=id", "/directory/deletedItems/microsoft.graph.user", "/users?$top=2&$select=id",
        ];
        var batch = new JsonObject
        {
            ["requests"] = new JsonArray(urls.Select((url, index) =>
                (JsonNode)new JsonObject { ["id"] = index.ToString(), ["method"] = "GET", ["url"] = url }).ToArray()),
        };
        PracticeClient.Reply reply = await _client.WriteAsync("POST", "/$batch", _token, batch.ToJsonString());
        Assert.All(reply.Json!["responses"]!.AsArray(), item => Assert.Equal(200, item!["status"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_hundred_thousand_users_are_read_page_by_page_without_looking_at_all_of_them()
    {
        await using PracticeClient client = await PracticeClient.StartAsync(new ServeOptions { Users = 100_000 });
        string token = await client.AppTokenAsync();
        string next = $"/users?$top=999&$select={Everything}";
        await client.GetAsync(next, token);
        var watch = Stopwatch.StartNew();
        const int pages = 20;
        for (int page = 0; page < pages; page++)
        {
            PracticeClient.Reply reply = await client.GetAsync(next, token);
            Assert.Equal(999, reply.Value.Count);
            next = reply.Text("@odata.nextLink")[(client.Ready.Graph.Length + "v1.0".Length)..];
        }
        // Generous, since the machine has more to do: one walk over all users for each page would take many times this.
        Assert.InRange(watch.ElapsedMilliseconds / pages, 0, 500);
    }
}
