using System;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>An endpoint that is going to be tested.</summary>
internal sealed record PlannedEndpoint
{
    public required RelayName Address { get; init; }

    public required EndpointRole Role { get; init; }

    /// <summary>As it is listed, often with a wildcard.</summary>
    public required string Listed { get; init; }

    /// <summary>Stands for the tenant's own, which is not known.</summary>
    public bool IsExample { get; init; }

    /// <summary>The gateways behind it are tried too, when it shows where they are.</summary>
    public bool WithGateways { get; init; }

    public string Name => Address.ToString();

    public string Path => "/" + Address.Endpoint;

    /// <summary>A relay that is asked for the tenant's endpoint without a token refuses with 401.</summary>
    public bool IsRefusalExpected => Role == EndpointRole.Relay && Address.Endpoint is not null;

    /// <summary>False for a bare address, which nobody has to look up.</summary>
    public bool HasName => Uri.CheckHostName(Address.Host) == UriHostNameType.Dns;
}
