using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace PasswordOps.Practice.Tests;

/// <summary>Sign-in over the wire, by hand and with the client library that people use.</summary>
public sealed class SignInTests(TenantFixture tenant) : IClassFixture<TenantFixture>
{
    private const string DefaultScope = "https://graph.microsoft.com/.default";
    private readonly PracticeClient _client = tenant.Client;

    private ReadyApp Full => _client.App("PasswordOps full");

    private Dictionary<string, string> Form(string? secret = null, string scope = DefaultScope, string? client = null) => new()
    {
        ["client_id"] = client ?? Full.AppId.ToString(), ["client_secret"] = secret ?? Full.Secret!, ["grant_type"] = "client_credentials",
        ["scope"] = scope,
    };

    private static JsonNode Claims(string token)
    {
        string part = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonNode.Parse(Convert.FromBase64String(part.PadRight((part.Length + 3) / 4 * 4, '=')))!;
    }

    [Fact]
    public async Task A_secret_gives_a_token_that_says_what_the_application_may()
    {
        PracticeClient.Reply reply = await _client.TokenAsync(Form());
        Assert.Equal(200, reply.Status);
        Assert.Equal(3599, reply.Json!["expires_in"]!.GetValue<int>());
        JsonNode claims = Claims(reply.Text("access_token"));
        Assert.Equal("app", claims["idtyp"]!.GetValue<string>());
        Assert.Equal("https://graph.microsoft.com", claims["aud"]!.GetValue<string>());
        Assert.Equal(_client.Ready.TenantId.ToString(), claims["tid"]!.GetValue<string>());
        Assert.Equal(Full.AppId.ToString(), claims["appid"]!.GetValue<string>());
        Assert.Contains("User.ReadWrite.All", claims["roles"]!.AsArray().Select(role => role!.GetValue<string>()));
        Assert.Equal(["7be44c8a-adaf-4e2a-84d6-ab2649e08a13"], claims["wids"]!.AsArray().Select(role => role!.GetValue<string>()));
        Assert.Null(claims["scp"]);
    }

    [Theory]
    [InlineData("contoso.com")]
    [InlineData("contoso.onmicrosoft.com")]
    public async Task The_tenant_answers_to_its_domains(string name) => Assert.Equal(200, (await _client.TokenAsync(Form(), name)).Status);

