using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>The whole of who reaches whom, and what changes of it while the tenant runs.</summary>
public sealed class ReachTests
{
    private const string ResetAction = "/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword";
    private const string NewPassword = """{"newPassword":"Quiet-Harbor-5521"}""";
    private const string Phone = """{"mobilePhone":"+1 4255550150"}""";
    private const string Profile = """{"passwordProfile":{"password":"Quiet-Harbor-5521"}}""";

    private static readonly string[] s_actors =
    [
        "Password Administrator", "Helpdesk Administrator", "Authentication Administrator", "User Administrator",
        "Privileged Authentication Administrator", "Global Administrator", "Partner Tier1 Support", "Partner Tier2 Support",
        "Password desk", "Exchange Administrator",
    ];

    /// <summary>What the target holds, who resets it and who changes its phone, a letter for each actor in their order.</summary>
    private static readonly (string Held, string Resets, string Changes)[] s_rows =
    [
        ("", "YYYYYYYYY-", "--YYYY----"),
        ("Directory Readers", "YYYYYY-YY-", "--YYYY----"),
        ("Guest Inviter", "YYYYYY-YY-", "--YYYY----"),
        ("Password Administrator", "YYYYYY-YY-", "--YYYY----"),
        ("Message Center Reader", "-YYYYY-Y--", "--YYYY----"),
        ("Reports Reader", "-YYYYY-Y--", "--YYYY----"),
        ("User Experience Success Manager", "-YYYYY-Y--", "--YYYY----"),
        ("Usage Summary Reports Reader", "-YYYYY-Y--", "--YYYY----"),
        ("Helpdesk Administrator", "-Y-YYY-Y--", "---YYY----"),
        ("Authentication Administrator", "--Y-YY-Y--", "--Y-YY----"),
        ("Groups Administrator", "---YYY-Y--", "---YYY----"),
        ("User Administrator", "---YYY-Y--", "---YYY----"),
        ("Global Administrator", "----YY-Y--", "----YY----"),
        ("Privileged Authentication Administrator", "----YY-Y--", "----YY----"),
        ("Privileged Role Administrator", "----YY-Y--", "----YY----"),
        ("Exchange Administrator", "----YY-Y--", "----YY----"),
        ("Password desk", "----YY-Y--", "----YY----"),
        ("Reports Reader,Helpdesk Administrator", "-Y-YYY-Y--", "---YYY----"),
        ("group:Vault members", "----YY-Y--", "----YY----"),
        ("group:Vault owners", "----YY-Y--", "----YY----"),
        ("unit:Executives", "----YY-Y--", "----YY----"),
    ];

    private static JsonObject Person(string name, string? roles = null, bool synced = false) => new()
    {
        ["userPrincipalName"] = name + "@contoso.com", ["onPremisesSyncEnabled"] = synced ? true : null,
        ["roles"] = new JsonArray((roles ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(role => (JsonNode)role).ToArray()),
    };

    private static JsonArray Names(params string[] names) => new(names.Select(name => (JsonNode)(name + "@contoso.com")).ToArray());

    private static JsonObject Tenant(params JsonObject[] users) => new()
    {
        ["domains"] = new JsonArray(new JsonObject { ["id"] = "contoso.com", ["isDefault"] = true, ["isInitial"] = true }),
        ["roleDefinitions"] = new JsonArray(new JsonObject
        {
            ["displayName"] = "Password desk", ["allowedResourceActions"] = new JsonArray("microsoft.directory/users/password/update"),
        }),
        ["users"] = new JsonArray(users),
        ["settings"] = new JsonObject { ["operationSeconds"] = 0 },
    };

    private static async Task<PracticeClient> StartAsync(JsonObject tenant)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, tenant.ToJsonString());
            return await PracticeClient.StartAsync(new ServeOptions { DirectoryFile = file });
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<bool> ResetsAsync(PracticeClient client, string actor, string target)
    {
        PracticeClient.Reply reply = await client.WriteAsync(
            "POST", $"/users/{target}@contoso.com{ResetAction}", await client.UserTokenAsync(actor + "@contoso.com"), NewPassword);
        Assert.True(reply.Status is 202 or 403, reply.Body);
        if (reply.Status == 403)
            Assert.Equal("accessDenied", reply.Code);
        return reply.Status == 202;
    }

