using System;
using System.Collections.Generic;

namespace PasswordOps.Practice.Graph;

/// <summary>Ends a request with an error answer of Graph.</summary>
internal sealed class GraphException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    internal static GraphException BadRequest(string message) => new(400, "Request_BadRequest", message);

    internal static GraphException UnsupportedQuery(string message) => new(400, "Request_UnsupportedQuery", message);

    internal static GraphException Denied() =>
        new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

    internal static GraphException NotFound(string key) => new(
        404, "Request_ResourceNotFound",
        $"Resource '{key}' does not exist or one of its queried reference-property objects are not present.");

    /// <summary>No such segment in the model.</summary>
    internal static GraphException NoSegment(string segment) => new(400, "BadRequest", $"Resource not found for the segment '{segment}'.");

    /// <summary>The authentication method routes have their own codes and words.</summary>
    internal static GraphException MethodBadRequest(string message) => new(400, "badRequest", message);

    internal static GraphException MethodDenied() => new(403, "accessDenied", "Request Authorization failed");

    internal static GraphException MethodNotFound(string message) => new(404, "resourceNotFound", message);

    internal static GraphException TooMany(string? message, IReadOnlyDictionary<string, string>? headers) =>
        new(429, "TooManyRequests", message ?? "Too many requests.") { Headers = headers };
}
