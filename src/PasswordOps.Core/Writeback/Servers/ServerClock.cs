using System;

namespace PasswordOps.Core.Writeback.Servers;

/// <summary>A server's clock beside another.</summary>
public sealed record ServerClock
{
    /// <summary>What it was compared with: a domain controller, or the date of a web server.</summary>
    public required string Reference { get; init; }

    /// <summary>The server's time minus the other's.</summary>
    public required TimeSpan Offset { get; init; }
}
