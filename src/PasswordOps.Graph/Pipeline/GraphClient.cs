using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;
using PasswordOps.Graph.Errors;
using PasswordOps.Graph.Models;
using PasswordOps.Graph.SignIn;

namespace PasswordOps.Graph.Pipeline;

/// <summary>Sends calls to Microsoft Graph, one by one or packed into batches. Safe to use from several threads.</summary>
internal sealed class GraphClient
{
    /// <summary>Most requests that the service takes in one batch.</summary>
    internal const int BatchSize = PaceMeter.BatchSize;

    private const string Version = "v1.0";
    private const string ConsistencyLevel = "ConsistencyLevel";
    private const string Eventual = "eventual";
    private const string LimitUsed = "x-ms-throttle-limit-percentage";
    private const int BytesAroundItem = 160;

    private readonly HttpPipeline pipeline;
    private readonly GraphOptions options;
    private readonly Failures failures;
    private readonly Uri service;
    private readonly ConnectionCredential credential;
    private readonly Pace pace;

    /// <summary>Builds the way to one cloud's Microsoft Graph.</summary>
    public GraphClient(
        Uri graph,
        ConnectionCredential credential,
        string[] scopes,
        HttpPipelineTransport transport,
        GraphOptions options,
        Failures failures,
        Pace pace,
        Action<string>? log)
    {
        this.credential = credential;
        this.options = options;
        this.pace = pace;
        this.failures = failures;
        service = new Uri(graph, Version + "/");
        Settings settings = new() { Transport = transport, RetryPolicy = new AttemptPolicy() };
        settings.Retry.NetworkTimeout = options.AttemptTimeout;
        settings.Diagnostics.IsLoggingEnabled = false;
        settings.Diagnostics.IsTelemetryEnabled = false;
        settings.Diagnostics.IsDistributedTracingEnabled = false;
        List<HttpPipelinePolicy> perAttempt = new() { new TokenPolicy(credential, scopes) };
        if (log is not null)
        {
            perAttempt.Add(new LogPolicy(log));
        }

        pipeline = HttpPipelineBuilder.Build(
            settings,
            new HttpPipelinePolicy[] { new RequestIdPolicy() },
            perAttempt.ToArray(),
            new ResponseClassifier());
    }

