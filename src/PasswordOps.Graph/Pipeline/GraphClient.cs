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
using PasswordOps.Graph.Errors;
using PasswordOps.Graph.Models;
using PasswordOps.Graph.SignIn;

namespace PasswordOps.Graph.Pipeline;

/// <summary>Sends calls to Microsoft Graph, one by one or packed into batches. Safe to use from several threads.</summary>
internal sealed class GraphClient : IDisposable
{
    /// <summary>Most requests that the service takes in one batch.</summary>
    internal const int BatchSize = 20;

    private const string Version = "v1.0";
    private const string ConsistencyLevel = "ConsistencyLevel";
    private const string Eventual = "eventual";
    private const int BytesAroundItem = 160;

    private readonly HttpPipeline pipeline;
    private readonly GraphOptions options;
    private readonly Failures failures;
    private readonly Uri service;
    private readonly SemaphoreSlim batches;

    /// <summary>Builds the way to one cloud's Microsoft Graph.</summary>
    public GraphClient(
        Uri graph,
        ConnectionCredential credential,
        string[] scopes,
        HttpPipelineTransport transport,
        GraphOptions options,
        Failures failures,
        Action<string>? log)
    {
        this.options = options;
        this.failures = failures;
        service = new Uri(graph, Version + "/");
        batches = new SemaphoreSlim(options.BatchesAtOnce);
        Settings settings = new() { Transport = transport, RetryPolicy = new RetryPolicy(options) };
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

    public void Dispose() => batches.Dispose();

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
        CallTraits traits = new() { IsRead = call.Route.IsRead, Stop = stop };
        RequestMethod method = RequestMethod.Parse(call.Route.Method);
        try
        {
            return await ExchangeAsync(call, method, AddressOf(call), call.Body, traits, stop).ConfigureAwait(false);
        }
        catch (PasswordOpsException error)
        {
            // No token: it was not sent, or was refused before.
            return new GraphAnswer { Error = error };
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

        GraphAnswer[] answers = new GraphAnswer[calls.Count];
        List<Task> running = new();
        for (int start = 0; start < calls.Count; start += BatchSize)
        {
            int[] places = Enumerable.Range(start, Math.Min(BatchSize, calls.Count - start)).ToArray();
            running.Add(RunBatchAsync(calls, places, answers, stop));
        }

        await Task.WhenAll(running).ConfigureAwait(false);
        return answers;
    }

    private async Task RunBatchAsync(IReadOnlyList<GraphCall> calls, int[] places, GraphAnswer[] answers, CancellationToken stop)
    {
        bool areReads = calls[places[0]].Route.IsRead;
        TimeSpan waited = TimeSpan.Zero;
        int sent = 0;
        List<int> pending = new(places);
        try
        {
            while (pending.Count > 0)
            {
                await batches.WaitAsync(stop).ConfigureAwait(false);
                try
                {
                    stop.ThrowIfCancellationRequested();
                    sent += await SendBatchAsync(calls, pending, answers, areReads, sent, stop).ConfigureAwait(false);
                }
                finally
                {
                    batches.Release();
                }

                pending = pending.Where(place => ComesBack(answers[place], areReads)).ToList();
                if (pending.Count == 0 || sent >= options.Attempts)
                {
                    return;
                }

                TimeSpan wait = pending.Max(place => answers[place].RetryAfter) ?? RetryTiming.Backoff(sent, options.Random());
                waited += wait;
                if (waited > options.LongestWait)
                {
                    return;
                }

                await options.Clock.DelayAsync(wait, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!areReads && stop.IsCancellationRequested)
        {
            // Whatever still is in the list was never sent, or was refused for load: nothing of it happened.
            foreach (int place in pending)
            {
                answers[place] = new GraphAnswer { Error = failures.Own("Stopped", calls[place]), Attempts = sent };
            }
        }
    }

    private static bool ComesBack(GraphAnswer answer, bool isRead) =>
        answer.Status == 429 || (isRead && answer.Status is 500 or 502 or 503 or 504);

    /// <summary>Sends one batch and puts an answer in each place.</summary>
    /// <returns>How often the batch was sent.</returns>
    private async Task<int> SendBatchAsync(
        IReadOnlyList<GraphCall> calls,
        List<int> places,
        GraphAnswer[] answers,
        bool areReads,
        int sentBefore,
        CancellationToken stop)
    {
        CallTraits traits = new() { IsRead = areReads, Stop = stop, Items = places.Count };
        GraphAnswer whole;
        try
        {
            using SecretBuffer body = BatchBody(calls, places);
            whole = await ExchangeAsync(
                calls[places[0]], RequestMethod.Post, new Uri(service, "$batch"), body.Written, traits, stop).ConfigureAwait(false);
        }
        catch (PasswordOpsException error)
        {
            // No token: nothing was sent.
            foreach (int place in places)
            {
                answers[place] = new GraphAnswer { Error = error, Attempts = sentBefore };
            }

            return traits.Attempts;
        }

        int attempts = sentBefore + traits.Attempts;
        Dictionary<string, BatchItem> items = new(StringComparer.OrdinalIgnoreCase);
        if (whole.Error is null && !BatchItem.TryReadAll(whole.Body, items))
        {
            items.Clear();
        }

        for (int i = 0; i < places.Count; i++)
        {
            GraphCall call = calls[places[i]];
            answers[places[i]] = whole.Error is not null
                ? Retold(whole, call, attempts)
                : items.TryGetValue(i.ToString(CultureInfo.InvariantCulture), out BatchItem? item)
                    ? Answer(call, item, whole, attempts)
                    : new GraphAnswer
                    {
                        Error = failures.Misunderstood(call, whole.RequestId), RequestId = whole.RequestId, Attempts = attempts,
                    };
        }

        return traits.Attempts;
    }

    /// <summary>The failure of a whole batch, told of one of its calls. Its status is left out: the batch was sent again already.</summary>
    private GraphAnswer Retold(GraphAnswer whole, GraphCall call, int attempts) => new()
    {
        Error = whole.Lost is not null
            ? failures.Unanswered(call, whole.Lost, attempts)
            : failures.Refused(call, whole.Status, whole.Body, whole.RequestId, whole.ServiceTime, attempts),
        RequestId = whole.RequestId,
        Attempts = attempts,
    };

    private GraphAnswer Answer(GraphCall call, BatchItem item, GraphAnswer whole, int attempts)
    {
        string? requestId = item.Header("request-id") ?? Fault.Read(item.Status >= 400 ? item.Body : default).RequestId ?? whole.RequestId;
        return new GraphAnswer
        {
            Status = item.Status,
            Body = item.Body,
            RequestId = requestId,
            ServiceTime = whole.ServiceTime,
            RetryAfter = RetryTiming.Asked(item.Header("Retry-After"), options.Clock.UtcNow),
            Location = item.Header("Location"),
            Attempts = attempts,
            Error = item.Status is >= 200 and < 300
                ? null
                : failures.Refused(call, item.Status, item.Body, requestId, whole.ServiceTime, attempts),
        };
    }

    private async Task<GraphAnswer> ExchangeAsync(
        GraphCall call,
        RequestMethod method,
        Uri address,
        ReadOnlyMemory<byte> body,
        CallTraits traits,
        CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
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
        catch (Exception error) when (NoAnswer.Is(error) && !IsStop(error, traits, stop))
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
            Location = response.Headers.TryGetValue("Location", out string? location) ? location : null,
            Attempts = traits.Attempts,
            Error = response.Status is >= 200 and < 300
                ? null
                : failures.Refused(call, response.Status, content, requestId, response.Headers.Date, traits.Attempts),
        };
    }

    /// <summary>True when the caller ended the work: a read at any time, a write only between its attempts.</summary>
    private static bool IsStop(Exception error, CallTraits traits, CancellationToken stop) =>
        stop.IsCancellationRequested
        && error is OperationCanceledException canceled
        && (traits.IsRead || canceled.CancellationToken == stop);

    private Uri AddressOf(GraphCall call) =>
        call.Address[0] == '/' ? new Uri(service, call.Address.Substring(1)) : new Uri(call.Address);

    private static SecretBuffer BatchBody(IReadOnlyList<GraphCall> calls, List<int> places)
    {
        // Addresses are ASCII, and nothing of them or of the bodies is escaped.
        int bytes = places.Sum(place => calls[place].Body.Length + calls[place].Address.Length + BytesAroundItem);
        SecretBuffer buffer = SecretBuffer.OfBytes(bytes + (3 * places.Max(place => calls[place].Address.Length)));
        using Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteStartArray("requests");
        for (int i = 0; i < places.Count; i++)
        {
            GraphCall call = calls[places[i]];
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
