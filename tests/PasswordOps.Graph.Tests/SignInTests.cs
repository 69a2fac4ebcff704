using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;
using PasswordOps.Core.SignIn;
using PasswordOps.Graph.SignIn;

namespace PasswordOps.Graph.Tests;

public sealed class SignInTests
{
    private readonly FakeService service = new();

    [Fact]
    public async Task Connecting_takes_one_token_request_and_one_batch()
    {
        using IConnection connection = await service.ConnectAsync(service.WithSecret());

        Assert.Equal(
            new[] { $"POST /{FakeService.Tenant}/oauth2/v2.0/token", "POST /v1.0/$batch" },
            service.Requests.Select(request => request.ToString()));
        Assert.Contains(Uri.EscapeDataString("https://graph.microsoft.com/.default"), service.Requests[0].Body);
    }

    [Fact]
    public async Task The_first_read_needs_no_further_token()
    {
        using IConnection connection = await service.ConnectAsync(service.WithSecret());
        await connection.Directory.GetDomainsAsync(CancellationToken.None);
        await connection.Directory.GetDomainsAsync(CancellationToken.None);

        Assert.Single(service.Requests, request => request.IsToken);
    }

    [Fact]
    public async Task The_context_of_an_application_comes_from_token_and_directory()
    {
        service.OnToken = _ => Jwt.Answer(Jwt.App("User.Read.All", "RoleManagement.Read.Directory"));
        service.OnGraph = request => request.Path.Contains("roleAssignments")
            ? Reply.Json(
                """
                {"value":[{"roleDefinitionId":"729827e3-9c14-49f7-bb1b-9608f156bbb8","directoryScopeId":"/","roleDefinition":
                 {"templateId":"729827e3-9c14-49f7-bb1b-9608f156bbb8","displayName":"Helpdesk Administrator","isBuiltIn":true}}]}
                """)
            : null;

        using IConnection connection = await service.ConnectAsync(service.WithSecret());

        ConnectionContext context = connection.Context;
        Assert.Equal(FakeService.Tenant, context.TenantId);
        Assert.Equal("Contoso", context.TenantName);
        Assert.Equal("PasswordOps", context.Account);
        Assert.Equal(FakeService.Helena, context.AccountObjectId);
        Assert.Equal(FakeService.App, context.ClientId);
        Assert.True(context.IsAppOnly);
        Assert.Equal(new[] { "User.Read.All", "RoleManagement.Read.Directory" }, context.Permissions);
        Assert.Equal("Helpdesk Administrator", Assert.Single(context.Standing.Value.Roles).Name);
        Assert.InRange(context.TokenExpiresOn, DateTimeOffset.UtcNow.AddMinutes(50), DateTimeOffset.UtcNow.AddMinutes(61));
        Assert.Contains(service.Requests, request => request.IsBatch && request.Body.Contains("/servicePrincipals/" + FakeService.Helena));
    }

    [Fact]
    public async Task A_given_token_of_a_person_shows_who_it_is()
    {
        using IConnection connection = await service.ConnectAsync(service.WithToken(Jwt.Person("User.Read.All", "AuditLog.Read.All")));

        Assert.Equal("helena@contoso.com", connection.Context.Account);
        Assert.False(connection.Context.IsAppOnly);
        Assert.Equal(new[] { "User.Read.All", "AuditLog.Read.All" }, connection.Context.Permissions);
        Assert.DoesNotContain(service.Requests, request => request.IsToken);
        Assert.Contains(service.Requests, request => request.IsBatch && request.Body.Contains("/users/" + FakeService.Helena));
    }

