using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>Where to go, how, and how far.</summary>
public sealed record NetworkVisit
{
    /// <summary>Name or address of the host.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public required int Port { get; init; }

    /// <summary>The last step to take.</summary>
    public VisitStage Until { get; init; } = VisitStage.Answered;

    /// <summary>True for HTTP without TLS.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Path and query to get; begins with a slash.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Proxy to go through; null for none.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Certificates of authorities (DER) to trust besides those of the machine.</summary>
    public IReadOnlyList<byte[]> Trusted { get; init; } = Array.Empty<byte[]>();

    /// <summary>How long each step may take.</summary>
    public required TimeSpan Limit { get; init; }
}
