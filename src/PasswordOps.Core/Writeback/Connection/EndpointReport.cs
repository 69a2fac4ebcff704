using System;
using System.Collections.Generic;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>What was found of one endpoint.</summary>
public record EndpointReport
{
    /// <summary>Host, with its port where that is not 443.</summary>
    public required string Name { get; init; }

    /// <summary>The name that Microsoft lists, often with a wildcard; the same as <see cref="Name"/> where it was given.</summary>
    public required string Listed { get; init; }

    /// <summary>What it is there for.</summary>
    public required EndpointRole Role { get; init; }

    /// <summary>True when it only stands for the tenant's own, which is not known: its failure alone proves nothing.</summary>
    public required bool IsExample { get; init; }

    /// <summary>The worst of the checks.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The answer in one line.</summary>
    public required string Headline { get; init; }

    /// <summary>The one next step; null when there is nothing to do.</summary>
    public string? NextStep { get; init; }

    /// <summary>Addresses of the name.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = Array.Empty<string>();

    /// <summary>The name that it is an alias of; null when it is none, or it cannot be seen here.</summary>
    public string? Alias { get; init; }

    /// <summary>Proxy that was gone through; null for none.</summary>
    public string? Proxy { get; init; }

    /// <summary>Median of the times that a connection took; null when there was none.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>Version of TLS; null before the handshake.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>Who signed the certificate; null before the handshake.</summary>
    public string? SignedBy { get; init; }

    /// <summary>When the certificate expires, UTC; null before the handshake.</summary>
    public DateTimeOffset? CertificateExpires { get; init; }

    /// <summary>Status of the answer of HTTP; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>How the idle connection ended; null when none was held.</summary>
    public HoldEnd? IdleEnd { get; init; }

    /// <summary>How long it had been idle then; null when none was held.</summary>
    public TimeSpan? IdleAfter { get; init; }

    /// <summary>All checks, along the way to the endpoint.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Verdict}";
}