    [Fact]
    public async Task Roles_in_the_token_stand_in_for_a_standing_that_may_not_be_read()
    {
        service.OnGraph = request => request.Path.Contains("roleAssignments") ? Reply.Error(403, "Authorization_RequestDenied") : null;
        string token = Jwt.Make(
            $"\"idtyp\":\"user\",\"upn\":\"helena@contoso.com\",\"oid\":\"{FakeService.Helena}\",\"scp\":\"User.Read\","
            + "\"wids\":[\"729827e3-9c14-49f7-bb1b-9608f156bbb8\",\"b79fbf4d-3ef9-4689-8143-76b194e85509\"]");

        using IConnection connection = await service.ConnectAsync(service.WithToken(token));

        HeldRole role = Assert.Single(connection.Context.Standing.Value.Roles);
        Assert.Equal("Helpdesk Administrator", role.Name);
        Assert.True(role.IsTenantWide);
    }

    [Fact]
    public async Task A_standing_that_may_not_be_read_and_is_not_in_the_token_is_unknown()
    {
        service.OnGraph = request => request.Path.Contains("roleAssignments") ? Reply.Error(403, "Authorization_RequestDenied") : null;

        using IConnection connection = await service.ConnectAsync(service.WithToken(Jwt.Person("User.Read")));

        Assert.False(connection.Context.Standing.IsKnown);
        Assert.Equal("PermissionMissing", connection.Context.Standing.Error!.Id);
        Assert.Contains("RoleManagement.Read.Directory", connection.Context.Standing.Error.Message);
    }

    [Fact]
    public async Task A_token_that_cannot_be_read_is_used_and_says_nothing()
    {
        using IConnection connection = await service.ConnectAsync(service.WithToken("opaque" + Jwt.Mark));

        Assert.Equal("Unknown", connection.Context.Account);
        Assert.Equal(FakeService.Tenant, connection.Context.TenantId);
        Assert.Equal("TokenUnreadable", connection.Context.Standing.Error!.Id);
        Assert.Equal("Bearer opaque" + Jwt.Mark, service.Requests[0].Header("Authorization"));
    }

    [Fact]
    public async Task A_tenant_that_may_not_be_read_leaves_its_name_empty()
    {
        service.OnGraph = request => request.Path.Contains("/organization") ? Reply.Error(403, "Authorization_RequestDenied") : null;

        using IConnection connection = await service.ConnectAsync(service.WithSecret());

        Assert.Null(connection.Context.TenantName);
        Assert.Equal(FakeService.Tenant, connection.Context.TenantId);
    }

    [Theory]
    [InlineData(401, "invalid_client", 7000215, "SignInSecretWrong")]
    [InlineData(401, "invalid_client", 7000222, "SignInSecretExpired")]
    [InlineData(401, "invalid_client", 7000218, "SignInSecretMissing")]
    [InlineData(400, "unauthorized_client", 7000112, "SignInAppDisabled")]
    [InlineData(400, "unauthorized_client", 700016, "SignInAppUnknown")]
    [InlineData(401, "invalid_client", 700027, "SignInCertificateUnknown")]
    [InlineData(400, "invalid_request", 90002, "SignInTenantUnknown")]
    [InlineData(400, "invalid_scope", 70011, "SignInResourceUnknown")]
    [InlineData(400, "invalid_grant", 65001, "SignInConsentMissing")]
    [InlineData(400, "invalid_grant", 50076, "SignInMfaNeeded")]
    [InlineData(400, "interaction_required", 53003, "SignInBlockedByPolicy")]
    [InlineData(400, "invalid_grant", 50053, "SignInAccountLocked")]
    [InlineData(400, "invalid_grant", 50057, "SignInAccountDisabled")]
    [InlineData(400, "invalid_grant", 700082, "SignInExpired")]
    [InlineData(400, "invalid_request", 900144, "SignInServiceError")]
    public async Task A_refusal_to_sign_in_has_its_own_id(int status, string error, int number, string id)
    {
        service.OnToken = _ => Refusal(status, error, number);

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(() => service.ConnectAsync(service.WithSecret()));

        Assert.Equal(id, failure.Id);
        Assert.Equal("AADSTS" + number, failure.ServiceCode);
        Assert.Equal("1a2b3c4d-5e6f-4071-8293-a4b5c6d70000", failure.RequestId);
        Assert.Equal(status, failure.Status);
        Assert.NotEmpty(failure.Advice);
        NothingPlanted(failure);
    }

