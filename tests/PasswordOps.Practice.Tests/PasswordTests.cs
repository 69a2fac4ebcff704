using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>Own passwords, passwords set by others, and resets that end in every way there is.</summary>
public sealed class PasswordTests
{
    private const string ResetAction = "/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword";
    private const string Old = "Amber-Window-8812";
    private const string New = "Quiet-Harbor-5521";
    private const string Mastered =
        "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing "
        + "migration.";

    private const string External =
        "Unable to update the specified properties for objects that have originated within an external service.";

    private static JsonObject User(string name, JsonObject? more = null)
    {
        JsonObject user = more ?? [];
        user["userPrincipalName"] = name.Contains('@', StringComparison.Ordinal) ? name : name + "@contoso.com";
        user["password"] ??= Old;
        return user;
    }

    private static JsonObject Synced(JsonObject? more = null)
    {
        JsonObject user = more ?? [];
        user["onPremisesSyncEnabled"] = true;
        user["onPremisesPassword"] ??= Old;
        return user;
    }

    private static Task<PracticeClient> StartAsync(JsonObject? settings, params JsonObject[] users) => StartFileAsync(new JsonObject
    {
        ["domains"] = new JsonArray(
            new JsonObject { ["id"] = "contoso.com", ["isDefault"] = true },
            new JsonObject { ["id"] = "fed.contoso.com", ["authenticationType"] = "Federated" },
            new JsonObject { ["id"] = "contoso.onmicrosoft.com", ["isInitial"] = true }),
        ["users"] = new JsonArray(
            [User("greta", new JsonObject { ["roles"] = new JsonArray("Global Administrator") }),
            User("helena", new JsonObject { ["roles"] = new JsonArray("Helpdesk Administrator") }), .. users]),
        ["settings"] = settings ?? new JsonObject { ["operationSeconds"] = 0 },
    });

    private static async Task<PracticeClient> StartFileAsync(JsonObject tenant)
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

    private static string ChangeBody(string current, string next) =>
        new JsonObject { ["currentPassword"] = current, ["newPassword"] = next }.ToJsonString();

    private static string Profile(string password) =>
        new JsonObject { ["passwordProfile"] = new JsonObject { ["password"] = password } }.ToJsonString();

    private static string Body(string password) => new JsonObject { ["newPassword"] = password }.ToJsonString();

    /// <summary>Resets as Greta and reads the operation once, at its end if there is none to wait for.</summary>
    private static async Task<PracticeClient.Reply> ResetAsync(PracticeClient client, string user, string password)
    {
        string greta = await client.UserTokenAsync("greta@contoso.com");
        PracticeClient.Reply accepted = await client.WriteAsync("POST", $"/users/{user}@contoso.com{ResetAction}", greta, Body(password));
        Assert.Equal(202, accepted.Status);
        return await client.GetAsync(PathOf(client, accepted), greta);
    }

    private static string PathOf(PracticeClient client, PracticeClient.Reply accepted) =>
        accepted.Header("Location")![(client.Ready.Graph.Length + "v1.0".Length)..];

    private static async Task<JsonNode> StateAsync(PracticeClient client, string user) =>
        (await client.SendAsync("GET", $"practice/users/{user}@contoso.com/state", null)).Json!;

    private static async Task<List<(string Activity, string Result, string Reason)>> AuditAsync(PracticeClient client) =>
        (await client.GetAsync("/auditLogs/directoryAudits", await client.AppTokenAsync())).Value
            .Select(row => (
                row!["activityDisplayName"]!.GetValue<string>(), row["result"]!.GetValue<string>(),
                row["resultReason"]!.GetValue<string>()))
            .ToList();

