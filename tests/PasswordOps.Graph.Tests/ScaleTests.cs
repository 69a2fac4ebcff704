using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;

namespace PasswordOps.Graph.Tests;

/// <summary>Many users and many standings take requests by the pages of the tenant's lists, and say what single reads say.</summary>
public sealed class ScaleTests
{
    private const string Group = "e5f7a9b1-3c5d-4e7f-8091-b2c3d4e5f607";
    private const string Open = "c4e6a8b0-1d3f-4572-9a4c-6e80b2d4f617";
    private const string Idle = "d4e6a8b0-1d3f-4572-9a4c-6e80b2d4f618";
    private const string Restricted = "11111111-2222-4333-8444-555555555555";

    private static async Task<IReadOnlyList<Reading<Standing>>> ManyAsync(IDirectory directory, string[] ids)
    {
        ITenantStandings all = (await directory.GetTenantStandingsAsync(CancellationToken.None)).Value;
        return ids.Select(id => all.Of(id)!).ToArray();
    }

    private readonly FakeService service = new();

    [Fact]
    public async Task Most_of_a_tenant_is_picked_out_of_its_pages()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = Tenant(2500);
        UserIdentity[] asked = Enumerable.Range(0, 1500)
            .Select(i => new UserIdentity(i % 2 == 0 ? Id(i) : Name(i).ToUpperInvariant()))
            .Concat(new[] { new UserIdentity("late@contoso.com"), new UserIdentity("ghost@contoso.com"), new UserIdentity(Id(0)) })
            .ToArray();

        IReadOnlyList<Reading<DirectoryUser>> read = await directory.GetUsersAsync(asked, CancellationToken.None);

        Assert.Equal(asked.Length, read.Count);
        Assert.All(Enumerable.Range(0, 1500), i => Assert.Equal(Name(i), read[i].Value.UserPrincipalName));
        Assert.Equal("late@contoso.com", read[1500].Value.UserPrincipalName);
        Assert.Equal("UserNotFound", read[1501].Error!.Id);
        Assert.Equal(Name(0), read[1502].Value.UserPrincipalName);

