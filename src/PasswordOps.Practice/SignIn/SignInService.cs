using System;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using PasswordOps.Practice.Control;
using PasswordOps.Practice.Graph;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.SignIn;

/// <summary>The sign-in service of the tenant: tokens for applications, and for people by device code.</summary>
internal sealed class SignInService(TenantState tenant, TokenIssuer tokens, RequestLog log, string address, User? autoApprove)
{
    /// <summary>Seconds between two questions of a client that waits for a person.</summary>
    private const int PollInterval = 5;

    private const string DeviceCodeGrant = "urn:ietf:params:oauth:grant-type:device_code";
    private const string DeviceCodeGrantShort = "device_code";
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private readonly ConcurrentDictionary<string, RefreshToken> _refreshTokens = new(StringComparer.Ordinal);

    private sealed record RefreshToken(Guid UserId, Guid AppId, DateTimeOffset IssuedAt)
    {
        public override string ToString() => nameof(RefreshToken);
    }

    internal DeviceCodes DeviceCodes { get; } = new(tenant.Clock);

    /// <summary>Answers a request under /{tenant}/, or says that it is none of sign-in's.</summary>
    internal async Task<bool> HandleAsync(HttpContext context, IReadOnlyList<string> segments)
    {
        string path = string.Join('/', segments.Skip(1)).ToLowerInvariant();
        string method = context.Request.Method;
        switch (method, path)
        {
            case ("POST", "oauth2/v2.0/token"):
                await AnswerAsync(context, segments[0], Token);
                return true;
            case ("POST", "oauth2/v2.0/devicecode"):
                await AnswerAsync(context, segments[0], StartDeviceCode);
                return true;
            case ("GET", "v2.0/.well-known/openid-configuration"):
                await AnswerAsync(context, segments[0], (_, name) => Configuration(name));
                return true;
            case ("GET", "discovery/v2.0/keys"):
                await AnswerAsync(context, segments[0], (_, _) => tokens.WriteKeys);
                return true;
            default:
                return false;
        }
    }