    [Fact]
    public async Task Somebody_changes_the_own_password_without_any_role()
    {
        await using PracticeClient client = await StartAsync(null, User("adele"));
        string token = await client.UserTokenAsync("adele@contoso.com");
        DateTimeOffset before = (await client.GetAsync("/me?$select=lastPasswordChangeDateTime", token))
            .Json!["lastPasswordChangeDateTime"]!.GetValue<DateTimeOffset>();
        PracticeClient.Reply reply = await client.WriteAsync("POST", "/me/changePassword", token, ChangeBody(Old, New));
        Assert.Equal((204, ""), (reply.Status, reply.Body));
        Assert.True(await client.PasswordIsAsync("adele@contoso.com", New));
        DateTimeOffset after = (await client.GetAsync("/me?$select=lastPasswordChangeDateTime", token))
            .Json!["lastPasswordChangeDateTime"]!.GetValue<DateTimeOffset>();
        Assert.True(after > before);
        string id = (await client.GetAsync("/me?$select=id", token)).Text("id");
        Assert.Equal(204, (await client.WriteAsync("POST", $"/users/{id}/changePassword", token, ChangeBody(New, Old))).Status);
        Assert.Equal(
            [("Change user password", "success", ""), ("Change user password", "success", "")], await AuditAsync(client));
    }

    [Theory]
    [InlineData("not-the-Password-1", New, "InvalidPassword", "The specified current password is not correct.")]
    [InlineData(Old, Old, "PasswordReuse", "The new password must differ from the current password.")]
    [InlineData(Old, "short1A", "PolicyViolationInvalidPassword",
        "The specified password does not comply with password complexity requirements. Please provide a different password.")]
    [InlineData(Old, "C0ntoso1!", "FuzzyPolicyViolationInvalidPassword",
        "The specified password does not comply with password complexity requirements. Please provide a different password.")]
    public async Task A_change_that_breaks_a_rule_changes_nothing(string current, string next, string reason, string message)
    {
        await using PracticeClient client = await StartAsync(null, User("adele"));
        PracticeClient.Reply reply = await client.WriteAsync(
            "POST", "/me/changePassword", await client.UserTokenAsync("adele@contoso.com"), ChangeBody(current, next));
        Assert.Equal((400, "Request_BadRequest", message), (reply.Status, reply.Code, reply.ErrorMessage));
        Assert.True(await client.PasswordIsAsync("adele@contoso.com", Old));
        Assert.Equal([("Change user password", "failure", reason)], await AuditAsync(client));
    }

    [Fact]
    public async Task Nobody_changes_the_password_of_somebody_else_this_way()
    {
        await using PracticeClient client = await StartAsync(null, User("adele"));
        PracticeClient.Reply other = await client.WriteAsync(
            "POST", "/users/adele@contoso.com/changePassword", await client.UserTokenAsync("greta@contoso.com"), ChangeBody(Old, New));
        Assert.Equal(
            (403, "Authorization_RequestDenied", "Access to change password operation is denied."),
            (other.Status, other.Code, other.ErrorMessage));
        string app = await client.AppTokenAsync();
        Assert.Equal(403, (await client.WriteAsync("POST", "/users/adele@contoso.com/changePassword", app, ChangeBody(Old, New))).Status);
        Assert.Equal(400, (await client.WriteAsync("POST", "/me/changePassword", app, ChangeBody(Old, New))).Status);
        string narrow = await client.UserTokenAsync("adele@contoso.com", "https://graph.microsoft.com/User.Read");
        PracticeClient.Reply without = await client.WriteAsync("POST", "/me/changePassword", narrow, ChangeBody(Old, New));
        Assert.Equal((403, "Insufficient privileges to complete the operation."), (without.Status, without.ErrorMessage));
        Assert.Equal(400, (await client.WriteAsync(
            "POST", "/me/changePassword", await client.UserTokenAsync("adele@contoso.com"), """{"newPassword":"x"}""")).Status);
        Assert.True(await client.PasswordIsAsync("adele@contoso.com", Old));
    }

