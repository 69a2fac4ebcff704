using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace PasswordOps.Practice.Graph;

/// <summary>Reads requests to Graph from the wire, and writes answers to it.</summary>
internal static class Wire
{
    private const string Diagnostic =
        """{"ServerInfo":{"DataCenter":"Practice","Slice":"E","Ring":"5","ScaleUnit":"001","RoleInstance":"PRACTICE0001"}}""";

    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken stop)
    {
        var buffer = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, 1 << 20));
        await request.Body.CopyToAsync(buffer, stop);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    /// <exception cref="GraphException">It is no JSON.</exception>
    internal static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.IsEmpty ? null : JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            throw new GraphException(
                400, "BadRequest",
                "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.");
        }
    }

    internal static async Task WriteAsync(HttpContext context, Answer answer, Guid requestId, Guid clientRequestId)
    {
        HttpResponse response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers["request-id"] = requestId.ToString();
        response.Headers["client-request-id"] = clientRequestId.ToString();
        response.Headers["x-ms-ags-diagnostic"] = Diagnostic;
        response.Headers.CacheControl = "no-cache";
        response.Headers.StrictTransportSecurity = "max-age=31536000";
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
