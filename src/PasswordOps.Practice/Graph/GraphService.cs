using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.Control;
using PasswordOps.Practice.SignIn;
using PasswordOps.Practice.State;
using PasswordOps.Practice.Throttling;

namespace PasswordOps.Practice.Graph;

/// <summary>Microsoft Graph v1.0: from a request on the wire to the handler of its route and back.</summary>
internal sealed class GraphService
{
    private readonly TenantState _tenant;
    private readonly RequestLog _log;
    private readonly BearerCheck _bearers;
    private readonly string _root;
    private readonly RouteTable _routes = MakeRoutes();

    /// <summary>Writes go one after another, so that the log shows them in the order in which they took effect.</summary>
    private readonly Lock _effects = new();

    private int _latency;

    public GraphService(TenantState tenant, TokenIssuer tokens, RequestLog log, string address)
    {
        _tenant = tenant;
        _log = log;
        _bearers = new BearerCheck(tenant, tokens, address);
        _root = address + "v1.0";
        Throttle = new Throttle(tenant);
    }

    internal Throttle Throttle { get; }

    /// <summary>Milliseconds that every request waits before it is looked at.</summary>
    internal int Latency
    {
        get => Volatile.Read(ref _latency);
        set => Volatile.Write(ref _latency, value);
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
    /// <param name="stop">The end of the server. What has been received is carried out, whether the caller still waits or not.</param>
    internal async Task HandleAsync(HttpContext context, string target, CancellationToken stop)
    {
        var requestId = Guid.NewGuid();
        Guid clientRequestId = Guid.TryParse(context.Request.Headers["client-request-id"], out Guid sent) ? sent : requestId;
        long started = Stopwatch.GetTimestamp();
        ReadOnlyMemory<byte> content = await Wire.ReadAsync(context.Request, context.RequestAborted);
        if (Latency > 0)
            await Task.Delay(Latency, stop);
        Caller? caller = null;
        JsonDocument? body = null;
        Answer? answer = null;
        Answer? error = null;
        bool batch = target.Equals("/$batch", StringComparison.OrdinalIgnoreCase);
        try
        {
            caller = _bearers.Authenticate(context.Request.Headers.Authorization);
            body = Wire.Parse(content);
            if (batch && context.Request.Method != "POST")
                throw new GraphException(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
            var request = new GraphRequest
            {
                Method = context.Request.Method,
                Target = target,
                Consistency = context.Request.Headers["ConsistencyLevel"],
                UserAgent = context.Request.Headers.UserAgent is { Count: > 0 } agent ? agent.ToString() : null,
                Body = body?.RootElement,
                Caller = caller,
                RequestId = requestId,
                ClientRequestId = clientRequestId,
                Started = started,
            };
            answer = batch ? Batch.Run(this, request) : Execute(request);
        }
        catch (GraphException refusal)
        {
            error = Error(refusal, requestId, clientRequestId, authentication: false);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or IOException))
        {
            // A fault of this program. It must not look like an answer of the service without a trace anywhere.
            await Console.Error.WriteLineAsync($"{context.Request.Method} {LogEntry.Masked(target)}: {fault.GetType()} {fault.StackTrace}");
            var failure = new GraphException(500, "InternalServerError", "The practice tenant failed.");
            error = Error(failure, requestId, clientRequestId, authentication: false);
        }
        using (body)
        {
            // A request of its own that came as far as to be carried out is in the log already.
            if (batch || error is not null)
            {
                _log.Add(new LogEntry
                {
                    Method = context.Request.Method,
                    Path = "/v1.0" + target,
                    Status = (error ?? answer!).Status,
                    RequestId = requestId,
                    Caller = caller,
                    Duration = Stopwatch.GetElapsedTime(started),
                    Properties = LogEntry.PropertyNames(body?.RootElement),
                    Effect = false,
                });
            }
        }
        _log.Flush();
        answer = error ?? answer!;
        await Wire.WriteAsync(context, answer, requestId, clientRequestId);
        answer.Release();
    }

    /// <summary>Answers one request and logs it; errors are answers too.</summary>
    internal Answer Execute(GraphRequest request)
    {
        Admission? admission = null;
        try
        {
            (Route route, Call call) = Find(request);
            int units = Cost(route, call.Query);
            admission = Throttle.Admit(request.Caller.AppId, route, units);
            if (admission.Refusal is not null)
                throw admission.Refusal;
            RequireAccess(call, route);
            if (call.Query.Expand is not null && !route.Template.StartsWith("/roleManagement/", StringComparison.Ordinal))
                throw GraphException.UnsupportedQuery("This practice tenant does not expand here.");
            if (route.Method == "GET")
            {
                Answer read = Marked(route.Handle(call), route, units, admission);
                Log(request, read, admission, effect: false);
                return read;
            }
            lock (_effects)
            {
                Answer written = Marked(route.Handle(call), route, units, admission);
                Log(request, written, admission, effect: true);
                return written;
            }
        }
        catch (GraphException refusal)
        {
            Answer answer = Error(refusal, request.RequestId, request.ClientRequestId, request.Authentication);
            Log(request, answer, admission, effect: false);
            return answer;
        }
    }

    /// <summary>An item of a batch that is answered without being carried out.</summary>
    internal void Log(GraphRequest request, Answer answer, Admission? admission, bool effect) => _log.Add(new LogEntry
    {
        Method = request.Method,
        Path = "/v1.0" + request.Target,
        Status = answer.Status,
        RequestId = request.RequestId,
        Batch = request.Batch,
        Item = request.Item,
        Caller = request.Caller,
        Duration = Stopwatch.GetElapsedTime(request.Started),
        Properties = LogEntry.PropertyNames(request.Body),
        Values = request.Method == "GET" ? [] : _log.Marks(request.Body),
        Effect = effect,
        Throttle = admission?.Limit,
    });

    private (Route Route, Call Call) Find(GraphRequest request)
    {
        string target = request.Target;
        Caller caller = request.Caller;
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
        Route route = _routes.Find(request.Method, segments, out IReadOnlyList<string> values);
        return (route, new Call
        {
            Tenant = _tenant,
            Caller = caller,
            Method = request.Method,
            Path = path,
            Query = new Query(mark < 0 ? "" : target[(mark + 1)..]),
            Values = values,
            Root = _root,
            RequestId = request.RequestId,
            Body = request.Body,
            Eventual = string.Equals(request.Consistency, "eventual", StringComparison.OrdinalIgnoreCase),
            UserAgent = request.UserAgent,
        });
    }

    /// <summary>The answer with what it says of limits.</summary>
    private static Answer Marked(Answer answer, Route route, int units, Admission admission)
    {
        if (route.Units > 0)
            answer = answer.With("x-ms-resource-unit", units.ToString(CultureInfo.InvariantCulture));
        if (admission.Share >= 0.8)
            answer = answer.With("x-ms-throttle-limit-percentage", admission.Share.ToString("0.00", CultureInfo.InvariantCulture));
        return answer;
    }

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
        bool small = int.TryParse(query["$top"], NumberStyles.None, CultureInfo.InvariantCulture, out int top) && top < 20;
        int cost = route.Units - (query.Select is null ? 0 : 1) + (query.Expand is null ? 0 : 1) - (small ? 1 : 0);
        return Math.Max(1, cost);
    }

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
}