    private async Task AnswerAsync(HttpContext context, string tenantName, Func<IFormCollection, string, Action<Utf8JsonWriter>> handle)
    {
        IFormCollection form = context.Request.HasFormContentType
            ? await context.Request.ReadFormAsync(context.RequestAborted)
            : FormCollection.Empty;
        var trace = Guid.NewGuid();
        int status = 200;
        ReadOnlyMemory<byte> body;
        try
        {
            RequireTenant(tenantName);
            body = Answer.Bytes(handle(form, tenantName));
        }
        catch (SignInException error)
        {
            status = error.Status;
            Guid correlation = Guid.TryParse(context.Request.Headers["client-request-id"], out Guid sent) ? sent : trace;
            body = Answer.Bytes(writer => WriteError(writer, error, trace, correlation));
        }
        log.Add(new LogEntry
        {
            Method = context.Request.Method,
            Path = context.Request.Path.Value ?? "/",
            Status = status,
            RequestId = trace,
            ClientId = form["client_id"] is { Count: > 0 } client ? client.ToString() : null,
        });
        log.Flush();
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store, no-cache";
        context.Response.Headers["x-ms-request-id"] = trace.ToString();
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private void WriteError(Utf8JsonWriter writer, SignInException error, Guid trace, Guid correlation)
    {
        string stamp = tenant.Now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string number = error.Number == 0 ? "" : $"AADSTS{error.Number}: ";
        writer.WriteString("error", error.Error);
        writer.WriteString(
            "error_description", $"{number}{error.Message} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {stamp}");
        writer.WriteStartArray("error_codes");
        if (error.Number != 0)
            writer.WriteNumberValue(error.Number);
        writer.WriteEndArray();
        writer.WriteString("timestamp", stamp);
        writer.WriteString("trace_id", trace);
        writer.WriteString("correlation_id", correlation);
        if (error.Number != 0)
            writer.WriteString("error_uri", $"{address}error?code={error.Number}");
    }

    private static bool IsShared(string name) =>
        name.Equals("common", StringComparison.OrdinalIgnoreCase) || name.Equals("organizations", StringComparison.OrdinalIgnoreCase);

    private void RequireTenant(string name)
    {
        bool known = IsShared(name)
            || (Guid.TryParse(name, out Guid id) ? id == tenant.Organization.TenantId : tenant.FindDomain(name) is { IsVerified: true });
        if (!known)
            throw SignInException.UnknownTenant(name);
    }

    private Action<Utf8JsonWriter> Configuration(string name) => writer =>
    {
        string id = IsShared(name) ? "{tenantid}" : tenant.Organization.TenantId.ToString();
        writer.WriteString("token_endpoint", $"{address}{name}/oauth2/v2.0/token");
        writer.WriteString("device_authorization_endpoint", $"{address}{name}/oauth2/v2.0/devicecode");
        writer.WriteString("authorization_endpoint", $"{address}{name}/oauth2/v2.0/authorize");
        writer.WriteString("jwks_uri", $"{address}{name}/discovery/v2.0/keys");
        writer.WriteString("issuer", $"{address}{id}/v2.0");
        writer.Write("id_token_signing_alg_values_supported", ["RS256"]);
        writer.Write("response_types_supported", ["code"]);
        writer.Write("subject_types_supported", ["pairwise"]);
    };

    private Application App(IFormCollection form)
    {
        string id = Required(form, "client_id");
        Application? application = Guid.TryParse(id, out Guid appId) ? tenant.FindApplication(appId) : null;
        if (application is null)
            throw SignInException.UnknownApp(id, tenant.Organization.DisplayName);
        return application.Enabled ? application : throw SignInException.AppDisabled(application.AppId);
    }

    private static string Required(IFormCollection form, string name) =>
        form[name] is { Count: > 0 } value && value.ToString().Length > 0 ? value.ToString() : throw SignInException.Missing(name);

    private Action<Utf8JsonWriter> StartDeviceCode(IFormCollection form, string tenantName)
    {
        Application application = App(form);
        RequestedScopes.Parse(Required(form, "scope"), address, tenant.Organization.DisplayName).Granted(application);
        DeviceCode code = DeviceCodes.Create(application);
        code.ApprovedBy = autoApprove;
        const string page = "https://microsoft.com/devicelogin";
        return writer =>
        {
            writer.WriteString("user_code", code.UserCode);
            writer.WriteString("device_code", code.Code);
            writer.WriteString("verification_uri", page);
            writer.WriteNumber("expires_in", (int)DeviceCodes.Lifetime.TotalSeconds);
            writer.WriteNumber("interval", PollInterval);
            writer.WriteString(
                "message", $"To sign in, use a web browser to open the page {page} and enter the code {code.UserCode} to authenticate.");
        };
    }

    private Action<Utf8JsonWriter> Token(IFormCollection form, string tenantName)
    {
        string grant = Required(form, "grant_type");
        Application application = App(form);
        switch (grant)
        {
            case "client_credentials":
                return ForApplication(form, tenantName, application);
            case DeviceCodeGrant or DeviceCodeGrantShort:
                RequirePublicOrProof(form, application);
                string code = form["device_code"] is { Count: > 0 } given ? given.ToString() : Required(form, "code");
                return ForUser(form, application, DeviceCodes.Redeem(code, application));
            case "refresh_token":
                RequirePublicOrProof(form, application);
                return ForUser(form, application, Refreshed(form, application));
            default:
                throw SignInException.UnsupportedGrant(grant);
        }
    }

    private Action<Utf8JsonWriter> ForApplication(IFormCollection form, string tenantName, Application application)
    {
        if (IsShared(tenantName))
            throw SignInException.NoTenant();
        bool certificate = Prove(form, application);
        string text = Required(form, "scope");
        RequestedScopes scopes = RequestedScopes.Parse(text, address, tenant.Organization.DisplayName);
        if (!scopes.IsDefault)
            throw SignInException.WrongScope(text);
        (string token, int seconds) = tokens.ForApplication(application, scopes.Resource, certificate, IsContinuous(form));
        return writer =>
        {
            writer.WriteString("token_type", "Bearer");
            writer.WriteNumber("expires_in", seconds);
            writer.WriteNumber("ext_expires_in", seconds);
            writer.WriteString("access_token", token);
        };
    }

    /// <summary>True for a certificate, false for a secret; throws for neither.</summary>
    private bool Prove(IFormCollection form, Application application)
    {
        if (form["client_assertion"] is { Count: > 0 } assertion)
        {
            if (form["client_assertion_type"] != AssertionType)
                throw SignInException.Missing("client_assertion_type");
            ClientAssertion.Verify(assertion.ToString(), application, address, tenant.Now);
            return true;
        }
        if (form["client_secret"] is not { Count: > 0 } secret || secret.ToString().Length == 0)
            throw SignInException.NoCredential();
        List<AppSecret> matching = application.Secrets.Where(known => CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(known.Text), Encoding.UTF8.GetBytes(secret.ToString()))).ToList();
        if (matching.Count == 0)
            throw SignInException.WrongSecret(application.AppId);
        return matching.Exists(known => known.End > tenant.Now) ? false : throw SignInException.ExpiredSecret(application.AppId);
    }