    [Fact]
    public async Task A_guest_has_no_password_here_to_change()
    {
        await using PracticeClient client = await StartAsync(null, User("gita_fabrikam.com#EXT#@contoso.onmicrosoft.com", new JsonObject
        {
            ["userType"] = "Guest",
            ["identities"] = new JsonArray(new JsonObject { ["signInType"] = "federated", ["issuer"] = "ExternalAzureAD" }),
        }));
        string token = await client.UserTokenAsync("gita_fabrikam.com#EXT#@contoso.onmicrosoft.com");
        PracticeClient.Reply reply = await client.WriteAsync("POST", "/me/changePassword", token, ChangeBody(Old, New));
        Assert.Equal((400, External), (reply.Status, reply.ErrorMessage));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Own_change_of_a_synced_user_is_refused_or_stays_in_the_cloud(bool allowed)
    {
        await using PracticeClient client = await StartAsync(new JsonObject { ["syncedPasswordChange"] = allowed }, User("bram", Synced()));
        PracticeClient.Reply reply = await client.WriteAsync(
            "POST", "/me/changePassword", await client.UserTokenAsync("bram@contoso.com"), ChangeBody(Old, New));
        Assert.Equal(allowed ? 204 : 400, reply.Status);
        if (!allowed)
            Assert.Equal(Mastered, reply.ErrorMessage);
        Assert.Equal(allowed, await client.PasswordIsAsync("bram@contoso.com", New));
        Assert.True(await client.PasswordIsAsync("bram@contoso.com", Old, "onPremises"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Setting_the_password_of_a_synced_user_is_refused_or_stays_in_the_cloud(bool allowed)
    {
        await using PracticeClient client = await StartAsync(new JsonObject { ["syncedPasswordPatch"] = allowed }, User("bram", Synced()));
        PracticeClient.Reply reply = await client.WriteAsync(
            "PATCH", "/users/bram@contoso.com", await client.AppTokenAsync(), Profile(New));
        Assert.Equal((allowed ? 204 : 400, allowed ? null : Mastered), (reply.Status, reply.ErrorMessage));
        Assert.Equal(allowed, await client.PasswordIsAsync("bram@contoso.com", New));
        Assert.True(await client.PasswordIsAsync("bram@contoso.com", Old, "onPremises"));
    }

    [Fact]
    public async Task Where_the_source_of_authority_went_decides()
    {
        await using PracticeClient client = await StartAsync(
            null,
            User("sanne", new JsonObject { ["isCloudManaged"] = true, ["onPremisesSamAccountName"] = "sanne" }),
            User("elsa", new JsonObject { ["originatedInExternalService"] = true }),
            User("fenna@fed.contoso.com"),
            User("loes", new JsonObject
            {
                ["creationType"] = "LocalAccount",
                ["identities"] = new JsonArray(new JsonObject
                {
                    ["signInType"] = "emailAddress", ["issuer"] = "contoso.onmicrosoft.com", ["issuerAssignedId"] = "loes@fabrikam.com",
                }),
            }));
        string app = await client.AppTokenAsync();
        Assert.Equal(204, (await client.WriteAsync("PATCH", "/users/sanne@contoso.com", app, Profile(New))).Status);
        PracticeClient.Reply former = await client.WriteAsync("PATCH", "/users/elsa@contoso.com", app, Profile(New));
        Assert.Equal((400, External), (former.Status, former.ErrorMessage));
        Assert.Equal(400, (await client.WriteAsync("PATCH", "/users/fenna@fed.contoso.com", app, Profile(New))).Status);
        Assert.Equal(204, (await client.WriteAsync("PATCH", "/users/loes@contoso.com", app, Profile(New))).Status);
        PracticeClient.Reply local = await client.WriteAsync(
            "POST", "/users/loes@contoso.com" + ResetAction, await client.UserTokenAsync("greta@contoso.com"), Body(Old));
        Assert.Equal((400, "badRequest"), (local.Status, local.Code));
    }

    [Fact]
    public async Task The_next_reset_ends_as_it_was_told_and_the_one_after_as_ever()
    {
        await using PracticeClient client = await StartAsync(null, User("bram", Synced()));
        Assert.Equal(200, (await client.SendAsync(
            "POST", "practice/users/bram@contoso.com/next-reset?outcome=failed&detail=Relay%20gone", null)).Status);
        PracticeClient.Reply failed = await ResetAsync(client, "bram", New);
        Assert.Equal(("failed", "Relay gone"), (failed.Text("status"), failed.Text("statusDetail")));
        Assert.False(await client.PasswordIsAsync("bram@contoso.com", New, "onPremises"));
        PracticeClient.Reply done = await ResetAsync(client, "bram", New);
        Assert.Equal(("succeeded", null), (done.Text("status"), done.Json!["statusDetail"]?.GetValue<string>()));
        Assert.Equal(
            [("Reset password (by admin)", "success", "Successfully completed reset."), ("Admin started password reset", "success", ""),
            ("Reset password (by admin)", "failure", "Relay gone"), ("Admin started password reset", "success", "")],
            await AuditAsync(client));
    }

    [Theory]
    [InlineData("", "succeeded")]
    [InlineData("&status=failed", "failed")]
    public async Task A_reset_that_reaches_Active_Directory_only_leaves_the_cloud_as_it_was(string more, string status)
    {
        await using PracticeClient client = await StartAsync(null, User("bram", Synced()), User("adele"));
        string shown = (await StateAsync(client, "bram"))["lastPasswordChangeDateTime"]!.GetValue<string>();
        await client.SendAsync("POST", "practice/users/bram@contoso.com/next-reset?outcome=onPremisesOnly" + more, null);
        PracticeClient.Reply half = await ResetAsync(client, "bram", New);
        Assert.Equal((status, "OnPremisesSuccessCloudFailure"), (half.Text("status"), half.Text("statusDetail")));
        Assert.True(await client.PasswordIsAsync("bram@contoso.com", New, "onPremises"));
        Assert.True(await client.PasswordIsAsync("bram@contoso.com", Old));
        JsonNode state = await StateAsync(client, "bram");
        Assert.Equal(shown, state["lastPasswordChangeDateTime"]!.GetValue<string>());
        Assert.NotEqual(shown, state["onPremisesLastPasswordChange"]!.GetValue<string>());
        Assert.Contains(("Reset password (by admin)", "success", "OnPremisesSuccessCloudFailure"), await AuditAsync(client));
        Assert.Equal(400, (await client.SendAsync(
            "POST", "practice/users/adele@contoso.com/next-reset?outcome=onPremisesOnly", null)).Status);
        Assert.Equal(400, (await client.SendAsync("POST", "practice/users/adele@contoso.com/next-reset?outcome=maybe", null)).Status);
    }

    [Theory]
    [InlineData("never", false)]
    [InlineData("silent", true)]
    public async Task An_operation_that_never_ends_may_have_written_or_not(string outcome, bool written)
    {
        await using PracticeClient client = await StartAsync(
            null, User("adele", new JsonObject { ["resets"] = new JsonObject { ["outcome"] = outcome, ["seconds"] = 0 } }));
        for (int time = 0; time < 2; time++)
        {
            PracticeClient.Reply reply = await ResetAsync(client, "adele", New);
            Assert.Contains(reply.Text("status"), new[] { "notStarted", "running" });
            Assert.Equal(written, await client.PasswordIsAsync("adele@contoso.com", New));
        }
    }

    [Fact]
    public async Task A_reset_takes_as_long_as_it_was_told()
    {
        await using PracticeClient client = await StartAsync(
            null, User("adele", new JsonObject { ["resets"] = new JsonObject { ["seconds"] = 40 } }));
        string greta = await client.UserTokenAsync("greta@contoso.com");
        PracticeClient.Reply accepted = await client.WriteAsync("POST", "/users/adele@contoso.com" + ResetAction, greta, Body(New));
        Assert.Equal("40", accepted.Header("Retry-After"));
        Assert.Equal("notStarted", (await client.GetAsync(PathOf(client, accepted), greta)).Text("status"));
        Assert.True(await client.PasswordIsAsync("adele@contoso.com", Old));
    }

    [Theory]
    [InlineData(Old, "failed", "OnPremisesPolicyViolation")]
    [InlineData("Silver-Meadow-4410", "failed", "OnPremisesPolicyViolation")]
    [InlineData("Velvet-Bramble-91", "failed", "OnPremisesPolicyViolation")]
    [InlineData("Pine-7", "failed", "OnPremisesPolicyViolation")]
    [InlineData("Passw0rd", "failed", "FuzzyPolicyViolationInvalidPassword")]
    [InlineData("Zilver-Meeuw-ß-77", "succeeded", "OnPremisesSuccessCloudFailure")]
    [InlineData(New, "succeeded", null)]
    public async Task Active_Directory_has_rules_of_its_own(string password, string status, string? detail)
    {
        await using PracticeClient client = await StartAsync(null, User("bram", Synced(new JsonObject
        {
            ["onPremisesSamAccountName"] = "bramble", ["onPremisesPasswordHistory"] = new JsonArray("Silver-Meadow-4410"),
        })));
        PracticeClient.Reply end = await ResetAsync(client, "bram", password);
        Assert.Equal((status, detail), (end.Text("status"), end.Json!["statusDetail"]?.GetValue<string>()));
        Assert.Equal(status == "succeeded" || password == Old, await client.PasswordIsAsync("bram@contoso.com", password, "onPremises"));
    }

    [Fact]
    public async Task The_policy_of_Active_Directory_is_set_in_the_file()
    {
        await using PracticeClient client = await StartAsync(
            new JsonObject
            {
                ["operationSeconds"] = 0, ["onPremisesAgent"] = "CloudSync",
                ["onPremisesPolicy"] = new JsonObject { ["history"] = 0, ["complexity"] = false, ["minLength"] = 14, ["minAgeDays"] = 1 },
            },
            User("bram", Synced()));
        Assert.Equal("failed", (await ResetAsync(client, "bram", "Quiet-Harbor-")).Text("status"));
        Assert.Equal("succeeded", (await ResetAsync(client, "bram", Old)).Text("status"));
        Assert.Equal("failed", (await ResetAsync(client, "bram", New)).Text("status"));
        JsonNode row = (await client.GetAsync("/auditLogs/directoryAudits", await client.AppTokenAsync())).Value[0]!;
        Assert.Equal("CloudSync", row["additionalDetails"]![0]!["value"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(false, 403)]
    [InlineData(true, 200)]
    public async Task Who_started_a_reset_may_not_follow_it_for_that_alone(bool starter, int status)
    {
        await using PracticeClient client = await StartAsync(new JsonObject { ["starterReadsOperation"] = starter }, User("adele"));
        string helena = await client.UserTokenAsync("helena@contoso.com");
        PracticeClient.Reply accepted = await client.WriteAsync("POST", "/users/adele@contoso.com" + ResetAction, helena, Body(New));
        Assert.Equal(202, accepted.Status);
        Assert.Equal(status, (await client.GetAsync(PathOf(client, accepted), helena)).Status);
        Assert.Equal(200, (await client.GetAsync(PathOf(client, accepted), await client.UserTokenAsync("greta@contoso.com"))).Status);
    }

    [Fact]
    public async Task The_date_of_a_change_can_lag_behind_it()
    {
        await using PracticeClient client = await StartAsync(new JsonObject { ["passwordChangeDelaySeconds"] = 600 }, User("adele"));
        string token = await client.AppTokenAsync();
        string before = (await client.GetAsync("/users/adele@contoso.com?$select=lastPasswordChangeDateTime", token)).Body;
        Assert.Equal(204, (await client.WriteAsync("PATCH", "/users/adele@contoso.com", token, Profile(New))).Status);
        Assert.True(await client.PasswordIsAsync("adele@contoso.com", New));
        Assert.Equal(before, (await client.GetAsync("/users/adele@contoso.com?$select=lastPasswordChangeDateTime", token)).Body);
    }

    [Fact]
    public async Task A_user_that_goes_away_under_a_running_reset_fails_it()
    {
        await using PracticeClient client = await StartAsync(
            null, User("adele", new JsonObject { ["resets"] = new JsonObject { ["seconds"] = 0.3 } }));
        string greta = await client.UserTokenAsync("greta@contoso.com");
        await client.WriteAsync("POST", "/users/adele@contoso.com" + ResetAction, greta, Body(New));
        Assert.Equal(204, (await client.WriteAsync("DELETE", "/users/adele@contoso.com", greta)).Status);
        for (int attempt = 0; attempt < 100; attempt++)
        {
            if ((await AuditAsync(client)).Contains(("Reset password (by admin)", "failure", "UserNotFound")))
                return;
            await Task.Delay(50);
        }
        Assert.Fail("The reset did not end.");
    }

    [Fact]
    public async Task Each_part_of_a_change_is_an_act_of_its_own_in_the_log()
    {
        await using PracticeClient client = await StartAsync(null, User("adele"));
        string token = await client.AppTokenAsync();
        foreach (string body in new[]
        {
            """{"passwordProfile":{"forceChangePasswordNextSignIn":true}}""", """{"accountEnabled":false}""", Profile("C0ntoso1!"),
        })
            await client.WriteAsync("PATCH", "/users/adele@contoso.com", token, body);
        Assert.Equal(
            [("Reset user password", "failure", "FuzzyPolicyViolationInvalidPassword"), ("Update user", "success", ""),
            ("Disable account", "success", ""), ("Set force change user password", "success", "")],
            await AuditAsync(client));
    }
}