    public static TheoryData<string, int, string, int> Errors => new()
    {
        { "secret", 401, "invalid_client", 7000215 },
        { "expired", 401, "invalid_client", 7000222 },
        { "none", 401, "invalid_client", 7000218 },
        { "app", 400, "unauthorized_client", 700016 },
        { "tenant", 400, "invalid_tenant", 90002 },
        { "scope", 400, "invalid_scope", 70011 },
        { "resource", 400, "invalid_resource", 500011 },
        { "grant", 400, "unsupported_grant_type", 70003 },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Each_fault_has_its_own_error(string fault, int status, string error, int number)
    {
        ReadyApp expired = _client.App("PasswordOps expired");
        Dictionary<string, string> form = fault switch
        {
            "secret" => Form("not-the-secret"),
            "expired" => Form(expired.Secret, client: expired.AppId.ToString()),
            "app" => Form(client: Guid.NewGuid().ToString()),
            "scope" => Form(scope: "https://graph.microsoft.com/User.Read.All"),
            "resource" => Form(scope: "https://vault.azure.net/.default"),
            _ => Form(),
        };
        if (fault == "none")
            form.Remove("client_secret");
        if (fault == "grant")
            form["grant_type"] = "password";
        PracticeClient.Reply reply = await _client.TokenAsync(form, fault == "tenant" ? Guid.NewGuid().ToString() : null);
        Assert.Equal(status, reply.Status);
        Assert.Equal(error, reply.Text("error"));
        Assert.Equal(number, reply.Json!["error_codes"]![0]!.GetValue<int>());
        Assert.StartsWith($"AADSTS{number}: ", reply.Text("error_description"), StringComparison.Ordinal);
        Assert.Contains("Trace ID: ", reply.Text("error_description"), StringComparison.Ordinal);
        Assert.NotNull(reply.Json["correlation_id"]);
    }

    [Fact]
    public async Task A_certificate_that_is_not_registered_is_refused()
    {
        using var key = RSA.Create(2048);
        using X509Certificate2 stranger = new CertificateRequest("CN=stranger", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var credential = new ClientCertificateCredential(
            _client.Ready.TenantId.ToString(), Full.AppId.ToString(), stranger, Options(new ClientCertificateCredentialOptions()));
        AuthenticationFailedException error = await Assert.ThrowsAsync<AuthenticationFailedException>(async () => await Get(credential));
        Assert.Contains("AADSTS700027", error.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assertion_signed_by_another_key_is_refused_although_it_names_the_right_certificate()
    {
        using X509Certificate2 registered = X509CertificateLoader.LoadPkcs12FromFile(Full.CertificateFile!, Full.CertificatePassword);
        using var other = RSA.Create(2048);
        string text = Part(new JsonObject { ["alg"] = "RS256", ["x5t"] = Url(registered.GetCertHash()) }) + "." + Part(new JsonObject
        {
            ["aud"] = $"{_client.Ready.Authority}{_client.Ready.TenantId}/oauth2/v2.0/token", ["iss"] = Full.AppId.ToString(),
            ["sub"] = Full.AppId.ToString(), ["exp"] = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds(),
        });
        string signature = Url(other.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Dictionary<string, string> form = Form();
        form.Remove("client_secret");
        form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        form["client_assertion"] = text + "." + signature;
        PracticeClient.Reply reply = await _client.TokenAsync(form);
        Assert.Equal("invalid_client", reply.Text("error"));
        Assert.Equal(700027, reply.Json!["error_codes"]![0]!.GetValue<int>());
    }

    private static string Part(JsonObject json) => Url(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static string Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private T Options<T>(T options)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = new Uri(_client.Ready.Authority);
        options.Transport = new HttpClientTransport(new HttpClient(PracticeClient.Handler(_client.Server)));
        options.Retry.MaxRetries = 0;
        switch (options)
        {
            case ClientSecretCredentialOptions secret:
                secret.DisableInstanceDiscovery = true;
                break;
            case ClientCertificateCredentialOptions certificate:
                certificate.DisableInstanceDiscovery = true;
                break;
            case DeviceCodeCredentialOptions device:
                device.DisableInstanceDiscovery = true;
                break;
        }
        return options;
    }

    private static async Task<string> Get(TokenCredential credential, bool continuous = false) =>
        (await credential.GetTokenAsync(new TokenRequestContext([DefaultScope], isCaeEnabled: continuous), default)).Token;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Azure_Identity_signs_in_with_a_secret(bool continuous)
    {
        var credential = new ClientSecretCredential(
            _client.Ready.TenantId.ToString(), Full.AppId.ToString(), Full.Secret, Options(new ClientSecretCredentialOptions()));
        string token = await Get(credential, continuous);
        Assert.Equal(200, (await _client.GetAsync("/users?$top=1", token)).Status);
        Assert.Equal(continuous, Claims(token)["xms_cc"] is not null);
    }

    [Fact]
    public async Task Azure_Identity_reports_a_wrong_secret()
    {
        var credential = new ClientSecretCredential(
            _client.Ready.TenantId.ToString(), Full.AppId.ToString(), "wrong", Options(new ClientSecretCredentialOptions()));
        AuthenticationFailedException error = await Assert.ThrowsAsync<AuthenticationFailedException>(async () => await Get(credential));
        Assert.Contains("AADSTS7000215", error.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Azure_Identity_signs_in_with_a_certificate()
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12FromFile(Full.CertificateFile!, Full.CertificatePassword);
        var credential = new ClientCertificateCredential(
            _client.Ready.TenantId.ToString(), Full.AppId.ToString(), certificate, Options(new ClientCertificateCredentialOptions()));
        string token = await Get(credential);
        Assert.Equal("2", Claims(token)["appidacr"]!.GetValue<string>());
        Assert.Equal(200, (await _client.GetAsync("/domains", token)).Status);
    }

    [Fact]
    public async Task Azure_Identity_signs_a_person_in_by_device_code_and_silently_afterwards()
    {
        DeviceCodeCredentialOptions options = Options(new DeviceCodeCredentialOptions
        {
            TenantId = _client.Ready.TenantId.ToString(),
            ClientId = _client.App("PasswordOps").AppId.ToString(),
            DeviceCodeCallback = async (code, _) => Assert.Equal(
                200, (await _client.SendAsync(
                    "GET", $"practice/devicecode/approve?user_code={code.UserCode}&user=paul@contoso.com", null)).Status),
        });
        var credential = new DeviceCodeCredential(options);
        AuthenticationRecord record = await credential.AuthenticateAsync(new TokenRequestContext([DefaultScope]));
        Assert.Equal("paul@contoso.com", record.Username);
        string token = await Get(credential);
        JsonNode claims = Claims(token);
        Assert.Equal("user", claims["idtyp"]!.GetValue<string>());
        Assert.Equal("paul@contoso.com", claims["upn"]!.GetValue<string>());
        Assert.Contains("UserAuthenticationMethod.ReadWrite.All", claims["scp"]!.GetValue<string>().Split(' '));
        PracticeClient.Reply me = await _client.GetAsync("/me", token);
        Assert.Equal("paul@contoso.com", me.Text("userPrincipalName"));
    }

    [Fact]
    public async Task A_device_code_waits_and_can_be_declined()
    {
        string client = _client.App("PasswordOps").AppId.ToString();
        PracticeClient.Reply start = await _client.FormAsync(
            "organizations/oauth2/v2.0/devicecode", new() { ["client_id"] = client, ["scope"] = "User.Read offline_access" });
        Assert.Contains(start.Text("user_code"), start.Text("message"), StringComparison.Ordinal);
        var poll = new Dictionary<string, string>
        {
            ["client_id"] = client, ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code",
            ["device_code"] = start.Text("device_code"),
        };
        PracticeClient.Reply waiting = await _client.TokenAsync(poll);
        Assert.Equal("authorization_pending", waiting.Text("error"));
        Assert.Equal(70016, waiting.Json!["error_codes"]![0]!.GetValue<int>());
        await _client.SendAsync("POST", $"practice/devicecode/decline?user_code={start.Text("user_code")}", null);
        Assert.Equal("authorization_declined", (await _client.TokenAsync(poll)).Text("error"));
        poll["device_code"] = "unknown";
        Assert.Equal("bad_verification_code", (await _client.TokenAsync(poll)).Text("error"));
    }

    [Fact]
    public async Task A_confidential_application_cannot_use_a_device_code_without_its_secret()
    {
        var poll = new Dictionary<string, string>
        {
            ["client_id"] = Full.AppId.ToString(), ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code", ["device_code"] = "x",
        };
        PracticeClient.Reply reply = await _client.TokenAsync(poll);
        Assert.Equal(7000218, reply.Json!["error_codes"]![0]!.GetValue<int>());
    }

    [Fact]
    public async Task Only_scopes_that_are_consented_to_are_granted()
    {
        PracticeClient.Reply narrow = await _client.SignInAsync("paul@contoso.com", "https://graph.microsoft.com/User.Read openid");
        Assert.Equal("User.Read", Claims(narrow.Text("access_token"))["scp"]!.GetValue<string>());
        Assert.Null(narrow.Json!["refresh_token"]);
        string client = _client.App("PasswordOps").AppId.ToString();
        PracticeClient.Reply more = await _client.FormAsync(
            "common/oauth2/v2.0/devicecode", new() { ["client_id"] = client, ["scope"] = "https://graph.microsoft.com/Mail.Read" });
        Assert.Equal(65001, more.Json!["error_codes"]![0]!.GetValue<int>());
    }

    [Fact]
    public async Task A_refresh_token_works_until_the_sessions_are_revoked()
    {
        PracticeClient.Reply first = await _client.SignInAsync("uma@contoso.com", DefaultScope + " offline_access");
        var refresh = new Dictionary<string, string>
        {
            ["client_id"] = _client.App("PasswordOps").AppId.ToString(), ["grant_type"] = "refresh_token",
            ["refresh_token"] = first.Text("refresh_token"), ["scope"] = DefaultScope,
        };
        Assert.Equal(200, (await _client.TokenAsync(refresh)).Status);
        string admin = await _client.UserTokenAsync("paul@contoso.com");
        Assert.Equal(200, (await _client.WriteAsync("POST", "/users/uma@contoso.com/revokeSignInSessions", admin)).Status);
        PracticeClient.Reply after = await _client.TokenAsync(refresh);
        Assert.Equal("invalid_grant", after.Text("error"));
        Assert.Equal(50173, after.Json!["error_codes"]![0]!.GetValue<int>());
    }

    [Fact]
    public async Task A_disabled_user_gets_no_token()
    {
        PracticeClient.Reply reply = await _client.SignInAsync("dirk@contoso.com", DefaultScope);
        Assert.Equal(50057, reply.Json!["error_codes"]![0]!.GetValue<int>());
    }
}
