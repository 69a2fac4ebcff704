using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace PasswordOps.Practice.Graph;

/// <summary>Up to twenty requests in one.</summary>
internal static class Batch
{
    private const int Most = 20;

    internal sealed record Item(
        string Id, string Method, string Target, string? Consistency, JsonElement? Body, IReadOnlyList<string> DependsOn);

    /// <param name="service">What answers each item.</param>
    /// <param name="envelope">The request that holds the batch.</param>
    /// <param name="items">What is in it.</param>
    internal static Answer Run(GraphService service, GraphRequest envelope, List<Item> items)
    {
        int left = envelope.Fault?.Cut(items.Count) ?? items.Count;
        var answers = new Dictionary<string, Answer>(StringComparer.OrdinalIgnoreCase);
        List<Item> waiting = items;
        while (waiting.Count > 0)
        {
            List<Item> ready = waiting.FindAll(item => item.DependsOn.All(answers.ContainsKey));
            if (ready.Count == 0)
                throw Invalid("Requests of a batch must not depend on each other in a circle.");
            foreach (Item item in ready)
                answers[item.Id] = Run(service, item, answers, envelope, carryOut: left-- > 0);
            waiting = waiting.FindAll(item => !answers.ContainsKey(item.Id));
        }
        return Answer.Json(writer =>
        {
            writer.WriteStartArray("responses");
            // The service gives no promise about the order. A caller that counts on one finds out here.
            foreach (Item item in Enumerable.Reverse(items))
            {
                Write(writer, item.Id, answers[item.Id]);
                answers[item.Id].Release();
            }
            writer.WriteEndArray();
        });
    }

    private static Answer Run(
        GraphService service, Item item, Dictionary<string, Answer> answers, GraphRequest envelope, bool carryOut)
    {
        GraphRequest request = envelope with
        {
            Method = item.Method,
            Target = item.Target,
            Consistency = item.Consistency,
            Body = item.Body,
            RequestId = Guid.NewGuid(),
            Batch = envelope.RequestId,
            Item = item.Id,
            Fault = null,
            Unseen = envelope.Fault,
            Slow = false,
            Started = Stopwatch.GetTimestamp(),
        };
        if (!carryOut)
        {
            service.Log(request, Answer.Nothing);
            return Answer.Nothing;
        }
        Answer answer;
        if (item.DependsOn.Any(id => answers[id].Status >= 400))
        {
            answer = new Answer(424, Answer.Bytes(WriteFailedDependency), Answer.PlainJson);
            service.Log(request, answer);
        }
        else
        {
            answer = service.Execute(request);
        }
        return answer.With("request-id", request.RequestId.ToString());
    }

    private static void WriteFailedDependency(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("error");
        writer.WriteString("code", "FailedDependency");
        writer.WriteString("message", "The request dependency failed.");
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string id, Answer answer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteNumber("status", answer.Status);
        writer.WriteStartObject("headers");
        foreach (KeyValuePair<string, string> header in answer.Headers ?? Enumerable.Empty<KeyValuePair<string, string>>())
            writer.WriteString(header.Key, header.Value);
        if (answer.ContentType is not null)
            writer.WriteString("Content-Type", answer.ContentType);
        writer.WriteEndObject();
        if (answer.ContentType is not null)
        {
            writer.WritePropertyName("body");
            if (answer.ContentType.StartsWith(Answer.PlainJson, StringComparison.Ordinal))
                writer.WriteRawValue(answer.Body.Span, skipInputValidation: true);
            else
                writer.WriteBase64StringValue(answer.Body.Span);
        }
        writer.WriteEndObject();
    }

    internal static List<Item> Read(JsonElement? body)
    {
        if (body is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("requests", out JsonElement requests)
            || requests.ValueKind != JsonValueKind.Array)
            throw Invalid("Invalid batch payload format.");
        if (requests.GetArrayLength() == 0)
            throw Invalid("A batch must hold at least one request.");
        if (requests.GetArrayLength() > Most)
            throw Invalid($"Number of requests in the batch is more than the limit of {Most.ToString(CultureInfo.InvariantCulture)}.");
        var items = new List<Item>();
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonElement request in requests.EnumerateArray())
        {
            Item item = ReadItem(request);
            if (!ids.Add(item.Id))
                throw Invalid($"Request id '{item.Id}' occurs more than once in the batch.");
            items.Add(item);
        }
        foreach (Item item in items)
        {
            if (item.DependsOn.FirstOrDefault(id => !ids.Contains(id)) is { } unknown)
                throw Invalid($"Request id '{item.Id}' depends on '{unknown}', which is not in the batch.");
        }
        return items;
    }

    private static Item ReadItem(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object)
            throw Invalid("Invalid batch payload format.");
        string id = Text(request, "id") ?? throw Invalid("Every request of a batch needs an id.");
        string method = Text(request, "method") ?? throw Invalid($"Request id '{id}' has no method.");
        string url = Text(request, "url") ?? throw Invalid($"Request id '{id}' has no url.");
        if (url.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            throw Invalid($"Request id '{id}' must have a relative url.");
        string? consistency = null, contentType = null;
        if (request.TryGetProperty("headers", out JsonElement headers) && headers.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty header in headers.EnumerateObject())
            {
                if (header.Name.Equals("ConsistencyLevel", StringComparison.OrdinalIgnoreCase))
                    consistency = header.Value.ToString();
                else if (header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                    contentType = header.Value.ToString();
            }
        }
        JsonElement? body = request.TryGetProperty("body", out JsonElement found) && found.ValueKind != JsonValueKind.Null ? found : null;
        if (body is not null && contentType is null)
            throw Invalid($"Request id '{id}' has a body but no Content-Type header.");
        string[] dependsOn = request.TryGetProperty("dependsOn", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(element => element.ToString()).ToArray()
            : [];
        string target = url.StartsWith('/') ? url : "/" + url;
        int fragment = target.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0)
            target = target[..fragment];
        return new Item(id, method.ToUpperInvariant(), target, consistency, body, dependsOn);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString() : null;

    private static GraphException Invalid(string message) => new(400, "BadRequest", message);
}
