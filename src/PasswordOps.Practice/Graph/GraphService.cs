using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.Control;
using PasswordOps.Practice.SignIn;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>Microsoft Graph v1.0: from a request on the wire to the handler of its route and back.</summary>
internal sealed class GraphService
{
    private const string Diagnostic =
        """{"ServerInfo":{"DataCenter":"Practice","Slice":"E","Ring":"5","ScaleUnit":"001","RoleInstance":"PRACTICE0001"}}""";

    private readonly TenantState _tenant;
    private readonly TokenIssuer _tokens;
    private readonly RequestLog _log;
    private readonly string _authority;
    private readonly string _root;
    private readonly RouteTable _routes = MakeRoutes();

    public GraphService(TenantState tenant, TokenIssuer tokens, RequestLog log, string address)
    {
        _tenant = tenant;
        _tokens = tokens;
        _log = log;
        _authority = address;
        _root = address + "v1.0";
    }

    internal static RouteTable MakeRoutes()
    {
        var routes = new RouteTable();
        Users.Map(routes);
        DeletedUsers.Map(routes);
        GroupReads.Map(routes);
        UserUpdate.Map(routes);
        PhoneMethods.Map(routes);
        EmailMethods.Map(routes);
        Methods.Map(routes);
        PasswordResets.Map(routes);
        OwnPassword.Map(routes);
        Licenses.Map(routes);
        Reports.Map(routes);
        TenantReads.Map(routes);
        RoleReads.Map(routes);
        DirectoryObjects.Map(routes);
        ServicePrincipals.Map(routes);
        AuditLogs.Map(routes);
        return routes;
    }

