using System;
using System.Collections.Generic;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>What to test a connection for.</summary>
public sealed record ConnectionOptions
{
    /// <summary>Cloud of the tenant.</summary>
    public required Cloud Cloud { get; init; }

    /// <summary>Version of Connect on the sync server; null for a current one.</summary>
    public Version? ConnectVersion { get; init; }

    /// <summary>The tenant's own relays; without any, those that are publicly known serve as examples.</summary>
    public IReadOnlyList<RelayName> Relays { get; init; } = Array.Empty<RelayName>();

    /// <summary>True to test the given relays alone, none of the names that the table of endpoints holds.</summary>
    public bool OnlyRelays { get; init; }

    /// <summary>Proxy to go through; null for that of the machine's settings.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>True to go past every proxy.</summary>
    public bool IsDirect { get; init; }

    /// <summary>Certificates of authorities (DER) to trust besides those of the machine.</summary>
    public IReadOnlyList<byte[]> Trusted { get; init; } = Array.Empty<byte[]>();

    /// <summary>How long each step may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to hold a connection idle on each endpoint; null for not at all.</summary>
    public TimeSpan? Idle { get; init; }
}
