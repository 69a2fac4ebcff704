using System;
using System.Diagnostics;
using System.Text.Json;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.Faults;

namespace PasswordOps.Practice.Graph;

/// <summary>One request to Graph as it came: by itself, or as an item of a batch.</summary>
internal sealed record GraphRequest
{
    public required string Method { get; init; }

    /// <summary>Path and query behind /v1.0, as they were sent.</summary>
    public required string Target { get; init; }

    public string? Consistency { get; init; }

    public string? UserAgent { get; init; }

    public JsonElement? Body { get; init; }

    public required Caller Caller { get; init; }

    public required Guid RequestId { get; init; }

    public required Guid ClientRequestId { get; init; }

    /// <summary>The batch that it came in, and its id there.</summary>
    public Guid? Batch { get; init; }

    public string? Item { get; init; }

    /// <summary>What has been decided to go wrong with it.</summary>
    public Fault? Fault { get; init; }

    /// <summary>The fault by which the caller will not see the answer, whatever it is: the batch goes wrong as a whole.</summary>
    public Fault? Unseen { get; init; }

    /// <summary>It was kept waiting.</summary>
    public bool Slow { get; init; }

    public long Started { get; init; } = Stopwatch.GetTimestamp();

    public bool Authentication => Target.Contains("/authentication/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Bodies may hold passwords and numbers.</summary>
    public override string ToString() => nameof(GraphRequest);
}