    /// <summary>True for an address of this service; the token goes nowhere else.</summary>
    public bool IsOwn(Uri address) =>
        address.IsAbsoluteUri
        && Uri.Compare(address, service, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>The whole address that a header or body of the service gave.</summary>
    public bool TryResolve(string? given, out Uri address)
    {
        if (Uri.TryCreate(service, given, out Uri? found) && !string.IsNullOrEmpty(given) && IsOwn(found))
        {
            address = found;
            return true;
        }

        address = service;
        return false;
    }

    /// <summary>Sends one call. The answer may be a failure.</summary>
    public async Task<GraphAnswer> SendAsync(GraphCall call, CancellationToken stop)
    {
        Tries tries = new(options);
        RequestMethod method = RequestMethod.Parse(call.Route.Method);
        while (true)
        {
            GraphAnswer answer;
            bool isHopeful;
            bool waitsAlone;
            using (PacePass pass = await pace.EnterAsync(call.Route.Budget, 1, isBatch: false, stop).ConfigureAwait(false))
            {
                CallTraits traits = new() { IsRead = call.Route.IsRead, Attempts = tries.Sent, Refusal = tries.Refusal };
                try
                {
                    answer = await ExchangeAsync(call, method, AddressOf(call), call.Body, traits, stop).ConfigureAwait(false);
                }
                catch (PasswordOpsException error)
                {
                    // No token: it was not sent, or was refused before.
                    return new GraphAnswer { Error = error };
                }

                tries.Sent = traits.Attempts;
                answer = Checked(call, answer);
                isHopeful = pass.Answered(PaceAnswers.Of(new[] { answer }));
                waitsAlone = pass.Sent.WaitsAlone;
            }

            // Whoever waits for one request wants to know soon; a run of many has time.
            isHopeful &= !(answer.RetryAfter > options.LongestWait);
            if (tries.Again(answer, call.Route.IsRead, isHopeful, waitsAlone) is not TimeSpan wait)
            {
                return answer;
            }

            if (wait > TimeSpan.Zero)
            {
                await options.Clock.DelayAsync(wait, stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends calls that do not depend on each other, all reads or all writes. Answers stand in the order of the calls.</summary>
    /// <remarks>Reads end with an exception when stopped; writes end with an answer each, so that no outcome is lost.</remarks>
    public async Task<IReadOnlyList<GraphAnswer>> SendAllAsync(IReadOnlyList<GraphCall> calls, CancellationToken stop)
    {
        if (calls.Count > 0 && calls[0].Route.IsRead)
        {
            stop.ThrowIfCancellationRequested();
        }

        GraphAnswer?[] answers = new GraphAnswer?[calls.Count];
        await Task.WhenAll(Enumerable.Range(0, calls.Count)
            .GroupBy(place => calls[place].Route.Budget)
            .Select(places => new BatchRun(this, pace, options, calls, places, answers).RunAsync(stop))).ConfigureAwait(false);
        return answers.Select((answer, i) => answer ?? new GraphAnswer { Error = failures.Own("Stopped", calls[i]) }).ToArray();
    }

    /// <summary>Sends one batch, once.</summary>
    /// <returns>An answer for each call.</returns>
    internal async Task<GraphAnswer[]> SendBatchAsync(
        IReadOnlyList<GraphCall> calls, IReadOnlyList<Tries> tries, CancellationToken stop)
    {
        CallTraits traits = new()
        {
            IsRead = calls[0].Route.IsRead,
            Items = calls.Count,
            Attempts = tries.Max(one => one.Sent),
            Refusal = tries.Select(one => one.Refusal).FirstOrDefault(refusal => refusal is not null),
        };
        GraphAnswer whole;
        try
        {
            using SecretBuffer body = BatchBody(calls);
            whole = await ExchangeAsync(calls[0], RequestMethod.Post, new Uri(service, "$batch"), body.Written, traits, stop)
                .ConfigureAwait(false);
        }
        catch (PasswordOpsException error)
        {
            // No token: nothing was sent.
            return calls.Select((_, i) => new GraphAnswer { Error = error, Attempts = tries[i].Sent }).ToArray();
        }

        Dictionary<string, BatchItem> items = new(StringComparer.OrdinalIgnoreCase);
        if (whole.Error is null && !BatchItem.TryReadAll(whole.Body, items))
        {
            items.Clear();
        }

        GraphAnswer[] answers = new GraphAnswer[calls.Count];
        for (int i = 0; i < answers.Length; i++)
        {
            int attempts = ++tries[i].Sent;
            answers[i] = whole.Error is not null ? Retold(whole, calls[i], attempts)
                : items.TryGetValue(i.ToString(CultureInfo.InvariantCulture), out BatchItem? item) && item.IsReadable
                    ? Answer(calls[i], item, whole, attempts, traits.TokenMark)
                : Garbled(calls[i], whole, attempts);
        }

        return answers;
    }

    /// <summary>The failure of a whole batch, told of one of its calls.</summary>
    private GraphAnswer Retold(GraphAnswer whole, GraphCall call, int attempts) => new()
    {
        Error = whole.Lost is not null
            ? failures.Unanswered(call, whole.Lost, attempts)
            : failures.Refused(call, whole.Status, whole.Body, whole.RequestId, whole.ServiceTime, attempts),
        Status = whole.Status,
        IsOfWholeBatch = true,
        Lost = whole.Lost,
        RetryAfter = whole.RetryAfter,
        LimitUsed = whole.LimitUsed,
        Refusal = whole.Refusal,
        RequestId = whole.RequestId,
        Attempts = attempts,
    };

    private GraphAnswer Garbled(GraphCall call, GraphAnswer received, int attempts) => new()
    {
        Error = failures.Misunderstood(call, received.RequestId),
        IsGarbled = true,
        LimitUsed = received.LimitUsed,
        RequestId = received.RequestId,
        Attempts = attempts,
    };

    /// <summary>The answer, or the failure to read it when it should be JSON and is not.</summary>
    private GraphAnswer Checked(GraphCall call, GraphAnswer answer) =>
        answer.Error is not null || IsWellFormed(call, answer) ? answer : Garbled(call, answer, answer.Attempts);

    private static bool IsWellFormed(GraphCall call, GraphAnswer answer)
    {
        // A count is bare text, and the answer to a change may be nothing at all.
        if (call.Route == Routes.UserCount || (answer.Body.IsEmpty && !call.Route.IsRead))
        {
            return true;
        }

        try
        {
            Utf8JsonReader reader = new(answer.Body.Span);
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private GraphAnswer Answer(GraphCall call, BatchItem item, GraphAnswer whole, int attempts, string? tokenMark)
    {
        string? requestId = item.Header("request-id") ?? Fault.Read(item.Status >= 400 ? item.Body : default).RequestId ?? whole.RequestId;
        return new GraphAnswer
        {
            Status = item.Status,
            Body = item.Body,
            RequestId = requestId,
            ServiceTime = whole.ServiceTime,
            RetryAfter = RetryTiming.Asked(item.Header("Retry-After"), options.Clock.UtcNow),
            LimitUsed = RetryTiming.LimitUsed(item.Header(LimitUsed)) ?? whole.LimitUsed,
            Refusal = item.Status == 401 ? RefusalOf(tokenMark, item.Header("WWW-Authenticate")) : null,
            Location = item.Header("Location"),
            Attempts = attempts,
            Error = item.Status is >= 200 and < 300
                ? null
                : failures.Refused(call, item.Status, item.Body, requestId, whole.ServiceTime, attempts),
        };
    }

    /// <summary>The refusal of a token; null when it cannot be renewed.</summary>
    private TokenRefusal? RefusalOf(string? tokenMark, string? challenge) =>
        TokenRefusal.ClaimsOf(challenge) is string claims ? new TokenRefusal(tokenMark, claims)
        : credential.CanRenew ? new TokenRefusal(tokenMark, null)
        : null;

    private async Task<GraphAnswer> ExchangeAsync(
        GraphCall call,
        RequestMethod method,
        Uri address,
        ReadOnlyMemory<byte> body,
        CallTraits traits,
        CancellationToken stop)
    {
        using HttpMessage message = pipeline.CreateMessage();
        traits.PutOn(message);
        message.Request.Method = method;
        message.Request.Uri.Reset(address);
        message.Request.Headers.SetValue("Accept", "application/json");
        if (!body.IsEmpty)
        {
            message.Request.Headers.SetValue("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(body);
        }

        if (call.Route.IsAdvanced && traits.Items == 0)
        {
            message.Request.Headers.SetValue(ConsistencyLevel, Eventual);
        }

        try
        {
            // A write under way is awaited, within the limit of one attempt; torn off, its outcome would be lost.
            await pipeline.SendAsync(message, traits.IsRead ? stop : CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (NoAnswer.Is(error) && !(traits.IsRead && stop.IsCancellationRequested))
        {
            return new GraphAnswer { Lost = error, Error = failures.Unanswered(call, error, traits.Attempts), Attempts = traits.Attempts };
        }

        Azure.Response response = message.Response;
        string? requestId = response.Headers.TryGetValue("request-id", out string? id) ? id : null;
        ReadOnlyMemory<byte> content = response.ContentStream is null ? default : response.Content.ToMemory();
        return new GraphAnswer
        {
            Status = response.Status,
            Body = content,
            RequestId = requestId,
            ServiceTime = response.Headers.Date,
            RetryAfter = RetryTiming.Asked(response, options.Clock.UtcNow),
            LimitUsed = RetryTiming.LimitUsed(response.Headers.TryGetValue(LimitUsed, out string? used) ? used : null),
            Refusal = response.Status == 401 && !traits.IsRenewed
                ? RefusalOf(traits.TokenMark, response.Headers.TryGetValue("WWW-Authenticate", out string? challenge) ? challenge : null)
                : null,
            Location = response.Headers.TryGetValue("Location", out string? location) ? location : null,
            Attempts = traits.Attempts,
            Error = response.Status is >= 200 and < 300
                ? null
                : failures.Refused(call, response.Status, content, requestId, response.Headers.Date, traits.Attempts),
        };
    }

    private Uri AddressOf(GraphCall call) =>
        call.Address[0] == '/' ? new Uri(service, call.Address.Substring(1)) : new Uri(call.Address);

    private static SecretBuffer BatchBody(IReadOnlyList<GraphCall> calls)
    {
        // Addresses are ASCII, and nothing of them or of the bodies is escaped.
        int bytes = calls.Sum(call => call.Body.Length + call.Address.Length + BytesAroundItem);
        SecretBuffer buffer = SecretBuffer.OfBytes(bytes + (3 * calls.Max(call => call.Address.Length)));
        using Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteStartArray("requests");
        for (int i = 0; i < calls.Count; i++)
        {
            GraphCall call = calls[i];
            writer.WriteStartObject();
            writer.WriteString("id", i.ToString(CultureInfo.InvariantCulture));
            writer.WriteString("method", call.Route.Method);
            writer.WriteString("url", call.Address);
            if (!call.Body.IsEmpty || call.Route.IsAdvanced)
            {
                writer.WriteStartObject("headers");
                writer.WriteString(
                    call.Route.IsAdvanced ? ConsistencyLevel : "Content-Type", call.Route.IsAdvanced ? Eventual : "application/json");
                writer.WriteEndObject();
            }

            if (!call.Body.IsEmpty)
            {
                writer.WritePropertyName("body");
                writer.WriteRawValue(call.Body.Span);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer;
    }

    private sealed class Settings : ClientOptions
    {
    }
}