        // The count, three pages, a batch for the two whom the list does not show, and a look among deleted users.
        Assert.Equal(
            new[] { "/users", "/users", "/users", "/users/$count", "/$batch", "/directory/deletedItems/microsoft.graph.user" }
                .OrderBy(path => path, StringComparer.Ordinal),
            service.Requests.Select(request => request.Address.AbsolutePath.Substring("/v1.0".Length))
                .OrderBy(path => path, StringComparer.Ordinal));
        Assert.Equal(
            "eventual",
            service.Requests.Single(request => request.Path.EndsWith("/$count", StringComparison.Ordinal)).Header("ConsistencyLevel"));
        Assert.All(
            service.Requests.Where(request => request.Address.AbsolutePath == "/v1.0/users"),
            request => Assert.Equal(string.Empty, request.Header("ConsistencyLevel")));
    }

    [Theory]
    [InlineData("200000")]
    [InlineData(null)]
    public async Task A_part_of_a_large_tenant_or_of_one_that_gives_no_count_is_asked_by_name(string? count)
    {
        IDirectory directory = await OpenAsync();
        Func<Recorded, Reply?> tenant = Tenant(200_000);
        service.OnGraph = request => !request.Path.EndsWith("/$count", StringComparison.Ordinal) ? tenant(request)
            : count is null ? Reply.Error(400, "Request_BadRequest") : Reply.Of(200, "\uFEFF" + count);

        IReadOnlyList<Reading<DirectoryUser>> read = await directory.GetUsersAsync(
            Enumerable.Range(0, 60).Select(i => new UserIdentity(Name(i))).ToArray(), CancellationToken.None);

        Assert.All(Enumerable.Range(0, 60), i => Assert.Equal(Id(i), read[i].Value.Id));
        Assert.Equal(4, service.Requests.Count);
        Assert.Equal(3, service.Requests.Count(request => request.IsBatch));
    }

    [Fact]
    public async Task A_list_that_is_refused_leaves_each_user_to_be_asked_for()
    {
        IDirectory directory = await OpenAsync();
        Func<Recorded, Reply?> tenant = Tenant(60);
        service.OnGraph = request =>
            request.Address.AbsolutePath == "/v1.0/users" ? Reply.Error(403, "Authorization_RequestDenied") : tenant(request);

        IReadOnlyList<Reading<DirectoryUser>> read = await directory.GetUsersAsync(
            Enumerable.Range(0, 60).Select(i => new UserIdentity(Name(i))).ToArray(), CancellationToken.None);

        Assert.All(Enumerable.Range(0, 60), i => Assert.Equal(Id(i), read[i].Value.Id));
    }

    [Fact]
    public async Task A_list_that_breaks_off_keeps_what_it_showed_and_asks_nobody_else()
    {
        IDirectory directory = await OpenAsync();
        Func<Recorded, Reply?> tenant = Tenant(1500);
        service.OnGraph = request => request.Path.Contains("skiptoken")
            ? throw new HttpRequestException("broken", new SocketException((int)SocketError.ConnectionReset))
            : tenant(request);

        IReadOnlyList<Reading<DirectoryUser>> read = await directory.GetUsersAsync(
            Enumerable.Range(0, 1500).Select(i => new UserIdentity(Name(i))).ToArray(), CancellationToken.None);

        Assert.Equal(999, read.Count(one => one.IsKnown));
        Assert.All(read.Where(one => !one.IsKnown), one => Assert.Equal("ConnectionLost", one.Error!.Id));
        Assert.DoesNotContain(service.Requests, request => request.IsBatch);
    }

    [Fact]
    public async Task Standings_of_many_come_out_of_the_tenants_lists()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = Administration;

        Dictionary<string, Standing> standings = (await ManyAsync(directory, People(40)))
            .Select(one => one.Value).ToDictionary(one => one.ObjectId);

        Assert.Equal(40, standings.Count);
        HeldRole direct = Assert.Single(standings["u0"].Roles);
        Assert.Equal("Helpdesk Administrator /", direct.Name + " " + direct.Scope);
        Assert.True(direct.IsBuiltIn);
        Assert.Equal(
            new[] { "Branch desk /administrativeUnits/" + Open, "User Administrator /administrativeUnits/" + Restricted },
            standings["u1"].Roles.Select(role => role.Name + " " + role.Scope).OrderBy(text => text, StringComparer.Ordinal));
        Assert.Equal(
            "microsoft.directory/users/password/update",
            Assert.Single(standings["u1"].Roles.Single(role => role.IsBuiltIn == false).Actions));
        Assert.Equal(new[] { "Key holders" }, standings["u1"].RoleAssignableGroups);
        Assert.Equal(new[] { "/administrativeUnits/" + Restricted }, standings["u1"].RestrictedRoleScopes);
        Assert.Equal(new[] { "Key holders" }, standings["u2"].RoleAssignableGroups);
        Assert.Empty(standings["u2"].Roles);
        Assert.Equal(new[] { Open }, standings["u3"].AdministrativeUnits);
        Assert.Empty(standings["u3"].RestrictedUnits);
        Assert.Equal(new[] { Restricted }, standings["u4"].RestrictedUnits);
        Assert.Equal(new[] { Restricted }, standings["u39"].RestrictedUnits);
        Assert.All(Enumerable.Range(5, 34), i => Assert.Empty(standings["u" + i].Roles.Cast<object>()
            .Concat(standings["u" + i].RoleAssignableGroups).Concat(standings["u" + i].AdministrativeUnits)));

        // One batch of lists, one of members, and the second page of one of these.
        Assert.Equal(3, service.Requests.Count);
        Assert.DoesNotContain(service.Requests, request => request.Body.Contains(Idle));
    }

    [Fact]
    public async Task Requests_for_standings_do_not_grow_with_the_accounts()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = Administration;

        await ManyAsync(directory, People(5000));

        Assert.Equal(3, service.Requests.Count);
    }

    [Fact]
    public async Task Where_eligible_roles_cannot_be_read_every_unit_counts()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request =>
            request.Path.Contains("roleEligibility") ? Reply.Error(403, "Authorization_RequestDenied") : Administration(request);

        IReadOnlyList<Reading<Standing>> read = await ManyAsync(directory, People(21));

        Assert.Equal(new[] { Idle }, read[5].Value.AdministrativeUnits);
    }

    [Theory]
    [InlineData("/groups?")]
    [InlineData("/groups/" + Group + "/owners")]
    [InlineData("/directory/administrativeUnits?")]
    [InlineData("/roleManagement/directory/roleDefinitions")]
    [InlineData("select=principalId")]
    public async Task Whoever_may_not_see_a_list_is_told_so(string refused)
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request =>
            request.Path.Contains(refused) ? Reply.Error(403, "Authorization_RequestDenied") : Administration(request);

        Reading<ITenantStandings> all = await directory.GetTenantStandingsAsync(CancellationToken.None);

        Assert.Equal(403, all.Error!.Status);
        Assert.Equal(ErrorKind.PermissionDenied, all.Error.Kind);
    }

    [Fact]
    public async Task A_list_that_is_not_reached_leaves_all_standings_unknown()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Path.Contains("/groups?") ? Reply.Error(503, "serviceNotAvailable") : Administration(request);

        Reading<ITenantStandings> all = await directory.GetTenantStandingsAsync(CancellationToken.None);

        Assert.Equal("ServiceUnavailable", all.Error!.Id);
        Assert.DoesNotContain(service.Requests, request => request.Body.Contains("transitiveMemberOf"));
    }

    [Fact]
    public async Task A_group_that_went_meanwhile_has_nobody_in_it()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request =>
            request.Path.Contains("/groups/" + Group) ? Reply.Error(404, "Request_ResourceNotFound") : Administration(request);

        IReadOnlyList<Reading<Standing>> read = await ManyAsync(directory, People(21));

        Assert.Empty(read[2].Value.RoleAssignableGroups);
    }

    [Fact]
    public async Task A_role_over_a_unit_that_no_list_shows_has_to_be_looked_at_by_itself()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request =>
            request.Path.Contains("/directory/administrativeUnits?") ? Reply.Json("""{"value":[]}""") : Administration(request);

        Reading<ITenantStandings> all = await directory.GetTenantStandingsAsync(CancellationToken.None);

        Assert.Null(all.Value.Of("u1"));
        Assert.NotNull(all.Value.Of("u0"));
        Assert.NotNull(all.Value.Of("u2"));
    }

    [Theory]
    [InlineData("anna@contoso.com")]
    [InlineData("5f8e7d6c-4b3a-4291-8e7f-6d5c4b3a2918")]
    public async Task A_deleted_user_is_told_as_such(string identity)
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Path.StartsWith("/v1.0/directory/deletedItems", StringComparison.Ordinal)
            ? Reply.Json(
                """
                {"value":[
                 {"id":"5f8e7d6c-4b3a-4291-8e7f-000000000000","userPrincipalName":"5f8e7d6c4b3a42918e7f000000000000joanna@contoso.com",
                  "deletedDateTime":"2026-08-18T08:00:00Z"},
                 {"id":"5f8e7d6c-4b3a-4291-8e7f-6d5c4b3a2918","userPrincipalName":"5f8e7d6c4b3a42918e7f6d5c4b3a2918anna@contoso.com",
                  "deletedDateTime":"2026-08-01T10:20:30Z"}]}
                """)
            : Reply.Error(404, "Request_ResourceNotFound");

        PasswordOpsException error =
            (await directory.GetUsersAsync(new[] { new UserIdentity(identity) }, CancellationToken.None))[0].Error!;

        Assert.Equal("UserDeleted", error.Id);
        Assert.Equal(
            $"User {identity} was deleted on 2026-08-01 10:20 UTC and can be restored until 2026-08-31 10:20 UTC.", error.Message);
        Assert.Contains("Restore-MgDirectoryDeletedItem -DirectoryObjectId 5f8e7d6c-4b3a-4291-8e7f-6d5c4b3a2918", error.Advice);
        Recorded look = service.Requests[1];
        Assert.Equal(identity.Contains("@") ? "eventual" : string.Empty, look.Header("ConsistencyLevel"));
        Assert.Contains(
            identity.Contains("@")
                ? "$filter=endsWith(userPrincipalName,'anna%40contoso.com')&$count=true"
                : $"$filter=id%20eq%20'{identity}'",
            look.Path);
    }

    [Fact]
    public async Task A_user_whose_name_is_the_end_of_a_deleted_ones_was_not_deleted()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Path.StartsWith("/v1.0/directory/deletedItems", StringComparison.Ordinal)
            ? Reply.Json(
                """
                {"value":[{"id":"5f8e7d6c-4b3a-4291-8e7f-000000000000",
                  "userPrincipalName":"5f8e7d6c4b3a42918e7f000000000000joanna@contoso.com",
                  "deletedDateTime":"2026-08-18T08:00:00Z"}]}
                """)
            : Reply.Error(404, "Request_ResourceNotFound");

        PasswordOpsException error =
            (await directory.GetUsersAsync(new[] { new UserIdentity("anna@contoso.com") }, CancellationToken.None))[0].Error!;

        Assert.Equal("UserNotFound", error.Id);
        Assert.DoesNotContain("deleted", error.Advice);
    }

    [Fact]
    public async Task Deleted_users_that_may_not_be_seen_leave_the_question_open()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Path.StartsWith("/v1.0/directory/deletedItems", StringComparison.Ordinal)
            ? Reply.Error(403, "Authorization_RequestDenied")
            : Reply.Error(404, "Request_ResourceNotFound");

        PasswordOpsException error =
            (await directory.GetUsersAsync(new[] { new UserIdentity("o'brien@contoso.com") }, CancellationToken.None))[0].Error!;

        Assert.Equal("UserNotFound", error.Id);
        Assert.Contains("deleted users could not be looked at", error.Advice);
        Assert.Contains("o%27%27brien%40contoso.com", service.Requests[1].Path);
    }

    [Fact]
    public async Task Many_typing_mistakes_are_not_looked_for_among_deleted_users()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Error(404, "Request_ResourceNotFound");

        await directory.GetUsersAsync(
            Enumerable.Range(0, 21).Select(i => new UserIdentity(Name(i))).ToArray(), CancellationToken.None);

        Assert.DoesNotContain(service.Requests, request => (request.Path + request.Body).Contains("deletedItems"));
    }

    private static string[] People(int count) => Enumerable.Range(0, count).Select(i => "u" + i).ToArray();

    private static string Id(int i) => new Guid(i + 1, 0, 0, new byte[8]).ToString("D");

    private static string Name(int i) => $"user{i}@contoso.com";

    private static string User(int i) => $$"""{"id":"{{Id(i)}}","userPrincipalName":"{{Name(i)}}"}""";

    /// <summary>A tenant of so many users, and one whom lists do not show yet.</summary>
    private static Func<Recorded, Reply?> Tenant(int count) => request =>
    {
        string path = Uri.UnescapeDataString(request.Address.AbsolutePath).Substring("/v1.0".Length);
        if (path == "/users/$count")
        {
            return Reply.Of(200, count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (path == "/users")
        {
            int token = request.Path.IndexOf("$skiptoken=", StringComparison.Ordinal);
            int start = token < 0 ? 0 : int.Parse(request.Path.Substring(token + "$skiptoken=".Length));
            int end = Math.Min(start + 999, count);
            string link = end < count ? $"\"@odata.nextLink\":\"https://graph.microsoft.com/v1.0/users?$skiptoken={end}\"," : string.Empty;
            return Reply.Json("{" + link + "\"value\":[" + string.Join(",", Enumerable.Range(start, end - start).Select(User)) + "]}");
        }

        if (!path.StartsWith("/users/", StringComparison.Ordinal))
        {
            return null;
        }

        string name = path.Substring("/users/".Length);
        return name == "late@contoso.com" ? Reply.Json("""{"id":"late","userPrincipalName":"late@contoso.com"}""")
            : name.StartsWith("user", StringComparison.OrdinalIgnoreCase)
                ? Reply.Json(User(int.Parse(name.Substring(4, name.IndexOf('@') - 4))))
            : Reply.Error(404, "Request_ResourceNotFound");
    };

    /// <summary>The lists of a tenant with a role, a role-assignable group and three administrative units.</summary>
    private static Reply? Administration(Recorded request)
    {
        const string Root = "https://graph.microsoft.com/v1.0";
        string path = request.Path.Substring("/v1.0".Length);
        return path.StartsWith("/roleManagement/directory/roleAssignments?$select", StringComparison.Ordinal) ? Reply.Json(
                $$"""
                {"value":[{"principalId":"u0","roleDefinitionId":"desk","directoryScopeId":"/"},
                 {"principalId":"somebody else","roleDefinitionId":"desk","directoryScopeId":"/"},
                 {"principalId":"U1","roleDefinitionId":"custom","directoryScopeId":"/administrativeUnits/{{Open}}"},
                 {"principalId":"{{Group}}","roleDefinitionId":"user","directoryScopeId":"/administrativeUnits/{{Restricted}}"}]}
                """)
            : path.StartsWith("/roleManagement/directory/roleDefinitions", StringComparison.Ordinal) ? Reply.Json(
                """
                {"value":[{"id":"desk","templateId":"desk","displayName":"Helpdesk Administrator","isBuiltIn":true},
                 {"id":"user","templateId":"user","displayName":"User Administrator","isBuiltIn":true},
                 {"id":"custom","templateId":"custom","displayName":"Branch desk","isBuiltIn":false,
                  "rolePermissions":[{"allowedResourceActions":["microsoft.directory/users/password/update"]}]}]}
                """)
            : path.StartsWith("/groups?", StringComparison.Ordinal) ? Reply.Json(
                $$"""{"value":[{"id":"{{Group}}","displayName":"Key holders","isAssignableToRole":true}]}""")
            : path.StartsWith($"/groups/{Group}/transitiveMembers", StringComparison.Ordinal) ? Reply.Json(
                """{"value":[{"@odata.type":"#microsoft.graph.user","id":"u1"},{"@odata.type":"#microsoft.graph.user","id":"u900000"}]}""")
            : path.StartsWith($"/groups/{Group}/owners", StringComparison.Ordinal) ? Reply.Json("""{"value":[{"id":"u2"}]}""")
            : path.StartsWith("/directory/administrativeUnits?", StringComparison.Ordinal) ? Reply.Json(
                $$"""
                {"value":[{"id":"{{Open}}","isMemberManagementRestricted":false},{"id":"{{Idle}}","isMemberManagementRestricted":null},
                 {"id":"{{Restricted}}","isMemberManagementRestricted":true}]}
                """)
            : path.Contains(Restricted + "/members?$skiptoken") ? Reply.Json("""{"value":[{"id":"u39"}]}""")
            : path.Contains(Restricted + "/members") ? Reply.Json(
                $$"""
                {"value":[{"id":"u4"}],"@odata.nextLink":"{{Root}}/directory/administrativeUnits/{{Restricted}}/members?$skiptoken=a"}
                """)
            : path.Contains(Open + "/members") ? Reply.Json("""{"value":[{"id":"u3"},{"id":"u6000"}]}""")
            : path.Contains(Idle + "/members") ? Reply.Json("""{"value":[{"id":"u5"}]}""")
            : path.StartsWith("/roleManagement/directory/roleEligibilityScheduleInstances", StringComparison.Ordinal)
                ? Reply.Json("""{"value":[]}""")
            : Reply.Error(400, "Request_UnsupportedQuery");
    }

    private Task<IDirectory> OpenAsync() => service.OpenAsync(Jwt.Person("Directory.Read.All"));
}
