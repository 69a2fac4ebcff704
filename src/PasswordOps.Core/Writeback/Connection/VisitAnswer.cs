using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>What was met on a visit.</summary>
public sealed record VisitAnswer
{
    /// <summary>The last step that went well.</summary>
    public VisitStage Reached { get; init; }

    /// <summary>What ended the visit; None when it got as far as it should.</summary>
    public NetworkFault Fault { get; init; }

    /// <summary>The system's own name of the failure; null when nothing failed or it has none.</summary>
    public string? Detail { get; init; }

    /// <summary>Address that was connected to: of the host, or of the proxy.</summary>
    public string? Address { get; init; }

    /// <summary>How long the connection took.</summary>
    public TimeSpan? ConnectTime { get; init; }

    /// <summary>How long the handshake of TLS took.</summary>
    public TimeSpan? TlsTime { get; init; }

    /// <summary>Status of the proxy's answer; null where there is no proxy or it gave none.</summary>
    public int? ProxyStatus { get; init; }

    /// <summary>Version of TLS, for example <c>TLS 1.3</c>; null before the handshake.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>Certificates, the host's own first, as this machine builds the chain.</summary>
    public IReadOnlyList<SeenCertificate> Chain { get; init; } = Array.Empty<SeenCertificate>();

    /// <summary>What is wrong with them.</summary>
    public CertificateFaults CertificateFaults { get; init; }

    /// <summary>True when the chain ends in a certificate of <see cref="NetworkVisit.Trusted"/>.</summary>
    public bool EndsInTrusted { get; init; }

    /// <summary>Status of the answer of HTTP; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>First characters of the answer, control characters left out; to look for a word in, not to show.</summary>
    public string Said { get; init; } = string.Empty;
}