    [Fact]
    public async Task An_answer_that_is_no_json_is_a_refusal_like_any_other()
    {
        service.OnToken = _ => Reply.Of(403, "<html>blocked by proxy</html>");

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(() => service.ConnectAsync(service.WithSecret()));

        Assert.StartsWith("SignInService", failure.Id, StringComparison.Ordinal);
        NothingPlanted(failure);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "its name could not be resolved")]
    [InlineData(SocketError.ConnectionRefused, "the connection was refused")]
    public async Task A_sign_in_service_that_cannot_be_reached_is_named_with_the_reason(SocketError error, string why)
    {
        service.OnToken = _ => throw new HttpRequestException("planted " + FakeService.Secret, new SocketException((int)error));

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(() => service.ConnectAsync(service.WithSecret()));

        Assert.Equal("SignInNoNetwork", failure.Id);
        Assert.Equal(ErrorKind.Connection, failure.Kind);
        Assert.Contains("login.microsoftonline.com", failure.Message);
        Assert.Contains(why, failure.Message);
        NothingPlanted(failure);
    }

    [Fact]
    public async Task Stopping_a_sign_in_is_no_failure()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new GraphSignIn(service.Options).ConnectAsync(service.WithSecret(), _ => { }, stop.Token));
    }

    [Theory]
    [InlineData(SignInKind.ClientSecret, null, FakeService.App, "SignInTenantMissing")]
    [InlineData(SignInKind.ClientSecret, FakeService.Tenant, null, "SignInClientMissing")]
    [InlineData(SignInKind.ClientSecret, FakeService.Tenant, FakeService.App, "SignInSecretNotGiven")]
    [InlineData(SignInKind.ClientSecret, "contoso.com/x", FakeService.App, "SignInTenantInvalid")]
    [InlineData(SignInKind.Certificate, FakeService.Tenant, FakeService.App, "SignInCertificateNotGiven")]
    [InlineData(SignInKind.AccessToken, null, null, "SignInTokenNotGiven")]
    [InlineData(SignInKind.WorkloadIdentity, FakeService.Tenant, FakeService.App, "SignInTokenFileMissing")]
    public async Task What_is_missing_is_said_before_anything_is_sent(SignInKind kind, string? tenant, string? client, string id)
    {
        SignInOptions options = new()
        {
            Kind = kind, Cloud = Cloud.Named("Global"), TenantId = tenant, ClientId = client, TokenFile = "/there/is/no/such/file",
        };

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(() => service.ConnectAsync(options));

        Assert.Equal(id, failure.Id);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task An_expired_token_is_refused_before_anything_is_sent()
    {
        string token = Jwt.Make("\"scp\":\"User.Read\"", DateTimeOffset.UtcNow.AddMinutes(-5));

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(() => service.ConnectAsync(service.WithToken(token)));

        Assert.Equal("SignInTokenExpired", failure.Id);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_token_for_another_service_is_refused_before_anything_is_sent()
    {
        string token = Jwt.Encode("{}") + "." + Jwt.Encode("""{"aud":"https://management.azure.com","scp":"x"}""") + ".x";

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(() => service.ConnectAsync(service.WithToken(token)));

        Assert.Equal("SignInTokenForOther", failure.Id);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_practice_authority_is_never_trusted_for_another_machine()
    {
        SignInOptions options = new()
        {
            Kind = SignInKind.AccessToken,
            Cloud = Cloud.Named("Global"),
            AccessToken = FakeService.Secure(Jwt.Person("User.Read")),
            PracticeAuthorityFile = "ca.pem",
        };

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(() => service.ConnectAsync(options));

        Assert.Equal("PracticeAuthorityNotLoopback", failure.Id);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_person_signs_in_with_a_device_code_once()
    {
        service.OnToken = DeviceCodeAnswers(Jwt.Person("User.Read.All"));
        DeviceCodePrompt? shown = null;

        using IConnection connection = await new GraphSignIn(service.Options).ConnectAsync(
            DeviceCode(), prompt => shown = prompt, CancellationToken.None);
        await connection.Directory.GetDomainsAsync(CancellationToken.None);

        Assert.Equal("FJ8K2M4QT", shown!.UserCode);
        Assert.Equal("https://microsoft.com/devicelogin", shown.Address.AbsoluteUri);
        Assert.Equal("helena@contoso.com", connection.Context.Account);
        Assert.Contains(
            Credentials.DefaultClientId,
            service.Requests.First(request => request.Path.EndsWith("/devicecode", StringComparison.Ordinal)).Body);
        Assert.Equal(1, service.Requests.Count(request => request.Path.EndsWith("/token", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("authorization_declined", "SignInDeclined")]
    [InlineData("expired_token", "SignInCodeExpired")]
    public async Task A_device_code_that_is_not_used_has_its_own_id(string error, string id)
    {
        Func<Recorded, Reply> answers = DeviceCodeAnswers(Jwt.Person("User.Read.All"));
        service.OnToken = request => request.Path.EndsWith("/token", StringComparison.Ordinal)
            ? Reply.Of(400, $$"""{"error":"{{error}}","error_description":"text","error_codes":[]}""")
            : answers(request);

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(() => service.ConnectAsync(DeviceCode()));

        Assert.Equal(id, failure.Id);
    }

    [Fact]
    public async Task A_machine_without_managed_identity_is_told_so()
    {
        service.OnGraph = _ => Reply.Of(400, """{"error":"invalid_request","error_description":"Identity not found"}""");
        SignInOptions options = new() { Kind = SignInKind.ManagedIdentity, Cloud = Cloud.Named("Global") };

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(() => service.ConnectAsync(options));

        Assert.Equal("SignInManagedIdentityUnavailable", failure.Id);
    }

    [Fact]
    public async Task A_workload_signs_in_with_the_token_from_its_file()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "federated-token");
            SignInOptions options = new()
            {
                Kind = SignInKind.WorkloadIdentity, Cloud = Cloud.Named("Global"), TenantId = FakeService.Tenant,
                ClientId = FakeService.App, TokenFile = file,
            };

            using IConnection connection = await service.ConnectAsync(options);

            Assert.Equal("PasswordOps", connection.Context.Account);
            Assert.Contains("client_assertion=federated-token", service.Requests[0].Body);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_workload_that_is_not_trusted_has_its_own_id()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "federated-token");
            service.OnToken = _ => Refusal(401, "invalid_client", 700213);
            SignInOptions options = new()
            {
                Kind = SignInKind.WorkloadIdentity, Cloud = Cloud.Named("Global"), TenantId = FakeService.Tenant,
                ClientId = FakeService.App, TokenFile = file,
            };

            Assert.Equal(
                "SignInFederationUnknown", (await Assert.ThrowsAsync<PasswordOpsException>(() => service.ConnectAsync(options))).Id);
        }
        finally
        {
            File.Delete(file);
        }
    }

#if NET
    [Fact]
    public async Task A_certificate_signs_in_when_it_is_valid_and_has_its_key()
    {
        using X509Certificate2 certificate = Certificate(-1, 1);

        using IConnection connection = await service.ConnectAsync(WithCertificate(certificate));

        Assert.Contains("client_assertion=", service.Requests[0].Body);
    }

    [Theory]
    [InlineData(-10, -1, true, "SignInCertificateExpired")]
    [InlineData(1, 10, true, "SignInCertificateNotYetValid")]
    [InlineData(-1, 1, false, "SignInCertificateNoKey")]
    public async Task A_certificate_that_cannot_work_is_refused_before_anything_is_sent(int fromDays, int toDays, bool withKey, string id)
    {
        using X509Certificate2 whole = Certificate(fromDays, toDays);
        using X509Certificate2 certificate = withKey ? new X509Certificate2(whole) : X509CertificateLoader.LoadCertificate(whole.RawData);

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => service.ConnectAsync(WithCertificate(certificate)));

        Assert.Equal(id, failure.Id);
        Assert.Contains(certificate.Thumbprint, failure.Message);
        Assert.Empty(service.Requests);
    }

    private static X509Certificate2 Certificate(int fromDays, int toDays)
    {
        using RSA key = RSA.Create(2048);
        return new CertificateRequest("CN=PasswordOps", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(toDays));
    }

    private static SignInOptions WithCertificate(X509Certificate2 certificate) => new()
    {
        Kind = SignInKind.Certificate, Cloud = Cloud.Named("Global"), TenantId = FakeService.Tenant, ClientId = FakeService.App,
        Certificate = certificate,
    };
#endif

    [Fact]
    public async Task A_claims_challenge_fetches_one_new_token_with_the_claims()
    {
        using IConnection connection = await service.ConnectAsync(service.WithSecret());
        service.Forget();
        int calls = 0;
        service.OnGraph = request => request.Path.Contains("/domains") && calls++ == 0 ? Challenge() : null;

        await connection.Directory.GetDomainsAsync(CancellationToken.None);

        Recorded token = Assert.Single(service.Requests, request => request.IsToken);
        Assert.Contains("1604106651", Uri.UnescapeDataString(token.Body));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_claims_challenge_that_does_not_end_is_given_up_after_one_token()
    {
        using IConnection connection = await service.ConnectAsync(service.WithSecret());
        service.Forget();
        service.OnGraph = _ => Challenge();

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => connection.Directory.GetDomainsAsync(CancellationToken.None));

        Assert.Equal("TokenRejected", failure.Id);
        Assert.Single(service.Requests, request => request.IsToken);
        Assert.Equal(2, service.Requests.Count(request => !request.IsToken));
    }

    [Fact]
    public async Task A_given_token_cannot_answer_a_claims_challenge()
    {
        IDirectory directory = await service.OpenAsync(Jwt.Person("Domain.Read.All"));
        service.OnGraph = _ => Challenge();

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.GetDomainsAsync(CancellationToken.None));

        Assert.Equal("SignInTokenRevoked", failure.Id);
    }

    [Fact]
    public async Task A_token_that_is_taken_no_longer_is_renewed_once_for_all_who_wait()
    {
        using IConnection connection = await service.ConnectAsync(service.WithSecret());
        string before = service.Requests.Last().Header("Authorization");
        service.Forget();
        service.OnToken = _ => Jwt.Answer(Jwt.App("User.Read.All", "User-PasswordProfile.ReadWrite.All"));
        service.OnGraph = request => request.Method == "GET" ? null : Reply.Of(204);
        service.OnBatch = request => request.Header("Authorization") == before ? Expired() : null;
        PasswordWrite[] writes = Enumerable.Range(0, 60)
            .Select(i => new PasswordWrite("u" + i, new Password("planted-1".ToCharArray()), ForceChange.Yes)).ToArray();

        IReadOnlyList<WriteOutcome> outcomes = await connection.Directory.SetPasswordsAsync(writes, CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded));
        Recorded token = Assert.Single(service.Requests, request => request.IsToken);
        Assert.DoesNotContain("renew", token.Body);

        // Three batches, of which at least the first was sent again.
        Assert.InRange(service.Requests.Count(request => request.IsBatch), 4, 6);
    }

    [Fact]
    public async Task A_token_is_renewed_each_time_that_it_is_taken_no_longer()
    {
        using IConnection connection = await service.ConnectAsync(service.WithSecret());
        service.Forget();
        string refused = string.Empty;
        int made = 0;
        service.OnToken = _ => Jwt.Answer(Jwt.App("User.Read.All", "number." + made++));
        service.OnGraph = request =>
        {
            if (refused.Length == 0)
            {
                refused = request.Header("Authorization");
            }

            return request.Header("Authorization") == refused ? Expired() : null;
        };

        await connection.Directory.GetDomainsAsync(CancellationToken.None);
        refused = string.Empty;
        await connection.Directory.GetDomainsAsync(CancellationToken.None);

        Assert.Equal(2, service.Requests.Count(request => request.IsToken));
        Assert.Equal(4, service.Requests.Count(request => !request.IsToken));
    }

    [Fact]
    public async Task A_token_that_is_never_taken_is_given_up_after_one_renewal()
    {
        using IConnection connection = await service.ConnectAsync(service.WithSecret());
        service.Forget();
        service.OnGraph = _ => Expired();
        using Password password = new("planted-1".ToCharArray());

        WriteOutcome outcome = Assert.Single(await connection.Directory.SetPasswordsAsync(
            new[] { new PasswordWrite("u", password, ForceChange.Yes) }, CancellationToken.None));

        Assert.Equal("TokenRejected", outcome.Error!.Id);
        Assert.False(outcome.Error.MayHaveHappened);
        Assert.Single(service.Requests, request => request.IsToken);
        Assert.Equal(2, service.Requests.Count(request => !request.IsToken));
    }

    [Fact]
    public async Task A_renewal_that_fails_is_the_outcome_of_every_row()
    {
        using IConnection connection = await service.ConnectAsync(service.WithSecret());
        service.OnGraph = _ => Expired();
        service.OnBatch = _ => Expired();
        service.OnToken = _ => Refusal(401, "invalid_client", 7000222);
        using Password password = new("planted-1".ToCharArray());

        IReadOnlyList<WriteOutcome> one = await connection.Directory.SetPasswordsAsync(
            new[] { new PasswordWrite("u", password, ForceChange.Yes) }, CancellationToken.None);
        IReadOnlyList<WriteOutcome> many = await connection.Directory.SetPasswordsAsync(
            Enumerable.Range(0, 30).Select(i => new PasswordWrite("u" + i, password, ForceChange.Yes)).ToArray(), CancellationToken.None);
        IReadOnlyList<Reading<DirectoryUser>> users =
            await connection.Directory.GetUsersAsync(new[] { new UserIdentity("anna@contoso.com") }, CancellationToken.None);

        Assert.Equal(30, many.Count);
        Assert.All(one.Concat(many), outcome => Assert.Equal("SignInSecretExpired", outcome.Error!.Id));
        Assert.All(one.Concat(many), outcome => Assert.False(outcome.Error!.MayHaveHappened));
        Assert.Equal("SignInSecretExpired", users[0].Error!.Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public async Task A_given_token_that_expires_in_a_run_is_named_for_every_row(int count)
    {
        DateTimeOffset end = new(2030, 1, 2, 3, 4, 0, TimeSpan.Zero);
        service.Clock.UtcNow = end.AddHours(-1);
        IDirectory directory = await service.OpenAsync(
            Jwt.Make("\"scp\":\"User-PasswordProfile.ReadWrite.All\",\"oid\":\"" + FakeService.Helena + "\"", end));
        service.OnGraph = _ => Expired();
        service.OnBatch = _ => Expired();
        service.Clock.UtcNow = end.AddMinutes(1);
        using Password password = new("planted-1".ToCharArray());

        IReadOnlyList<WriteOutcome> outcomes = await directory.SetPasswordsAsync(
            Enumerable.Range(0, count).Select(i => new PasswordWrite("u" + i, password, ForceChange.Yes)).ToArray(),
            CancellationToken.None);

        Assert.Equal(count, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.Equal("SignInTokenExpired", outcome.Error!.Id));
        Assert.Contains("2030-01-02 03:04 UTC", outcomes[0].Error!.Message);
        Assert.All(outcomes, outcome => Assert.False(outcome.Error!.MayHaveHappened));
    }

    [Fact]
    public async Task The_log_names_routes_and_nothing_else()
    {
        using IConnection connection = await service.ConnectAsync(service.WithSecret());
        await connection.Directory.GetUsersAsync(new[] { new UserIdentity("anna@contoso.com") }, CancellationToken.None);

        Assert.Matches(@"^POST /\{id\}/oauth2/v2\.0/token: 200 in \d+ ms", service.Log[0]);
        Assert.Matches(
            @"^POST /v1\.0/\$batch \(4 requests\): 200 in \d+ ms, request id 6d0f4a52-1b7e-4c39-8a90-2f3e4d5c6b7a$", service.Log[1]);
        Assert.Matches(@"^GET /v1\.0/users/\{id\}: 200 in \d+ ms", service.Log[2]);
        string log = string.Join("\n", service.Log);
        Assert.DoesNotContain(FakeService.Secret, log);
        Assert.DoesNotContain(Jwt.Mark, log);
        Assert.DoesNotContain("anna", log);
        Assert.DoesNotContain(FakeService.Tenant, log);
    }

    [Fact]
    public void What_holds_secrets_prints_none()
    {
        Assert.DoesNotContain(FakeService.Secret, service.WithSecret().ToString());
        Assert.DoesNotContain(Jwt.Mark, new GivenToken(Jwt.Person("x"), DateTimeOffset.MaxValue).ToString());
        Assert.Equal("(hidden)", Models.Bodies.Reset(new Core.Passwords.Password("planted".ToCharArray())).ToString());
    }

    private static SignInOptions DeviceCode() =>
        new() { Kind = SignInKind.DeviceCode, Cloud = Cloud.Named("Global"), TenantId = FakeService.Tenant };

    private static Reply Expired() => Reply.Of(
        401,
        """{"error":{"code":"InvalidAuthenticationToken","message":"Lifetime validation failed, the token is expired."}}""",
        ("WWW-Authenticate", "Bearer realm=\"\", client_id=\"00000003-0000-0000-c000-000000000000\""));

    private static Reply Challenge() => Reply.Of(
        401,
        """{"error":{"code":"InvalidAuthenticationToken","message":"x"}}""",
        (
            "WWW-Authenticate",
            "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", "
            + "client_id=\"00000003-0000-0000-c000-000000000000\", error=\"insufficient_claims\", "
            + "claims=\"eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwgInZhbHVlIjoiMTYwNDEwNjY1MSJ9fX0=\""));

    private static Func<Recorded, Reply> DeviceCodeAnswers(string token)
    {
        string clientInfo = Jwt.Encode($$"""{"uid":"{{FakeService.Helena}}","utid":"{{FakeService.Tenant}}"}""");
        string idToken = Jwt.Make(
            $"\"oid\":\"{FakeService.Helena}\",\"preferred_username\":\"helena@contoso.com\",\"iss\":\"x\",\"sub\":\"x\"");
        return request => request.Path.EndsWith("/devicecode", StringComparison.Ordinal)
            ? Reply.Json(
                """
                {"user_code":"FJ8K2M4QT","device_code":"FAQABAAEAAAAinvented","verification_uri":"https://microsoft.com/devicelogin",
                 "expires_in":900,"interval":0,"message":"To sign in, use a web browser."}
                """)
            : request.Path.EndsWith("/token", StringComparison.Ordinal)
                ? Reply.Json(
                    $$"""
                    {"token_type":"Bearer","scope":"https://graph.microsoft.com/.default","expires_in":4123,"ext_expires_in":4123,
                     "access_token":"{{token}}","refresh_token":"0.AAAAinvented","id_token":"{{idToken}}","client_info":"{{clientInfo}}"}
                    """)
                : Reply.Json("{}");
    }

    private static Reply Refusal(int status, string error, int number) => Reply.Of(
        status,
        $$"""
        {"error":"{{error}}","error_description":"AADSTS{{number}}: text with {{FakeService.Secret}} in it. Trace ID: x",
         "error_codes":[{{number}}],"trace_id":"1a2b3c4d-5e6f-4071-8293-a4b5c6d70000",
         "correlation_id":"2b3c4d5e-6f70-4182-93a4-b5c6d7e80000"}
        """);

    private static void NothingPlanted(PasswordOpsException failure)
    {
        Assert.DoesNotContain(FakeService.Secret, failure.ToString());
        Assert.DoesNotContain(Jwt.Mark, failure.ToString());
    }
}
