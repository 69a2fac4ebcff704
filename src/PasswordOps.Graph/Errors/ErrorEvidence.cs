using System;

namespace PasswordOps.Graph.Errors;

/// <summary>What the service left behind when something failed.</summary>
internal sealed record ErrorEvidence
{
    public static ErrorEvidence None { get; } = new();

    public int? Status { get; init; }

    public string? ServiceCode { get; init; }

    public string? RequestId { get; init; }

    public DateTimeOffset? ServiceTime { get; init; }

    public bool MayHaveHappened { get; init; }

    /// <summary>An exception whose whole text is free of secrets.</summary>
    public Exception? Inner { get; init; }
}
