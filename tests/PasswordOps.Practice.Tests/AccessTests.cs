using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.Graph;

namespace PasswordOps.Practice.Tests;

/// <summary>Who may do what: tokens, permissions, roles over the tenant, over a unit and over a restricted unit.</summary>
public sealed class AccessTests(TenantFixture tenant) : IClassFixture<TenantFixture>
{
    private const string Phone = """{"mobilePhone":"+1 4255550150"}""";
    private const string Password = """{"passwordProfile":{"password":"Quiet-Harbor-5521","forceChangePasswordNextSignIn":true}}""";
    private const string Method = """{"phoneNumber":"+1 4255550151","phoneType":"mobile"}""";
    private readonly PracticeClient _client = tenant.Client;

    [Fact]
    public void Every_route_has_its_row_and_every_row_its_route() => Assert.Equal(
        Permissions.Routes.Order(StringComparer.Ordinal),
        GraphService.MakeRoutes().Routes.Select(route => Permissions.Key(route.Method, route.Template)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(null, "Access token is empty.")]
    [InlineData("nonsense", "CompactToken parsing failed with error code: 80049217")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.", "CompactToken parsing failed with error code: 80049217")]
    public async Task Without_a_valid_token_the_answer_is_401(string? token, string message)
    {
        PracticeClient.Reply reply = await _client.SendAsync("GET", "v1.0/users", token);
        Assert.Equal((401, "InvalidAuthenticationToken", message), (reply.Status, reply.Code, reply.ErrorMessage));
        string header = reply.Header("WWW-Authenticate")!;
        Assert.StartsWith("Bearer realm=\"\", authorization_uri=", header, StringComparison.Ordinal);
        Assert.DoesNotContain("claims=", header, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        var clock = new MovingClock();
        await using PracticeClient client = await PracticeClient.StartAsync(clock: clock);
        string token = await client.AppTokenAsync();
        Assert.Equal(200, (await client.GetAsync("/users?$top=1", token)).Status);
        clock.Ahead = TimeSpan.FromHours(2);
        PracticeClient.Reply reply = await client.GetAsync("/users?$top=1", token);
        Assert.Equal((401, "Lifetime validation failed, the token is expired."), (reply.Status, reply.ErrorMessage));
    }

    [Fact]
    public async Task A_client_that_understands_challenges_is_challenged_after_a_revocation()
    {
        var clock = new MovingClock();
        await using PracticeClient client = await PracticeClient.StartAsync(clock: clock);
        string plain = await client.UserTokenAsync("uma@contoso.com");
        string continuous = await client.UserTokenAsync(
            "uma@contoso.com", claims: """{"access_token":{"xms_cc":{"values":["cp1"]}}}""");
        clock.Ahead = TimeSpan.FromSeconds(5);
        Assert.Equal(200, (await client.WriteAsync("POST", "/me/revokeSignInSessions", continuous)).Status);
        Assert.Equal(200, (await client.GetAsync("/me", continuous)).Status);
        clock.Ahead = TimeSpan.FromMinutes(2);
        Assert.Equal(200, (await client.GetAsync("/me", plain)).Status);
        PracticeClient.Reply reply = await client.GetAsync("/me", continuous);
        Assert.Equal((401, "InvalidAuthenticationToken"), (reply.Status, reply.Code));
        Assert.Contains("error=\"insufficient_claims\", claims=\"", reply.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PATCH", "/users/adele@contoso.com", Phone, 403, "Authorization_RequestDenied")]
    [InlineData("POST", "/users/adele@contoso.com/authentication/phoneMethods", Method, 403, "accessDenied")]
    [InlineData("GET", "/users/adele@contoso.com/authentication/phoneMethods", null, 200, null)]
    [InlineData("GET", "/auditLogs/directoryAudits", null, 200, null)]
    public async Task The_reader_reads(string method, string path, string? body, int status, string? code)
    {
        PracticeClient.Reply reply = await _client.WriteAsync(method, path, await _client.AppTokenAsync("PasswordOps reader"), body);
        Assert.Equal((status, code), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task The_method_routes_repeat_the_message_in_their_errors()
    {
        PracticeClient.Reply reply = await _client.WriteAsync(
            "POST", "/users/adele@contoso.com/authentication/phoneMethods", await _client.AppTokenAsync("PasswordOps reader"), Method);
        Assert.Equal("Request Authorization failed", reply.ErrorMessage);
        Assert.Equal("Request Authorization failed", reply.Json!["error"]!["innerError"]!["message"]!.GetValue<string>());
    }

    public static TheoryData<string, string, string, int> Applications => new()
    {
        { "PasswordOps full", "adele", Password, 204 },
        { "PasswordOps full", "greta", Password, 204 },
        { "PasswordOps full", "rhea", Password, 403 },
        { "PasswordOps full", "rhea", Phone, 403 },
        { "PasswordOps no role", "adele", Password, 403 },
        { "PasswordOps no role", "adele", Phone, 204 },
        { "PasswordOps no role", "helena", Phone, 403 },
        { "PasswordOps helpdesk", "adele", Password, 403 },
        { "PasswordOps helpdesk", "adele", Phone, 204 },
        { "PasswordOps helpdesk", "helena", Phone, 403 },
    };

    /// <summary>
    /// The role of a service principal decides like that of a person, the permission alone goes as far as harmless users.
    /// </summary>
    [Theory]
    [MemberData(nameof(Applications))]
    public async Task Applications_reach_as_far_as_their_role(string app, string target, string body, int status)
    {
        PracticeClient.Reply reply = await _client.WriteAsync(
            "PATCH", $"/users/{target}@contoso.com", await _client.AppTokenAsync(app), body);
        Assert.Equal(status, reply.Status);
        if (status == 403)
            Assert.Equal(
                ("Authorization_RequestDenied", "Insufficient privileges to complete the operation."), (reply.Code, reply.ErrorMessage));
    }

    public static TheoryData<string, string, int> People => new()
    {
        // User Administrator
        { "uma", "adele", 204 }, { "uma", "helena", 204 }, { "uma", "arne", 403 }, { "uma", "greta", 403 }, { "uma", "kees", 403 },
        { "uma", "rhea", 403 }, { "uma", "grace", 403 },
        // Authentication Administrator
        { "arne", "adele", 204 }, { "arne", "helena", 403 }, { "arne", "kees", 403 },
        // Privileged Authentication Administrator and Global Administrator
        { "paul", "greta", 204 }, { "paul", "kees", 204 }, { "paul", "silke", 204 }, { "paul", "rhea", 403 }, { "greta", "paul", 204 },
        { "greta", "rhea", 403 },
        // Helpdesk Administrator: no column among the sensitive actions
        { "helena", "adele", 403 },
        // User Administrator of Branch East
        { "bea", "tariq", 204 }, { "bea", "adele", 403 },
        // nobody
        { "adele", "nora", 403 },
    };

    [Theory]
    [MemberData(nameof(People))]
    public async Task People_change_contact_data_of_those_whom_their_role_reaches(string actor, string target, int status)
    {
        string token = await _client.UserTokenAsync($"{actor}@contoso.com");
        Assert.Equal(status, (await _client.WriteAsync("PATCH", $"/users/{target}@contoso.com", token, Phone)).Status);
    }

    public static TheoryData<string, string, int> Resetters => new()
    {
        { "helena", "adele", 202 }, { "helena", "grace", 403 }, { "helena", "uma", 403 }, { "helena", "kees", 403 },
        { "helena", "rhea", 403 },
        { "grace", "adele", 202 }, { "uma", "helena", 202 }, { "uma", "arne", 403 }, { "arne", "adele", 202 }, { "arne", "uma", 403 },
        { "paul", "greta", 202 }, { "greta", "paul", 202 }, { "greta", "rhea", 403 }, { "bea", "tariq", 202 }, { "bea", "adele", 403 },
        { "silke", "rhea", 202 }, { "silke", "adele", 403 }, { "adele", "nora", 403 }, { "paul", "paul", 400 },
    };

    [Theory]
    [MemberData(nameof(Resetters))]
    public async Task People_reset_those_whom_their_role_reaches(string actor, string target, int status)
    {
        string token = await _client.UserTokenAsync($"{actor}@contoso.com");
        PracticeClient.Reply reply = await _client.WriteAsync(
            "POST", $"/users/{target}@contoso.com/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword", token,
            """{"newPassword":"Quiet-Harbor-5521"}""");
        Assert.Equal(status, reply.Status);
    }

    public static TheoryData<string, string, int> MethodWriters => new()
    {
        { "helena", "adele", 403 }, { "uma", "adele", 403 }, { "arne", "adele", 201 }, { "arne", "kees", 403 }, { "paul", "kees", 201 },
        { "greta", "uma", 201 }, { "paul", "rhea", 403 }, { "silke", "rhea", 201 },
    };

    [Theory]
    [MemberData(nameof(MethodWriters))]
    public async Task Only_some_roles_write_methods(string actor, string target, int status)
    {
        string token = await _client.UserTokenAsync($"{actor}@contoso.com");
        PracticeClient.Reply reply = await _client.WriteAsync(
            "POST", $"/users/{target}@contoso.com/authentication/phoneMethods", token, Method);
        Assert.Equal(status, reply.Status);
        if (status == 403)
            Assert.Equal("accessDenied", reply.Code);
    }

    [Fact]
    public async Task An_authentication_administrator_sees_masked_numbers()
    {
        async Task<string> Seen(string actor)
        {
            PracticeClient.Reply reply = await _client.GetAsync(
                "/users/nora@contoso.com/authentication/phoneMethods", await _client.UserTokenAsync($"{actor}@contoso.com"));
            return reply.Value[0]!["phoneNumber"]!.GetValue<string>();
        }

        Assert.Equal("+1 4255550100", await Seen("paul"));
        Assert.Equal("+1 XXXXXXXX00", await Seen("arne"));
        Assert.Equal("+1 4255550100", await Seen("nora"));
    }

    [Fact]
    public async Task A_member_reads_its_own_methods_and_nobody_elses()
    {
        string token = await _client.UserTokenAsync("nora@contoso.com");
        Assert.Equal(200, (await _client.GetAsync("/me/authentication/methods", token)).Status);
        Assert.Equal(403, (await _client.GetAsync("/users/adele@contoso.com/authentication/methods", token)).Status);
    }

    [Fact]
    public async Task A_guest_sees_itself_only()
    {
        string token = await _client.UserTokenAsync("gita_fabrikam.com#EXT#@contoso.onmicrosoft.com");
        Assert.Equal(200, (await _client.GetAsync("/me", token)).Status);
        Assert.Equal(403, (await _client.GetAsync("/users", token)).Status);
    }

    [Fact]
    public async Task Whoever_may_only_read_itself_sees_an_organisation_full_of_nulls()
    {
        string narrow = await _client.UserTokenAsync("adele@contoso.com", "https://graph.microsoft.com/User.Read");
        JsonNode organization = (await _client.GetAsync("/organization", narrow)).Value[0]!;
        Assert.Equal("Contoso", organization["displayName"]!.GetValue<string>());
        Assert.True(organization.AsObject().ContainsKey("onPremisesSyncEnabled"));
        Assert.Null(organization["onPremisesSyncEnabled"]);
        Assert.Equal(3, organization["verifiedDomains"]!.AsArray().Count);
        JsonNode full = (await _client.GetAsync("/organization", await _client.AppTokenAsync())).Value[0]!;
        Assert.True(full["onPremisesSyncEnabled"]!.GetValue<bool>());
        Assert.Equal(403, (await _client.GetAsync("/users", narrow)).Status);
    }

    [Theory]
    [InlineData("greta", 200)]
    [InlineData("paul", 403)]
    public async Task Sync_features_are_for_global_administrators(string actor, int status)
    {
        PracticeClient.Reply reply = await _client.GetAsync(
            "/directory/onPremisesSynchronization", await _client.UserTokenAsync($"{actor}@contoso.com"));
        Assert.Equal(status, reply.Status);
        if (status == 200)
            Assert.Equal(20, reply.Value[0]!["features"]!.AsObject().Count);
    }

    [Fact]
    public async Task Sync_features_and_resets_are_not_for_applications()
    {
        string token = await _client.AppTokenAsync();
        Assert.Equal(403, (await _client.GetAsync("/directory/onPremisesSynchronization", token)).Status);
        PracticeClient.Reply reset = await _client.WriteAsync(
            "POST", "/users/adele@contoso.com/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword", token, "{}");
        Assert.Equal((403, "accessDenied"), (reset.Status, reset.Code));
    }

    [Fact]
    public async Task Reports_need_a_role_that_reads_reports()
    {
        Assert.Equal(403, (await _client.GetAsync(
            "/reports/authenticationMethods/userRegistrationDetails", await _client.UserTokenAsync("uma@contoso.com"))).Status);
        Assert.Equal(200, (await _client.GetAsync(
            "/reports/authenticationMethods/userRegistrationDetails", await _client.UserTokenAsync("greta@contoso.com"))).Status);
    }

    private sealed class MovingClock : TimeProvider
    {
        internal TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
