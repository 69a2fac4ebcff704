using System;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>What became of a connection that was left idle.</summary>
public sealed record HoldAnswer
{
    /// <summary>How it ended.</summary>
    public required HoldEnd End { get; init; }

    /// <summary>How long it had been idle then.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Why it could not be opened; None otherwise.</summary>
    public NetworkFault Fault { get; init; }
}