    /// <param name="context">The request.</param>
    /// <param name="target">Path and query behind /v1.0, as they were sent.</param>
    internal async Task HandleAsync(HttpContext context, string target)
    {
        long started = Stopwatch.GetTimestamp();
        var requestId = Guid.NewGuid();
        Guid clientRequestId = Guid.TryParse(context.Request.Headers["client-request-id"], out Guid sent) ? sent : requestId;
        Caller? caller = null;
        JsonDocument? body = null;
        Answer answer;
        int units = 0;
        try
        {
            caller = Authenticate(context.Request.Headers.Authorization);
            body = await ReadAsync(context.Request, context.RequestAborted);
            bool batch = target.Equals("/$batch", StringComparison.OrdinalIgnoreCase);
            if (batch && context.Request.Method != "POST")
                throw new GraphException(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
            answer = batch
                ? Batch.Run(this, body?.RootElement, caller, requestId, clientRequestId, UserAgent(context.Request))
                : Execute(
                    context.Request.Method, target, context.Request.Headers["ConsistencyLevel"], UserAgent(context.Request),
                    body?.RootElement, caller, requestId, clientRequestId, out units);
        }
        catch (GraphException error)
        {
            answer = Error(error, requestId, clientRequestId, authentication: false);
        }
        catch (Exception error) when (error is not (OperationCanceledException or IOException))
        {
            // A fault of this program. It must not look like an answer of the service without a trace anywhere.
            await Console.Error.WriteLineAsync($"{context.Request.Method} {LogEntry.Masked(target)}: {error.GetType()} {error.StackTrace}");
            var failure = new GraphException(500, "InternalServerError", "The practice tenant failed.");
            answer = Error(failure, requestId, clientRequestId, authentication: false);
        }
        using (body)
        {
            _log.Add(new LogEntry
            {
                Method = context.Request.Method,
                Path = "/v1.0" + target,
                Status = answer.Status,
                RequestId = requestId,
                Caller = caller,
                Duration = Stopwatch.GetElapsedTime(started),
                Properties = LogEntry.PropertyNames(body?.RootElement),
            });
        }
        await WriteAsync(context, answer, requestId, clientRequestId, units);
        answer.Release();
    }

    /// <summary>Answers one request; errors are answers too.</summary>
    internal Answer Execute(
        string method, string target, string? consistency, string? userAgent, JsonElement? body, Caller caller,
        Guid requestId, Guid clientRequestId, out int units)
    {
        units = 0;
        bool authentication = target.Contains("/authentication/", StringComparison.OrdinalIgnoreCase);
        try
        {
            int mark = target.IndexOf('?', StringComparison.Ordinal);
            string path = mark < 0 ? target : target[..mark];
            List<string> segments = PathText.Segments(path);
            if (segments.Count > 0 && string.Equals(segments[0], "me", StringComparison.OrdinalIgnoreCase))
            {
                if (caller.IsApplication)
                    throw new GraphException(400, "BadRequest", "/me request is only valid with delegated authentication flow.");
                segments[0] = "users";
                segments.Insert(1, caller.ObjectId.ToString());
            }
            Route route = _routes.Find(method, segments, out IReadOnlyList<string> values);
            var call = new Call
            {
                Tenant = _tenant,
                Caller = caller,
                Method = method,
                Path = path,
                Query = new Query(mark < 0 ? "" : target[(mark + 1)..]),
                Values = values,
                Root = _root,
                RequestId = requestId,
                Body = body,
                Eventual = string.Equals(consistency, "eventual", StringComparison.OrdinalIgnoreCase),
                UserAgent = userAgent,
            };
            RequireAccess(call, route);
            if (call.Query.Expand is not null && !route.Template.StartsWith("/roleManagement/", StringComparison.Ordinal))
                throw GraphException.UnsupportedQuery("This practice tenant does not expand here.");
            Answer answer = route.Handle(call);
            units = Cost(route, call.Query);
            return answer;
        }
        catch (GraphException error)
        {
            return Error(error, requestId, clientRequestId, authentication);
        }
    }

    internal void LogItem(
        string method, string target, Answer answer, Guid requestId, Guid batch, string item, Caller caller, TimeSpan duration,
        JsonElement? body) =>
        _log.Add(new LogEntry
        {
            Method = method,
            Path = "/v1.0" + target,
            Status = answer.Status,
            RequestId = requestId,
            Batch = batch,
            Item = item,
            Caller = caller,
            Duration = duration,
            Properties = LogEntry.PropertyNames(body),
        });

    internal Answer Error(GraphException error, Guid requestId, Guid clientRequestId, bool authentication)
    {
        ReadOnlyMemory<byte> body = Answer.Bytes(writer =>
        {
            writer.WriteStartObject("error");
            writer.WriteString("code", error.Code);
            writer.WriteString("message", error.Message);
            writer.WriteStartObject("innerError");
            if (authentication)
                writer.WriteString("message", error.Message);
            writer.WriteString("date", _tenant.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
            writer.WriteString("request-id", requestId);
            writer.WriteString("client-request-id", clientRequestId);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
        return new Answer(error.Status, body, Answer.PlainJson) { Headers = error.Headers };
    }

    private static int Cost(Route route, Query query)
    {
        if (route.Units == 0)
            return 0;
        int cost = route.Units - (query.Select is null ? 0 : 1) + (query.Expand is null ? 0 : 1);
        return Math.Max(1, cost);
    }

    private static string? UserAgent(HttpRequest request) => request.Headers.UserAgent is { Count: > 0 } agent ? agent.ToString() : null;

    private void RequireAccess(Call call, Route route)
    {
        bool self = IsOwn(call, route);
        if (!route.Permissions.Open(call.Caller, self))
        {
            if (call.Caller.IsApplication && route.Permissions.Application.Count == 0)
            {
                throw new GraphException(
                    403, route.Authentication ? "accessDenied" : "Authorization_RequestDenied",
                    "The request is not supported by the API with application permissions.");
            }
            throw Denied(route);
        }
        // A guest sees itself, unless a role says otherwise.
        if (!self && !call.Caller.IsApplication && _tenant.Users.Find(call.Caller.ObjectId) is { Guest: true }
            && !_tenant.IsAdmin(call.Caller.ObjectId))
            throw Denied(route);
    }

    private static GraphException Denied(Route route) => route.Authentication ? GraphException.MethodDenied() : GraphException.Denied();

    private bool IsOwn(Call call, Route route) =>
        !call.Caller.IsApplication && route.Segments[0] == "users" && call.Values.Count > 0
        && _tenant.Users.Find(call.Values[0]) is { } user && user.Id == call.Caller.ObjectId;

    private Caller Authenticate(string? header)
    {
        const string scheme = "Bearer ";
        string token = header is not null && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? header[scheme.Length..].Trim() : "";
        if (token.Length == 0)
            throw Unauthorized("Access token is empty.");
        Caller caller = _tokens.Read(token) ?? throw Unauthorized("CompactToken parsing failed with error code: 80049217");
        DateTimeOffset now = _tenant.Now;
        if (caller.Expires <= now || caller.NotBefore > now.AddMinutes(5))
            throw Unauthorized("Lifetime validation failed, the token is expired.");
        if (_tokens.Ended(caller) is { } challenge)
        {
            throw challenge
                ? Challenge("TokenCreatedWithOutdatedPolicies", now)
                : Unauthorized("Lifetime validation failed, the token is expired.");
        }
        if (caller.IsApplication)
            return caller;
        User? user = _tenant.Users.Find(caller.ObjectId);
        // Only a client that said it understands the challenge loses its token before the time.
        if (caller.ContinuousAccess && (user is not { AccountEnabled: true }
            || (user.SignInSessionsValidFrom.ToUnixTimeSeconds() > caller.IssuedAt.ToUnixTimeSeconds()
                && user.SignInSessionsValidFrom.AddSeconds(_tenant.Settings.RevocationSeconds) <= now)))
            throw Challenge("TokenIssuedBeforeRevocationTimestamp", user?.SignInSessionsValidFrom ?? now);
        if (user is null)
        {
            throw new GraphException(
                401, "Authorization_IdentityNotFound", "The identity of the calling application could not be established.");
        }
        return caller;
    }

    private GraphException Challenge(string code, DateTimeOffset notBefore) => Unauthorized(
        "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: " + code,
        $", error=\"insufficient_claims\", claims=\"{TokenIssuer.NotBeforeClaims(notBefore)}\"");

    private GraphException Unauthorized(string message, string more = "") => new(401, "InvalidAuthenticationToken", message)
    {
        Headers = new Dictionary<string, string>
        {
            ["WWW-Authenticate"] =
                $"Bearer realm=\"\", authorization_uri=\"{_authority}common/oauth2/authorize\", "
                + $"client_id=\"00000003-0000-0000-c000-000000000000\"{more}",
        },
    };

    private static async Task<JsonDocument?> ReadAsync(HttpRequest request, System.Threading.CancellationToken stop)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, stop);
        if (buffer.Length == 0)
            return null;
        try
        {
            return JsonDocument.Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
        }
        catch (JsonException)
        {
            throw new GraphException(
                400, "BadRequest",
                "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.");
        }
    }

    private static async Task WriteAsync(HttpContext context, Answer answer, Guid requestId, Guid clientRequestId, int units)
    {
        HttpResponse response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers["request-id"] = requestId.ToString();
        response.Headers["client-request-id"] = clientRequestId.ToString();
        response.Headers["x-ms-ags-diagnostic"] = Diagnostic;
        response.Headers.CacheControl = "no-cache";
        response.Headers.StrictTransportSecurity = "max-age=31536000";
        if (units > 0)
            response.Headers["x-ms-resource-unit"] = units.ToString(CultureInfo.InvariantCulture);
        foreach (KeyValuePair<string, string> header in answer.Headers ?? Enumerable.Empty<KeyValuePair<string, string>>())
            response.Headers[header.Key] = header.Value;
        if (answer.ContentType is null)
            return;
        response.Headers.Vary = "Accept-Encoding";
        response.ContentType = answer.ContentType;
        if (answer.ContentType == Answer.ODataJson)
            response.Headers["OData-Version"] = "4.0";
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}
