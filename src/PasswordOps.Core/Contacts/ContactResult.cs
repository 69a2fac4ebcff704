using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Contacts;

/// <summary>How one user's row ended.</summary>
public record ContactResult
{
    /// <summary>Row of the sheet; null when there is none.</summary>
    public required int? Row { get; init; }

    /// <summary>User principal name, or the user as asked for.</summary>
    public required string User { get; init; }

    /// <summary>Object id; null when the user was not found.</summary>
    public string? UserId { get; init; }

    /// <summary>How it ended.</summary>
    public required ContactStatus Status { get; init; }

    /// <summary>Fields whose write the service confirmed, or that were found written when an outcome was unclear.</summary>
    public IReadOnlyList<ContactField> Written { get; init; } = Array.Empty<ContactField>();

    /// <summary>Fields whose write may or may not have taken effect.</summary>
    public IReadOnlyList<ContactField> Uncertain { get; init; } = Array.Empty<ContactField>();

    /// <summary>First failure; null when there is none.</summary>
    public PasswordOpsException? Error { get; init; }

    /// <summary>Stable id of the failure; null when there is none.</summary>
    public string? ErrorId => Error?.Id;

    /// <summary>What happened, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Writes that were sent, repetitions included.</summary>
    public int Attempts { get; init; }

    /// <summary>Request id of the last write; null when nothing was sent.</summary>
    public string? RequestId { get; init; }

    /// <summary>From first write to last answer.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{User}: {Status}";
}