    private void RequirePublicOrProof(IFormCollection form, Application application)
    {
        if (!application.PublicClient)
            Prove(form, application);
    }

    private User Refreshed(IFormCollection form, Application application)
    {
        string token = Required(form, "refresh_token");
        if (!_refreshTokens.TryGetValue(token, out RefreshToken? found) || found.AppId != application.AppId
            || tenant.Users.Find(found.UserId) is not { } user)
            throw SignInException.UnknownGrant();
        return user.SignInSessionsValidFrom > found.IssuedAt ? throw SignInException.GrantRevoked() : user;
    }

    private Action<Utf8JsonWriter> ForUser(IFormCollection form, Application application, User approvedBy)
    {
        User user = tenant.Users.Find(approvedBy.Id) ?? approvedBy;
        if (!user.AccountEnabled)
            throw SignInException.AccountDisabled();
        RequestedScopes scopes = RequestedScopes.Parse(
            form["scope"] is { Count: > 0 } asked ? asked.ToString() : "", address, tenant.Organization.DisplayName);
        IReadOnlyList<string> granted = scopes.Granted(application);
        (string token, int seconds) = tokens.ForUser(user, application, scopes.Resource, granted, IsContinuous(form));
        string idToken = tokens.IdToken(user, application, nonce: null);
        string? refresh = scopes.OfflineAccess || form["grant_type"] == "refresh_token" ? NewRefreshToken(user, application) : null;
        string clientInfo = Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes($$"""{"uid":"{{user.Id}}","utid":"{{tenant.Organization.TenantId}}"}"""));
        return writer =>
        {
            writer.WriteString("token_type", "Bearer");
            writer.WriteString(
                "scope", string.Join(' ', granted.Select(name => $"{scopes.Resource}/{name}").Append("openid").Append("profile")));
            writer.WriteNumber("expires_in", seconds);
            writer.WriteNumber("ext_expires_in", seconds);
            writer.WriteString("access_token", token);
            if (refresh is not null)
                writer.WriteString("refresh_token", refresh);
            writer.WriteString("id_token", idToken);
            writer.WriteString("client_info", clientInfo);
        };
    }

    private string NewRefreshToken(User user, Application application)
    {
        string token = "0.A" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(96));
        _refreshTokens[token] = new RefreshToken(user.Id, application.AppId, tenant.Now);
        return token;
    }

    /// <summary>The client says in its claims that it can answer a challenge.</summary>
    private static bool IsContinuous(IFormCollection form) =>
        form["claims"] is { Count: > 0 } claims && claims.ToString().Contains("\"cp1\"", StringComparison.OrdinalIgnoreCase);
}
