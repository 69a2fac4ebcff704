using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>What the lookup of a name gave.</summary>
public sealed record NameAnswer
{
    /// <summary>Addresses; empty when there is none.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = Array.Empty<string>();

    /// <summary>The name that the one asked for is an alias of; null when it is none, or it cannot be seen here.</summary>
    public string? Alias { get; init; }

    /// <summary>Why there is no address.</summary>
    public NetworkFault Fault { get; init; }

    /// <summary>The system's own name of the failure; null when nothing failed.</summary>
    public string? Detail { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Time { get; init; }
}
