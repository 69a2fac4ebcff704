using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>Changing users, resetting passwords, batches, audit and the request log.</summary>
public sealed class WriteTests(TenantFixture tenant) : IClassFixture<TenantFixture>, IAsyncLifetime
{
    private const string ResetAction = "/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword";
    private const string Secret = "Quiet-Harbor-5521";
    private readonly PracticeClient _client = tenant.Client;
    private string _token = "";

    public async Task InitializeAsync() => _token = await _client.AppTokenAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    private static string Profile(string password, bool force = true) => new JsonObject
    {
        ["passwordProfile"] = new JsonObject { ["password"] = password, ["forceChangePasswordNextSignIn"] = force },
    }.ToJsonString();

    [Fact]
    public async Task Contact_data_is_set_and_cleared()
    {
        Assert.Equal(204, (await _client.WriteAsync(
            "PATCH", "/users/adele@contoso.com", _token,
            """{"mobilePhone":"+1 4255550110","businessPhones":["+1 4255550111"],"otherMails":["adele@fabrikam.com"]}""")).Status);
        PracticeClient.Reply set = await _client.GetAsync("/users/adele@contoso.com?$select=mobilePhone,businessPhones,otherMails", _token);
        Assert.Equal("+1 4255550110", set.Text("mobilePhone"));
        Assert.Equal("+1 4255550111", set.Json!["businessPhones"]![0]!.GetValue<string>());
        Assert.Equal(204, (await _client.WriteAsync(
            "PATCH", "/users/adele@contoso.com", _token, """{"mobilePhone":null,"businessPhones":[],"otherMails":[]}""")).Status);
        PracticeClient.Reply cleared = await _client.GetAsync(
            "/users/adele@contoso.com?$select=mobilePhone,businessPhones,otherMails", _token);
        Assert.Null(cleared.Json!["mobilePhone"]);
        Assert.Empty(cleared.Json["otherMails"]!.AsArray());
    }

    [Theory]
    [InlineData("""{"businessPhones":["+1 4255550111","+1 4255550112"]}""")]
    [InlineData("""{"mobilePhone":7}""")]
    [InlineData("""{"mobilePhone":"12345678901234567890123456789012345678901234567890123456789012345"}""")]
    [InlineData("""{"otherMails":["ünlaut@fabrikam.com"]}""")]
    [InlineData("""{"onPremisesSyncEnabled":true}""")]
    [InlineData("""{"nonsense":1}""")]
    public async Task Values_that_do_not_fit_are_refused_and_change_nothing(string body)
    {
        string before = (await _client.SendAsync("GET", "practice/users/adele@contoso.com/state", null)).Body;
        PracticeClient.Reply reply = await _client.WriteAsync("PATCH", "/users/adele@contoso.com", _token, body);
        Assert.Equal((400, "Request_BadRequest"), (reply.Status, reply.Code));
        Assert.Equal(before, (await _client.SendAsync("GET", "practice/users/adele@contoso.com/state", null)).Body);
    }

    [Fact]
    public async Task A_user_is_renamed_and_found_by_its_new_name_only()
    {
        await using PracticeClient client = await PracticeClient.StartAsync(new ServeOptions { Users = 30 });
        string token = await client.AppTokenAsync();
        Assert.Equal(400, (await client.WriteAsync(
            "PATCH", "/users/adele@contoso.com", token, """{"userPrincipalName":"NORA@contoso.com"}""")).Status);
        Assert.Equal(400, (await client.WriteAsync(
            "PATCH", "/users/adele@contoso.com", token, """{"userPrincipalName":"adele@elsewhere.example"}""")).Status);
        Assert.Equal(204, (await client.WriteAsync(
            "PATCH", "/users/adele@contoso.com", token, """{"userPrincipalName":"adele.vance@contoso.com"}""")).Status);
        Assert.Equal(404, (await client.GetAsync("/users/adele@contoso.com", token)).Status);
        Assert.Equal("Adele Vance", (await client.GetAsync("/users/adele.vance@contoso.com", token)).Text("displayName"));
    }

