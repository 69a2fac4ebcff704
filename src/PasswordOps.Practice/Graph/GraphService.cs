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
using PasswordOps.Practice.Faults;
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
    private readonly ErrorAnswers _errors;
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
        _errors = new ErrorAnswers(tenant, _bearers);
        _root = address + "v1.0";
        Throttle = new Throttle(tenant);
    }

    internal Throttle Throttle { get; }

    internal FaultPlan Faults { get; } = new();

    /// <summary>Milliseconds that every request waits before it is looked at.</summary>
    internal int Latency
    {
        get => Volatile.Read(ref _latency);
        set => Volatile.Write(ref _latency, value);
    }

    /// <summary>How far the Date header of every answer is off.</summary>
    internal int SecondsAhead
    {
        get => _errors.SecondsAhead;
        set => _errors.SecondsAhead = value;
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
        Answer answer;
        RequestFate fate = RequestFate.Good;
        bool logged = false;
        try
        {
            caller = _bearers.Authenticate(context.Request.Headers.Authorization);
            body = Wire.Parse(content);
            bool batch = target.Equals("/$batch", StringComparison.OrdinalIgnoreCase);
            if (batch && context.Request.Method != "POST")
                throw new GraphException(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
            List<Batch.Item>? items = batch ? Batch.Read(body?.RootElement) : null;
            if (!Faults.Empty)
            {
                fate = Faults.OnRequest(
                    context.Request.Method, "/v1.0" + target, items?.ConvertAll(item => (item.Method, "/v1.0" + item.Target)));
            }
            if (fate.PauseBefore > TimeSpan.Zero)
                await Task.Delay(fate.PauseBefore, stop);
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
                Fault = fate.Fault,
                Slow = fate.Slow,
                Started = started,
            };
            answer = items is null ? Execute(request) : _errors.Shown(fate.Fault, request, Batch.Run(this, request, items));
            logged = items is null;
        }
        catch (GraphException refusal)
        {
            answer = _errors.Of(refusal, requestId, clientRequestId, authentication: false);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or IOException))
        {
            // A fault of this program. It must not look like an answer of the service without a trace anywhere.
            await Console.Error.WriteLineAsync($"{context.Request.Method} {LogEntry.Masked(target)}: {fault.GetType()} {fault.StackTrace}");
            var failure = new GraphException(500, "InternalServerError", "The practice tenant failed.");
            answer = _errors.Of(failure, requestId, clientRequestId, authentication: false);
        }
        using (body)
        {
            if (!logged)
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
                    Effect = false,
                    Fault = fate.Name,
                });
            }
        }
        _log.Flush();
        if (fate.PauseAfter > TimeSpan.Zero)
            await Task.Delay(fate.PauseAfter, stop);
        if (answer == Answer.Nothing)
            context.Abort();
        else
            await Wire.WriteAsync(context, answer, requestId, clientRequestId);
        answer.Release();
    }

    /// <summary>Answers one request and logs it; errors are answers too.</summary>
    internal Answer Execute(GraphRequest request)
    {
        Fault? fault = request.Fault ?? (request.Unseen is null ? Faults.OnItem(request.Method, "/v1.0" + request.Target) : null);
        if (fault is { CarriesOut: false })
        {
            Answer refused = _errors.Shown(fault, request, Answer.Nothing);
            Log(request, refused, fault: fault);
            return refused;
        }
        Answer made;
        Answer shown;
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
            if (route.Method != "GET")
            {
                lock (_effects)
                {
                    made = Marked(route.Handle(call), route, units, admission);
                    shown = _errors.Shown(fault, request, made);
                    Log(request, shown, made, admission, effect: true, fault);
                    return shown;
                }
            }
            made = Marked(route.Handle(call), route, units, admission);
        }
        catch (GraphException refusal)
        {
            made = _errors.Of(refusal, request.RequestId, request.ClientRequestId, request.Authentication);
        }
        shown = _errors.Shown(fault, request, made);
        Log(request, shown, made, admission, effect: false, fault);
        return shown;
    }

    /// <param name="request">What was asked.</param>
    /// <param name="shown">What the caller gets.</param>
    /// <param name="made">What it would have got.</param>
    /// <param name="admission">What the limits said.</param>
    /// <param name="effect">It changed the tenant.</param>
    /// <param name="fault">Why the caller gets something else.</param>
    internal void Log(
        GraphRequest request, Answer shown, Answer? made = null, Admission? admission = null, bool effect = false, Fault? fault = null)
    {
        int seen = request.Unseen is null ? shown.Status : 0;
        int? real = made?.Status ?? (shown.Status != seen ? shown.Status : null);
        _log.Add(new LogEntry
        {
            Method = request.Method,
            Path = "/v1.0" + request.Target,
            Status = seen,
            MadeStatus = real == seen ? null : real,
            RequestId = request.RequestId,
            Batch = request.Batch,
            Item = request.Item,
            Caller = request.Caller,
            Duration = Stopwatch.GetElapsedTime(request.Started),
            Properties = LogEntry.PropertyNames(request.Body),
            Values = request.Method == "GET" ? [] : _log.Marks(request.Body),
            Effect = effect,
            Throttle = admission?.Limit,
            Fault = (fault ?? request.Unseen)?.Name ?? (request.Slow ? Fault.SlowName : null),
        });
    }

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
