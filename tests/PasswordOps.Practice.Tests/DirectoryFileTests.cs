using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>Tenants that somebody wrote down.</summary>
public sealed class DirectoryFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    private ServeOptions Options(string json)
    {
        File.WriteAllText(_file, json);
        return new ServeOptions { DirectoryFile = _file };
    }

    /// <summary>The example in the documentation.</summary>
    private static string Example()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PasswordOps.sln")))
            folder = folder.Parent;
        Assert.NotNull(folder);
        string page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "practice-tenant.md"));
        const string fence = "```json\n";
        int start = page.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static JsonObject Changed(Action<JsonObject> change)
    {
        JsonObject root = JsonNode.Parse(Example())!.AsObject();
        change(root);
        return root;
    }

    [Fact]
    public async Task The_documented_example_runs()
    {
        await using PracticeClient client = await PracticeClient.StartAsync(Options(Example()));
        Assert.Equal(9, client.Ready.Users);
        Assert.Equal(["adele@contoso.com", "sanne@contoso.com"], client.Ready.People.Select(person => person.UserPrincipalName));
        Assert.Equal(["User Administrator"], client.App("Runbook").Roles);
        Assert.True(File.Exists(client.App("Runbook").CertificateFile));

        string token = await client.AppTokenAsync("Runbook");
        PracticeClient.Reply phones = await client.GetAsync("/users/adele@contoso.com/authentication/phoneMethods", token);
        Assert.Equal(["+1 4255550100", "+1 2065550101", "+1 4255550199x123"], phones.Value
            .Select(phone => phone!["phoneNumber"]!.GetValue<string>()));
        PracticeClient.Reply licenses = await client.GetAsync("/users/adele@contoso.com/licenseDetails", token);
        Assert.Equal("Disabled", licenses.Value[1]!["servicePlans"]![1]!["provisioningStatus"]!.GetValue<string>());
        PracticeClient.Reply restricted = await client.GetAsync("/users/sanne@contoso.com?$select=isManagementRestricted", token);
        Assert.True(restricted.Json!["isManagementRestricted"]!.GetValue<bool>());
        Assert.True(await client.PasswordIsAsync("helena@contoso.com", "Green-Bicycle-4417"));
        Assert.True(await client.PasswordIsAsync("bram@contoso.com", "Blue-Canal-2291", "onPremises"));
        Assert.False(await client.PasswordIsAsync("bram@contoso.com", "Blue-Canal-2291"));
    }

    [Fact]
    public async Task Ids_follow_from_the_names()
    {
        async Task<Guid> Adele()
        {
            await using PracticeServer server = await PracticeServer.StartAsync(Options(Example()));
            return server.Ready.People[0].Id;
        }

        Assert.Equal(await Adele(), await Adele());
    }

    public static TheoryData<string, string> Faults => new()
    {
        { """$.users[0].mobilphone: unknown property""", """{"users":[{"userPrincipalName":"a@contoso.com","mobilphone":"x"}]}""" },
        { """$.users: at least one user is required""", """{"users":[]}""" },
        {
            """$.users[1].userPrincipalName: 'A@contoso.com' occurs twice""",
            """{"users":[{"userPrincipalName":"a@contoso.com","displayName":"A"},{"userPrincipalName":"A@contoso.com"}]}"""
        },
        {
            """$.users[0].userPrincipalName: 'a@fabrikam.com' does not end in one of the domains""",
            """{"users":[{"userPrincipalName":"a@fabrikam.com"}]}"""
        },
        {
            """$.users[1].id: 3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11 is the id of another object too""",
            """{"users":[{"userPrincipalName":"a@contoso.com","id":"3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11"},"""
            + """{"userPrincipalName":"b@contoso.com","id":"3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11"}]}"""
        },
        { """$.users[0].userPrincipalName: is required""", """{"users":[{}]}""" },
        {
            """$.users[0].roles: 'Desk King' is no built-in role known here""",
            """{"users":[{"userPrincipalName":"a@contoso.com","roles":["Desk King"]}]}"""
        },
        {
            """$.users[0].accountEnabled: must be true or false""",
            """{"users":[{"userPrincipalName":"a@contoso.com","accountEnabled":"yes"}]}"""
        },
        {
            """$.users[0].authentication.phoneMethods[0].phoneNumber: must be""",
            """{"users":[{"userPrincipalName":"a@contoso.com","authentication":"""
            + """{"phoneMethods":[{"phoneType":"mobile","phoneNumber":"0612345678"}]}}]}"""
        },
        {
            """$.users[0].authentication.phoneMethods: alternateMobile needs mobile""",
            """{"users":[{"userPrincipalName":"a@contoso.com","authentication":"""
            + """{"phoneMethods":[{"phoneType":"alternateMobile","phoneNumber":"+1 4255550100"}]}}]}"""
        },
        {
            """$.users[0].licenseDetails[0].skuPartNumber: 'SPB' is not among subscribedSkus""",
            """{"users":[{"userPrincipalName":"a@contoso.com","licenseDetails":[{"skuPartNumber":"SPB"}]}]}"""
        },
        {
            """$.roleDefinitions[0].displayName: 'Global Reader' is a built-in role""",
            """{"roleDefinitions":[{"displayName":"Global Reader"}],"users":[{"userPrincipalName":"a@contoso.com"}]}"""
        },
        {
            """$.users[0].resets.outcome: must be one of succeeded, failed, onPremisesOnly, never, silent, not 'maybe'""",
            """{"users":[{"userPrincipalName":"a@contoso.com","resets":{"outcome":"maybe"}}]}"""
        },
        {
            """$.users[0].userPrincipalName: is required, or else an id""", """{"users":[{"displayName":"No Name"}]}"""
        },
        {
            """$.roleAssignments[0].principal: 'ghost' is no user, group or application""",
            """{"users":[{"userPrincipalName":"a@contoso.com"}],"roleAssignments":[{"principal":"ghost","role":"Global Reader"}]}"""
        },
        {
            """$.roleAssignments[0].role: Global Administrator cannot be assigned over one administrative unit""",
            """{"users":[{"userPrincipalName":"a@contoso.com"}],"administrativeUnits":[{"displayName":"East"}],"roleAssignments":"""
            + """[{"principal":"a@contoso.com","role":"Global Administrator","administrativeUnit":"East"}]}"""
        },
        {
            """$.subscribedSkus[0].skuPartNumber: 'NOPE' is no product known here""",
            """{"users":[{"userPrincipalName":"a@contoso.com"}],"subscribedSkus":[{"skuPartNumber":"NOPE"}]}"""
        },
        {
            """$.applications[0].permissions: 'Usr.Read' opens no route""",
            """{"users":[{"userPrincipalName":"a@contoso.com"}],"applications":[{"displayName":"x","permissions":["Usr.Read"]}]}"""
        },
        {
            """$.settings.operationSeconds: must be a number of seconds""",
            """{"users":[{"userPrincipalName":"a@contoso.com"}],"settings":{"operationSeconds":-1}}"""
        },
        { """$.groups: must be a list of objects""", """{"users":[{"userPrincipalName":"a@contoso.com"}],"groups":{}}""" },
        {
            """$.users[0]: has the property 'surname' twice""",
            """{"users":[{"userPrincipalName":"a@contoso.com","surname":"a","surname":"b"}]}"""
        },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_named_with_its_place_and_its_rule(string expected, string json)
    {
        string whole = json[..^1] + ""","domains":[{"id":"contoso.com","isDefault":true,"isInitial":true}]}""";
        UsageException error = await Assert.ThrowsAsync<UsageException>(() => PracticeServer.StartAsync(Options(whole)));
        Assert.StartsWith($"{_file}: {expected}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_json_is_named_with_its_line()
    {
        UsageException error = await Assert.ThrowsAsync<UsageException>(() => PracticeServer.StartAsync(Options("{\n  \"users\": [\n")));
        Assert.Contains("not JSON, line 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var options = new ServeOptions { DirectoryFile = _file + ".missing" };
        UsageException error = await Assert.ThrowsAsync<UsageException>(() => PracticeServer.StartAsync(options));
        Assert.Contains(".missing cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_writeback_a_synced_user_cannot_be_reset()
    {
        JsonObject root = Changed(tenant =>
        {
            tenant["settings"]!["writeback"] = false;
            tenant["users"]![6]!["roles"] = new JsonArray("Global Administrator");
        });
        await using PracticeClient client = await PracticeClient.StartAsync(Options(root.ToJsonString()));
        PracticeClient.Reply start = await client.FormAsync(
            "common/oauth2/v2.0/devicecode",
            new() { ["client_id"] = client.App("Desk").AppId.ToString(), ["scope"] = "https://graph.microsoft.com/.default" });
        await client.SendAsync("POST", $"practice/devicecode/approve?user_code={start.Text("user_code")}&user=bea@contoso.com", null);
        PracticeClient.Reply token = await client.TokenAsync(new()
        {
            ["client_id"] = client.App("Desk").AppId.ToString(), ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code",
            ["device_code"] = start.Text("device_code"),
        });
        PracticeClient.Reply reset = await client.WriteAsync(
            "POST", "/users/bram@contoso.com/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword",
            token.Text("access_token"),
            """{"newPassword":"Quiet-Harbor-5521"}""");
        Assert.Equal((400, "badRequest"), (reset.Status, reset.Code));
    }

    [Fact]
    public async Task Without_a_premium_plan_the_report_is_refused_by_its_code()
    {
        JsonObject root = Changed(tenant =>
        {
            tenant["subscribedSkus"] = new JsonArray(new JsonObject { ["skuPartNumber"] = "O365_BUSINESS_PREMIUM" });
            tenant["subscriptions"] = new JsonArray();
            tenant["users"]![0]!.AsObject().Remove("licenseDetails");
            tenant["applications"]![0]!["permissions"] = new JsonArray("AuditLog.Read.All");
        });
        await using PracticeClient client = await PracticeClient.StartAsync(Options(root.ToJsonString()));
        PracticeClient.Reply reply = await client.GetAsync(
            "/reports/authenticationMethods/userRegistrationDetails", await client.AppTokenAsync("Runbook"));
        Assert.Equal((403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant"), (reply.Status, reply.Code));
    }
}