    [Theory]
    [InlineData("""{"mobilePhone":"+1 4255550110"}""")]
    [InlineData("""{"businessPhones":[]}""")]
    [InlineData("""{"accountEnabled":false}""")]
    public async Task What_Active_Directory_owns_is_read_only(string body)
    {
        PracticeClient.Reply reply = await _client.WriteAsync("PATCH", "/users/bram@contoso.com", _token, body);
        Assert.Equal((400, "Request_BadRequest"), (reply.Status, reply.Code));
        Assert.Equal(
            "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing "
            + "migration.",
            reply.ErrorMessage);
        Assert.Equal(204, (await _client.WriteAsync(
            "PATCH", "/users/bram@contoso.com", _token, """{"otherMails":["bram@fabrikam.com"]}""")).Status);
    }

    [Fact]
    public async Task A_password_is_set_with_its_flags()
    {
        Assert.Equal(204, (await _client.WriteAsync("PATCH", "/users/adele@contoso.com", _token, Profile(Secret))).Status);
        Assert.True(await _client.PasswordIsAsync("adele@contoso.com", Secret));
        Assert.False(await _client.PasswordIsAsync("adele@contoso.com", Secret + "x"));
        JsonNode state = (await _client.SendAsync("GET", "practice/users/adele@contoso.com/state", null)).Json!;
        Assert.True(state["forceChange"]!.GetValue<bool>());
        Assert.Equal(204, (await _client.WriteAsync(
            "PATCH", "/users/adele@contoso.com", _token, """{"passwordProfile":{"forceChangePasswordNextSignIn":false}}""")).Status);
        Assert.True(await _client.PasswordIsAsync("adele@contoso.com", Secret));
        Assert.False(
            (await _client.SendAsync("GET", "practice/users/adele@contoso.com/state", null)).Json!["forceChange"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("short1A")]
    [InlineData("alllowercaseletters")]
    [InlineData("Pässword-With-1-umlaut")]
    [InlineData("Passw0rd")]
    [InlineData("C0ntoso1!")]
    [InlineData("Adele-1234-xyz")]
    public async Task Weak_passwords_are_refused_in_the_words_of_the_service(string password)
    {
        PracticeClient.Reply reply = await _client.WriteAsync(
            "PATCH", "/users/adele@contoso.com", _token, Profile(password));
        Assert.Equal(
            (400, "Request_BadRequest",
                "The specified password does not comply with password complexity requirements. Please provide a different password."),
            (reply.Status, reply.Code, reply.ErrorMessage));
    }

    [Theory]
    [InlineData("bram@contoso.com")]
    [InlineData("gita_fabrikam.com%23EXT%23@contoso.onmicrosoft.com")]
    public async Task Passwords_that_live_elsewhere_cannot_be_patched(string user) =>
        Assert.Equal(400, (await _client.WriteAsync("PATCH", $"/users/{user}", _token, Profile(Secret))).Status);

    [Fact]
    public async Task A_reset_of_a_synced_user_runs_to_its_end_and_reaches_both_passwords()
    {
        string paul = await _client.UserTokenAsync("paul@contoso.com");
        PracticeClient.Reply accepted = await _client.WriteAsync(
            "POST", "/users/bram@contoso.com" + ResetAction, paul, $$"""{"newPassword":"{{Secret}}"}""");
        Assert.Equal(202, accepted.Status);
        Assert.Equal("{}", accepted.Body);
        Assert.Equal("1", accepted.Header("Retry-After"));
        string location = accepted.Header("Location")!;
        Assert.Matches(@"/users/[0-9a-f-]{36}/authentication/operations/[0-9a-f-]{36}\?aadgdc=[A-Z0-9]+&aadgsu=[a-z-]+$", location);
        string path = location[(_client.Ready.Graph.Length + "v1.0".Length)..];
        PracticeClient.Reply astray = await _client.GetAsync(path[..path.IndexOf('?', StringComparison.Ordinal)], paul);
        Assert.Equal(404, astray.Status);

        var states = new List<string>();
        var watch = Stopwatch.StartNew();
        do
        {
            PracticeClient.Reply status = await _client.GetAsync(path, paul);
            Assert.Equal(200, status.Status);
            states.Add(status.Text("status"));
            await Task.Delay(50);
        }
        while (states[^1] is "notStarted" or "running" && watch.Elapsed < TimeSpan.FromSeconds(20));
        Assert.Equal(["notStarted", "running", "succeeded"], states.Distinct());
        Assert.True(await _client.PasswordIsAsync("bram@contoso.com", Secret));
        Assert.True(await _client.PasswordIsAsync("bram@contoso.com", Secret, "onPremises"));
        JsonNode state = (await _client.SendAsync("GET", "practice/users/bram@contoso.com/state", null)).Json!;
        Assert.True(state["forceChange"]!.GetValue<bool>() && state["onPremisesForceChange"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("bram@contoso.com", "weakpassword", "OnPremisesPolicyViolation")]
    [InlineData("adele@contoso.com", "C0ntoso1!", "FuzzyPolicyViolationInvalidPassword")]
    public async Task A_reset_that_breaks_a_policy_is_accepted_and_fails_later(string user, string password, string detail)
    {
        string paul = await _client.UserTokenAsync("paul@contoso.com");
        PracticeClient.Reply accepted = await _client.WriteAsync(
            "POST", $"/users/{user}{ResetAction}", paul, $$"""{"newPassword":"{{password}}"}""");
        Assert.Equal(202, accepted.Status);
        PracticeClient.Reply end = await EndAsync(_client, accepted, paul);
        Assert.Equal(("failed", detail), (end.Text("status"), end.Text("statusDetail")));
        Assert.False(await _client.PasswordIsAsync(user, password));
    }

    private static async Task<PracticeClient.Reply> EndAsync(PracticeClient client, PracticeClient.Reply accepted, string token)
    {
        string path = accepted.Header("Location")![(client.Ready.Graph.Length + "v1.0".Length)..];
        for (int attempt = 0; ; attempt++)
        {
            PracticeClient.Reply status = await client.GetAsync(path, token);
            if (status.Text("status") is "succeeded" or "failed" || attempt > 200)
                return status;
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task A_cloud_user_gets_a_generated_password_and_a_synced_user_does_not()
    {
        string paul = await _client.UserTokenAsync("paul@contoso.com");
        PracticeClient.Reply accepted = await _client.WriteAsync("POST", "/users/adele@contoso.com" + ResetAction, paul);
        Assert.Equal(202, accepted.Status);
        string generated = accepted.Text("newPassword");
        Assert.Equal("succeeded", (await EndAsync(_client, accepted, paul)).Text("status"));
        Assert.True(await _client.PasswordIsAsync("adele@contoso.com", generated));
        Assert.Equal(400, (await _client.WriteAsync("POST", "/users/bram@contoso.com" + ResetAction, paul, "{}")).Status);
        Assert.Equal(400, (await _client.WriteAsync(
            "POST", "/users/femke@fed.contoso.com" + ResetAction, paul, $$"""{"newPassword":"{{Secret}}"}""")).Status);
        Assert.Equal(400, (await _client.WriteAsync(
            "POST", "/users/gita_fabrikam.com%23EXT%23@contoso.onmicrosoft.com" + ResetAction, paul,
            $$"""{"newPassword":"{{Secret}}"}""")).Status);
    }

    private static JsonObject Item(string id, string method, string url, JsonNode? body = null, params string[] dependsOn)
    {
        var item = new JsonObject { ["id"] = id, ["method"] = method, ["url"] = url };
        if (body is not null)
        {
            item["headers"] = new JsonObject { ["Content-Type"] = "application/json" };
            item["body"] = body;
        }
        if (dependsOn.Length > 0)
            item["dependsOn"] = new JsonArray(dependsOn.Select(name => (JsonNode)name).ToArray());
        return item;
    }

    private Task<PracticeClient.Reply> Batch(params JsonObject[] items) =>
        _client.WriteAsync("POST", "/$batch", _token, new JsonObject { ["requests"] = new JsonArray(items) }.ToJsonString());

    private static JsonNode Response(PracticeClient.Reply reply, string id) =>
        reply.Json!["responses"]!.AsArray().Single(item => item!["id"]!.GetValue<string>() == id)!;

    [Fact]
    public async Task A_batch_answers_each_item_on_its_own()
    {
        PracticeClient.Reply reply = await Batch(
            Item("1", "GET", "/users/adele@contoso.com?$select=id"),
            Item("2", "PATCH", "users/adele@contoso.com", new JsonObject { ["mobilePhone"] = "+1 4255550120" }),
            Item("3", "GET", "/users/ghost@contoso.com"),
            Item("4", "GET", "/users/nora@contoso.com", null, "3"),
            Item("5", "POST", "/users/adele@contoso.com/authentication/emailMethods",
                new JsonObject { ["emailAddress"] = "adele@fabrikam.com" }, "2"),
            Item("6", "GET", "/users/gita_fabrikam.com#EXT#@contoso.onmicrosoft.com"));
        Assert.Equal(200, reply.Status);
        Assert.Equal(["6", "5", "4", "3", "2", "1"], reply.Json!["responses"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()));
        Assert.Equal([200, 204, 404, 424, 201, 404], "123456".Select(id => Response(reply, id.ToString())["status"]!.GetValue<int>()));
        Assert.Null(Response(reply, "2")["body"]);
        Assert.Equal("Request_ResourceNotFound", Response(reply, "3")["body"]!["error"]!["code"]!.GetValue<string>());
        Assert.StartsWith("application/json;odata.metadata=minimal", Response(
            reply, "1")["headers"]!["Content-Type"]!.GetValue<string>(), StringComparison.Ordinal);
        PracticeClient.Reply user = await _client.GetAsync("/users/adele@contoso.com", _token);
        Assert.Equal("+1 4255550120", user.Text("mobilePhone"));
    }

    [Fact]
    public async Task A_batch_item_carries_the_headers_of_its_answer()
    {
        string paul = await _client.UserTokenAsync("paul@contoso.com");
        JsonObject item = Item(
            "1", "POST", "/users/bram@contoso.com" + ResetAction, new JsonObject { ["newPassword"] = "Silent-Meadow-7734" });
        PracticeClient.Reply reply = await _client.WriteAsync(
            "POST", "/$batch", paul, new JsonObject { ["requests"] = new JsonArray(item) }.ToJsonString());
        JsonNode response = Response(reply, "1");
        Assert.Equal(202, response["status"]!.GetValue<int>());
        Assert.Contains("/operations/", response["headers"]!["Location"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("1", response["headers"]!["Retry-after"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_batch_takes_the_header_of_advanced_queries_from_the_item()
    {
        JsonObject with = Item("1", "GET", "/users/$count");
        with["headers"] = new JsonObject { ["ConsistencyLevel"] = "eventual" };
        PracticeClient.Reply reply = await Batch(with, Item("2", "GET", "/users/$count"));
        Assert.Equal(
            "120", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(Response(reply, "1")["body"]!.GetValue<string>())));
        Assert.Equal(400, Response(reply, "2")["status"]!.GetValue<int>());
    }

    public static TheoryData<string> BadBatches => new()
    {
        "{}",
        """{"requests":[]}""",
        """{"requests":[{"id":"1","method":"GET","url":"/users"},{"id":"1","method":"GET","url":"/users"}]}""",
        """{"requests":[{"id":"a","method":"GET","url":"/users"},{"id":"A","method":"GET","url":"/users"}]}""",
        """{"requests":[{"id":"1","method":"GET"}]}""",
        """{"requests":[{"id":"1","method":"GET","url":"https://graph.microsoft.com/v1.0/users"}]}""",
        """{"requests":[{"id":"1","method":"PATCH","url":"/users/adele@contoso.com","body":{"mobilePhone":null}}]}""",
        """{"requests":[{"id":"1","method":"GET","url":"/users","dependsOn":["9"]}]}""",
        """{"requests":[{"id":"1","method":"GET","url":"/users","dependsOn":["2"]},"""
            + """{"id":"2","method":"GET","url":"/users","dependsOn":["1"]}]}""",
        """{"requests":["""
            + string.Join(',', Enumerable.Range(0, 21).Select(id => $$"""{"id":"{{id}}","method":"GET","url":"/domains"}"""))
            + "]}",
        "not json",
    };

    [Theory]
    [MemberData(nameof(BadBatches))]
    public async Task A_batch_that_makes_no_sense_is_refused_as_a_whole(string body)
    {
        PracticeClient.Reply reply = await _client.WriteAsync("POST", "/$batch", _token, body);
        Assert.Equal((400, "BadRequest"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Acts_are_audited()
    {
        await using PracticeClient client = await PracticeClient.StartAsync();
        string since = $" and activityDateTime ge {DateTimeOffset.UtcNow.AddSeconds(-1):yyyy-MM-dd'T'HH:mm:ss'Z'}";
        string token = await client.AppTokenAsync();
        string paul = await client.UserTokenAsync("paul@contoso.com");
        PracticeClient.Reply accepted = await client.WriteAsync(
            "POST", "/users/bram@contoso.com" + ResetAction, paul, $$"""{"newPassword":"{{Secret}}"}""");
        Assert.Equal("succeeded", (await EndAsync(client, accepted, paul)).Text("status"));
        await client.WriteAsync("PATCH", "/users/adele@contoso.com", token, Profile(Secret));
        await client.WriteAsync(
            "POST", "/users/adele@contoso.com/authentication/emailMethods", token, """{"emailAddress":"adele@fabrikam.com"}""");

        async Task<JsonArray> Rows(string filter) =>
            (await client.GetAsync("/auditLogs/directoryAudits?$filter=" + Uri.EscapeDataString(filter + since), token)).Value;

        JsonNode reset = Assert.Single(
            await Rows("loggedByService eq 'Self-service Password Management' and activityDateTime ge 2026-01-01T00:00:00Z"))!;
        Assert.Equal("Reset password (by admin)", reset["activityDisplayName"]!.GetValue<string>());
        Assert.Equal("Microsoft Entra Connect", reset["additionalDetails"]![0]!["value"]!.GetValue<string>());
        Assert.Equal("paul@contoso.com", reset["initiatedBy"]!["user"]!["userPrincipalName"]!.GetValue<string>());
        JsonNode patch = Assert.Single(await Rows("loggedByService eq 'Core Directory'"))!;
        Assert.Equal("Reset user password", patch["activityDisplayName"]!.GetValue<string>());
        Assert.Equal("PasswordOps full", patch["initiatedBy"]!["app"]!["displayName"]!.GetValue<string>());
        string adele = (await client.GetAsync("/users/adele@contoso.com", token)).Text("id");
        JsonNode method = Assert.Single(
            await Rows($"targetResources/any(t:t/id eq '{adele}') and loggedByService eq 'Authentication Methods'"))!;
        Assert.Equal("Admin registered security info", method["activityDisplayName"]!.GetValue<string>());
        Assert.Empty(await Rows("activityDateTime le 2026-01-01T00:00:00Z"));
    }

    [Fact]
    public async Task The_log_knows_what_was_asked_and_nothing_of_what_was_in_it()
    {
        string file = Path.GetTempFileName();
        try
        {
            await using (PracticeClient client = await PracticeClient.StartAsync(new ServeOptions { Users = 30, LogFile = file }))
            {
                string token = await client.AppTokenAsync();
                await client.WriteAsync("PATCH", "/users/adele@contoso.com", token, Profile(Secret));
                await client.WriteAsync("PATCH", "/users/adele@contoso.com", token, """{"mobilePhone":"+1 4255550177"}""");
                await client.GetAsync("/users?$filter=" + Uri.EscapeDataString("mobilePhone eq '+1 4255550177'"), token);
                string batch = new JsonObject { ["requests"] = new JsonArray(
                    Item("7", "PATCH", "/users/nora@contoso.com", new JsonObject { ["jobTitle"] = "Chief" })) }.ToJsonString();
                await client.WriteAsync("POST", "/$batch", token, batch);
                PracticeClient.Reply memory = await client.SendAsync("GET", "practice/requests", null);
                Assert.Equal(6, memory.Json!["requests"]!.AsArray().Count);
                await client.SendAsync("DELETE", "practice/requests", null);
                Assert.Empty((await client.SendAsync("GET", "practice/requests", null)).Json!["requests"]!.AsArray());
            }
            string[] lines = await File.ReadAllLinesAsync(file);
            Assert.Equal(6, lines.Length);
            string all = string.Join('\n', lines);
            Assert.DoesNotContain(Secret, all, StringComparison.Ordinal);
            Assert.DoesNotContain("4255550177", all, StringComparison.Ordinal);
            Assert.DoesNotContain("Chief", all, StringComparison.Ordinal);
            JsonNode item = JsonNode.Parse(lines.Single(line => line.Contains("\"item\":\"7\"", StringComparison.Ordinal)))!;
            Assert.Equal("/v1.0/users/nora@contoso.com", item["path"]!.GetValue<string>());
            Assert.Equal("jobTitle", item["properties"]![0]!.GetValue<string>());
            Assert.Equal("PasswordOps full", item["caller"]!.GetValue<string>());
            JsonNode outer = JsonNode.Parse(lines.Single(line => line.Contains("$batch", StringComparison.Ordinal)))!;
            Assert.Equal(outer["requestId"]!.GetValue<string>(), item["batch"]!.GetValue<string>());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_batch_waits_once_for_its_latency()
    {
        await _client.SendAsync("POST", "practice/latency?ms=200", null);
        var watch = Stopwatch.StartNew();
        PracticeClient.Reply reply = await Batch(Enumerable.Range(0, 20).Select(id => Item(id.ToString(), "GET", "/domains")).ToArray());
        Assert.Equal(200, reply.Status);
        Assert.InRange(watch.ElapsedMilliseconds, 190, 3000);
        await _client.SendAsync("POST", "practice/latency?ms=0", null);
    }

    [Fact]
    public async Task Roles_units_and_groups_can_be_read()
    {
        async Task<JsonArray> Values(string path) => (await _client.GetAsync(path, _token)).Value;

        string helena = (await _client.GetAsync("/users/helena@contoso.com", _token)).Text("id");
        JsonNode assignment = Assert.Single(await Values(
            $"/roleManagement/directory/roleAssignments?$filter=principalId%20eq%20'{helena}'&$expand=roleDefinition"))!;
        Assert.Equal("Helpdesk Administrator", assignment["roleDefinition"]!["displayName"]!.GetValue<string>());
        Assert.Equal("/", assignment["directoryScopeId"]!.GetValue<string>());
        JsonNode eligible = Assert.Single(await Values(
            $"/roleManagement/directory/roleEligibilityScheduleInstances?$filter=principalId%20eq%20'{helena}'"))!;
        Assert.Equal("7be44c8a-adaf-4e2a-84d6-ab2649e08a13", eligible["roleDefinitionId"]!.GetValue<string>());

        Assert.Equal("Helpdesk Administrator", Assert.Single(
            await Values("/users/grace@contoso.com/transitiveMemberOf/microsoft.graph.directoryRole"))!["displayName"]!.GetValue<string>());
        JsonArray groups = await Values(
            "/users/kees@contoso.com/transitiveMemberOf/microsoft.graph.group?$select=displayName,isAssignableToRole");
        Assert.Equal(["Everyone", "Key holders", "Staff"], groups.Select(group => group!["displayName"]!.GetValue<string>())
            .Order(StringComparer.Ordinal));
        Assert.Equal("Key holders", Assert.Single(
            await Values("/users/greta@contoso.com/ownedObjects/microsoft.graph.group"))!["displayName"]!.GetValue<string>());
        JsonNode unit = Assert.Single(await Values("/users/rhea@contoso.com/memberOf/microsoft.graph.administrativeUnit"))!;
        Assert.True(unit["isMemberManagementRestricted"]!.GetValue<bool>());
        Assert.Equal("rhea@contoso.com", Assert.Single(
            await Values($"/directory/administrativeUnits/{unit["id"]}/members"))!["userPrincipalName"]!.GetValue<string>());
        JsonArray members = await Values("/directoryRoles(roleTemplateId='7be44c8a-adaf-4e2a-84d6-ab2649e08a13')/members");
        Assert.Equal(
            ["#microsoft.graph.servicePrincipal", "#microsoft.graph.user"],
            members.Select(member => member!["@odata.type"]!.GetValue<string>()).Order(StringComparer.Ordinal));

        ReadyApp full = _client.App("PasswordOps full");
        string principal = (await _client.GetAsync($"/servicePrincipals(appId='{full.AppId}')?$select=id", _token)).Text("id");
        Assert.Single(await Values($"/roleManagement/directory/roleAssignments?$filter=principalId%20eq%20'{principal}'"));
    }

    [Theory]
    [InlineData("/subscribedSkus", 7)]
    [InlineData("/directory/subscriptions", 1)]
    [InlineData("/domains", 3)]
    [InlineData("/organization", 1)]
    public async Task The_tenant_can_be_read(string path, int count) =>
        Assert.Equal(count, (await _client.GetAsync(path, _token)).Value.Count);

    [Fact]
    public async Task Policies_can_be_read()
    {
        Assert.True((await _client.GetAsync("/policies/authorizationPolicy", _token)).Json!["allowedToUseSSPR"]!.GetValue<bool>());
        PracticeClient.Reply methods = await _client.GetAsync("/policies/authenticationMethodsPolicy", _token);
        Assert.Equal("migrationComplete", methods.Text("policyMigrationState"));
        Assert.Contains("Sms", methods.Json!["authenticationMethodConfigurations"]!.AsArray()
            .Select(method => method!["id"]!.GetValue<string>()));
    }
}
