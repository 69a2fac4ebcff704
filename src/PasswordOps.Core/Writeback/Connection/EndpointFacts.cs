using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>What was met on the way to one endpoint.</summary>
internal sealed record EndpointFacts
{
    public required PlannedEndpoint Endpoint { get; init; }

    public Uri? Proxy { get; init; }

    /// <summary>Null for a bare address, and where a proxy looks names up.</summary>
    public NameAnswer? Name { get; init; }

    public required VisitAnswer Visit { get; init; }

    /// <summary>The lists of revoked certificates that the chain names, one a host.</summary>
    public IReadOnlyList<(string Host, VisitAnswer Visit)> RevocationLists { get; init; } = Array.Empty<(string, VisitAnswer)>();

    public IReadOnlyList<TimeSpan> ConnectTimes { get; init; } = Array.Empty<TimeSpan>();

    /// <summary>Where in the data centres the relay is; null when its alias does not show it.</summary>
    public string? Stamp { get; init; }

    public IReadOnlyList<(string Host, VisitAnswer Visit)> Gateways { get; init; } = Array.Empty<(string, VisitAnswer)>();

    /// <summary>Null when no connection was to be held.</summary>
    public HoldAnswer? Hold { get; init; }

    /// <summary>How long one was to be held.</summary>
    public TimeSpan Idle { get; init; }

    public required IdleNeed Need { get; init; }

    /// <summary>How long each step could take.</summary>
    public required TimeSpan Limit { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>False where the way ends at a name without an address.</summary>
    public bool HasAddress => Name is null || Name.Addresses.Count > 0;
}