    private static async Task<bool> ChangesAsync(PracticeClient client, string actor, string target, string body = Phone)
    {
        PracticeClient.Reply reply = await client.WriteAsync(
            "PATCH", $"/users/{target}@contoso.com", await client.UserTokenAsync(actor + "@contoso.com"), body);
        Assert.True(reply.Status is 204 or 403, reply.Body);
        return reply.Status == 204;
    }

    private static Task<PracticeClient.Reply> ControlAsync(PracticeClient client, string control) =>
        client.SendAsync("POST", "practice/" + control, null);

    [Fact]
    public async Task The_matrices_hold_in_every_field()
    {
        JsonObject tenant = Tenant(
        [
            .. s_actors.Select((role, index) => Person($"actor{index}", role)),
            .. s_rows.Select((row, index) => Person($"target{index}", row.Held.Contains(':', StringComparison.Ordinal) ? "" : row.Held)),
            Person("chief"),
        ]);
        string Target(string held) => $"target{Array.FindIndex(s_rows, row => row.Held == held)}";
        tenant["groups"] = new JsonArray(new JsonObject
        {
            ["displayName"] = "Vault", ["isAssignableToRole"] = true,
            ["members"] = Names(Target("group:Vault members")), ["owners"] = Names(Target("group:Vault owners")),
        });
        tenant["administrativeUnits"] = new JsonArray(new JsonObject
        {
            ["displayName"] = "Executives", ["isMemberManagementRestricted"] = true, ["members"] = Names("chief"),
        });
        tenant["roleAssignments"] = new JsonArray(new JsonObject
        {
            ["principal"] = Target("unit:Executives") + "@contoso.com", ["role"] = "Helpdesk Administrator",
            ["administrativeUnit"] = "Executives",
        });
        await using PracticeClient client = await StartAsync(tenant);
        for (int row = 0; row < s_rows.Length; row++)
        {
            string resets = "", changes = "";
            for (int actor = 0; actor < s_actors.Length; actor++)
            {
                resets += await ResetsAsync(client, $"actor{actor}", $"target{row}") ? 'Y' : '-';
                changes += await ChangesAsync(client, $"actor{actor}", $"target{row}") ? 'Y' : '-';
            }
            Assert.Equal(s_rows[row], (s_rows[row].Held, resets, changes));
        }
        for (int actor = 0; actor < s_actors.Length; actor++)
            Assert.False(await ResetsAsync(client, $"actor{actor}", "chief"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Desk_partner_and_custom_roles_set_passwords_by_PATCH_only_where_the_tenant_is_so(bool allowed)
    {
        JsonObject tenant = Tenant(
            Person("adele"), Person("helena", "Helpdesk Administrator"), Person("carl", "Password desk"),
            Person("tara", "Partner Tier2 Support"));
        tenant["settings"]!["deskRolesMayPatch"] = allowed;
        await using PracticeClient client = await StartAsync(tenant);
        foreach (string actor in new[] { "helena", "carl", "tara" })
            Assert.Equal(allowed, await ChangesAsync(client, actor, "adele", Profile));
        Assert.False(await ChangesAsync(client, "carl", "adele"));
    }

    [Fact]
    public async Task A_custom_role_that_is_switched_off_or_allows_something_else_opens_nothing()
    {
        JsonObject tenant = Tenant(Person("adele"), Person("off", "Off desk"), Person("other", "Token desk"));
        tenant["roleDefinitions"] = new JsonArray(
            new JsonObject
            {
                ["displayName"] = "Off desk", ["isEnabled"] = false,
                ["allowedResourceActions"] = new JsonArray("microsoft.directory/users/password/update"),
            },
            new JsonObject
            {
                ["displayName"] = "Token desk",
                ["allowedResourceActions"] = new JsonArray("microsoft.directory/users/invalidateAllRefreshTokens"),
            });
        await using PracticeClient client = await StartAsync(tenant);
        Assert.False(await ResetsAsync(client, "off", "adele"));
        Assert.False(await ResetsAsync(client, "other", "adele"));
        PracticeClient.Reply revoked = await client.WriteAsync(
            "POST", "/users/adele@contoso.com/revokeSignInSessions", await client.UserTokenAsync("other@contoso.com"));
        Assert.Equal(200, revoked.Status);
        PracticeClient.Reply definitions = await client.GetAsync(
            "/roleManagement/directory/roleDefinitions?$filter=isBuiltIn eq false", await client.AppTokenAsync());
        Assert.Equal([false, true], definitions.Value.Select(role => role!["isEnabled"]!.GetValue<bool>()));
        Assert.Equal(
            "microsoft.directory/users/password/update",
            definitions.Value[0]!["rolePermissions"]![0]!["allowedResourceActions"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Roles_over_a_part_of_the_tenant_reach_that_part(bool admins)
    {
        JsonObject tenant = Tenant(
            Person("east"), Person("eastadmin", "Directory Readers"), Person("west"), Person("bea"), Person("olaf"), Person("cora"),
            Person("both"), Person("silke"));
        tenant["administrativeUnits"] = new JsonArray(
            new JsonObject { ["displayName"] = "East", ["members"] = Names("east", "eastadmin", "both") },
            new JsonObject { ["displayName"] = "Vip", ["isMemberManagementRestricted"] = true, ["members"] = Names("both") });
        JsonObject Over(string principal, string role, string unit) =>
            new() { ["principal"] = principal + "@contoso.com", ["role"] = role, ["administrativeUnit"] = unit };
        tenant["users"]![2]!["id"] = "3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11";
        tenant["roleAssignments"] = new JsonArray(
            Over("bea", "User Administrator", "East"), Over("cora", "Password desk", "East"), Over("silke", "User Administrator", "Vip"),
            new JsonObject
            {
                ["principal"] = "olaf@contoso.com", ["role"] = "Helpdesk Administrator",
                ["directoryScopeId"] = "/3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11",
            });
        tenant["settings"]!["scopedRolesReachAdmins"] = admins;
        await using PracticeClient client = await StartAsync(tenant);
        (string Actor, string Target, bool Reached)[] expected =
        [
            ("bea", "east", true), ("bea", "eastadmin", admins), ("bea", "west", false), ("bea", "both", false),
            ("cora", "east", true), ("cora", "eastadmin", admins), ("cora", "west", false),
            ("olaf", "west", true), ("olaf", "east", false), ("silke", "both", true), ("silke", "east", false),
        ];
        foreach ((string actor, string target, bool reached) in expected)
            Assert.Equal((actor, target, reached), (actor, target, await ResetsAsync(client, actor, target)));
    }

    [Fact]
    public async Task An_eligible_role_counts_once_it_is_active_and_as_long_as_it_is()
    {
        JsonObject tenant = Tenant(Person("adele"), Person("helena"), Person("elin"), Person("axel"));
        tenant["groups"] = new JsonArray(
            new JsonObject { ["displayName"] = "On demand", ["isAssignableToRole"] = true, ["members"] = Names("elin") });
        tenant["roleEligibility"] = new JsonArray(
            new JsonObject { ["principal"] = "helena@contoso.com", ["role"] = "Helpdesk Administrator" },
            new JsonObject { ["principal"] = "On demand", ["role"] = "User Administrator" });
        tenant["roleAssignments"] = new JsonArray(new JsonObject
        {
            ["principal"] = "axel@contoso.com", ["role"] = "Helpdesk Administrator", ["assignmentType"] = "Activated",
            ["startDateTime"] = "2026-01-01T00:00:00Z", ["endDateTime"] = "2026-01-01T08:00:00Z",
        });
        await using PracticeClient client = await StartAsync(tenant);
        foreach (string actor in new[] { "helena", "elin", "axel" })
            Assert.False(await ResetsAsync(client, actor, "adele"));
        Assert.Equal(400, (await ControlAsync(client, "roles/activate?principal=axel@contoso.com&role=User Administrator")).Status);
        Assert.Equal(200, (await ControlAsync(
            client, "roles/activate?principal=helena@contoso.com&role=Helpdesk Administrator&minutes=30")).Status);
        Assert.Equal(200, (await ControlAsync(client, "roles/activate?principal=elin@contoso.com&role=User Administrator")).Status);
        Assert.True(await ResetsAsync(client, "helena", "adele"));
        Assert.True(await ResetsAsync(client, "elin", "adele"));
        string token = await client.AppTokenAsync();
        JsonArray active = (await client.GetAsync(
            "/roleManagement/directory/roleAssignmentScheduleInstances?$filter=assignmentType eq 'Activated'", token)).Value;
        Assert.Equal(2, active.Count);
        Assert.All(active, instance => Assert.True(
            instance!["endDateTime"]!.GetValue<DateTimeOffset>() > instance["startDateTime"]!.GetValue<DateTimeOffset>()));
        Assert.Equal(200, (await ControlAsync(client, "roles/activate?principal=helena@contoso.com&role=Helpdesk Administrator&minutes=0"))
            .Status);
        Assert.False(await ResetsAsync(client, "helena", "adele"));
        Assert.Equal(2, (await client.GetAsync("/roleManagement/directory/roleEligibilityScheduleInstances", token)).Value.Count);
    }

    [Fact]
    public async Task Roles_come_and_go_while_the_tenant_runs()
    {
        JsonObject tenant = Tenant(Person("adele"), Person("helena", "Helpdesk Administrator"), Person("bea"));
        tenant["administrativeUnits"] = new JsonArray(new JsonObject { ["displayName"] = "East", ["members"] = Names("adele") });
        await using PracticeClient client = await StartAsync(tenant);
        Assert.True(await ResetsAsync(client, "helena", "adele"));
        Assert.Equal(200, (await ControlAsync(client, "roles/remove?principal=helena@contoso.com")).Status);
        Assert.Equal(400, (await ControlAsync(client, "roles/remove?principal=helena@contoso.com")).Status);
        Assert.False(await ResetsAsync(client, "helena", "adele"));
        Assert.Equal(200, (await ControlAsync(
            client, "roles/assign?principal=bea@contoso.com&role=User Administrator&administrativeUnit=East")).Status);
        Assert.True(await ResetsAsync(client, "bea", "adele"));
        Assert.Equal(200, (await ControlAsync(client, "roles/assign?principal=adele@contoso.com&role=Reports Reader")).Status);
        Assert.False(await ResetsAsync(client, "bea", "adele"));
        Assert.Equal(400, (await ControlAsync(client, "roles/assign?principal=ghost@contoso.com&role=Reports Reader")).Status);
        Assert.Equal(400, (await ControlAsync(client, "roles/assign?principal=adele@contoso.com&role=Desk King")).Status);
        string app = await client.AppTokenAsync();
        Assert.Equal(204, (await client.WriteAsync("PATCH", "/users/adele@contoso.com", app, Profile)).Status);
        Assert.Equal(200, (await ControlAsync(client, "roles/remove?principal=PasswordOps full")).Status);
        Assert.Equal(403, (await client.WriteAsync("PATCH", "/users/adele@contoso.com", app, Profile)).Status);
    }

    [Fact]
    public async Task A_user_is_deleted_while_the_tenant_runs_and_its_tokens_with_it()
    {
        await using PracticeClient client = await StartAsync(Tenant(Person("adele"), Person("helena", "Helpdesk Administrator")));
        string helena = await client.UserTokenAsync("helena@contoso.com");
        Assert.Equal(204, (await ControlAsync(client, "users/adele@contoso.com/delete")).Status);
        Assert.Equal(404, (await client.WriteAsync("POST", "/users/adele@contoso.com" + ResetAction, helena, NewPassword)).Status);
        Assert.Equal(204, (await ControlAsync(client, "users/helena@contoso.com/delete")).Status);
        Assert.Equal((401, "Authorization_IdentityNotFound"), await CodeOf(client.GetAsync("/me", helena)));
        PracticeClient.Reply holders = await client.GetAsync(
            "/roleManagement/directory/roleAssignments?$filter=roleDefinitionId eq '729827e3-9c14-49f7-bb1b-9608f156bbb8'",
            await client.AppTokenAsync());
        ReadyApp desk = client.App("PasswordOps helpdesk");
        Guid principal = client.Server.Tenant.FindApplication(desk.AppId)!.ServicePrincipalId;
        Assert.Equal(principal, Assert.Single(holders.Value)!["principalId"]!.GetValue<Guid>());
    }

    private static async Task<(int Status, string? Code)> CodeOf(Task<PracticeClient.Reply> reply) =>
        ((await reply).Status, (await reply).Code);

    [Fact]
    public async Task Tokens_can_end_before_their_time_in_both_ways()
    {
        await using PracticeClient client = await StartAsync(Tenant(Person("adele"), Person("helena")));
        string adele = await client.UserTokenAsync("adele@contoso.com");
        string helena = await client.UserTokenAsync("helena@contoso.com");
        Assert.Equal(200, (await ControlAsync(client, "tokens/expire?principal=adele@contoso.com")).Status);
        PracticeClient.Reply plain = await client.GetAsync("/me", adele);
        Assert.Equal(
            (401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."),
            (plain.Status, plain.Code, plain.ErrorMessage));
        Assert.DoesNotContain("claims=", plain.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal(200, (await client.GetAsync("/me", helena)).Status);
        Assert.Equal(200, (await client.GetAsync("/me", await client.UserTokenAsync("adele@contoso.com"))).Status);

        Assert.Equal(200, (await ControlAsync(client, "tokens/expire?challenge=true")).Status);
        PracticeClient.Reply challenged = await client.GetAsync("/me", helena);
        Assert.Equal((401, "InvalidAuthenticationToken"), (challenged.Status, challenged.Code));
        Assert.Contains("error=\"insufficient_claims\", claims=\"", challenged.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal(200, (await client.GetAsync("/me", await client.UserTokenAsync("helena@contoso.com"))).Status);
        Assert.Equal(404, (await ControlAsync(client, "tokens/expire?principal=ghost")).Status);
    }

    [Fact]
    public async Task The_date_of_the_answers_can_be_off()
    {
        await using PracticeClient client = await StartAsync(Tenant(Person("adele")));
        Assert.Equal(200, (await ControlAsync(client, "clock?ahead=-600")).Status);
        PracticeClient.Reply reply = await client.GetAsync("/users", await client.AppTokenAsync());
        Assert.InRange(reply.Message.Headers.Date!.Value - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(-620), TimeSpan.FromSeconds(-580));
        Assert.Equal(400, (await ControlAsync(client, "clock?ahead=soon")).Status);
    }

    [Fact]
    public async Task Application_permissions_stop_at_restricted_units()
    {
        await using PracticeClient client = await PracticeClient.StartAsync();
        string app = await client.AppTokenAsync("PasswordOps no role");
        Assert.Equal(403, (await client.WriteAsync("PATCH", "/users/rhea@contoso.com", app, Phone)).Status);
        Assert.Equal(403, (await client.WriteAsync("POST", "/users/rhea@contoso.com/revokeSignInSessions", app)).Status);
        string unit = client.Server.Tenant.Units.First(unit => unit.DisplayName == "Executives").Id.ToString();
        Assert.Equal(200, (await ControlAsync(
            client, $"roles/assign?principal=PasswordOps no role&role=User Administrator&administrativeUnit={unit}")).Status);
        Assert.Equal(204, (await client.WriteAsync("PATCH", "/users/rhea@contoso.com", app, Phone)).Status);
    }
}
