using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>What is needed to take a grant back. Holds names, SIDs and lists of entries, and no secret; write it down before the first
/// change.</summary>
public sealed record GrantUndo
{
    /// <summary>The present form.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Form of this record.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Distinguished name of the domain.</summary>
    public required string Domain { get; init; }

    /// <summary>SID of the domain; null when it was not known.</summary>
    public string? DomainSid { get; init; }

    /// <summary>The domain controller that was written on.</summary>
    public required string Server { get; init; }

    /// <summary>Name of the account that was granted the rights.</summary>
    public required string Account { get; init; }

    /// <summary>Its SID.</summary>
    public required string AccountSid { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The changes, in the order in which they are made.</summary>
    public required IReadOnlyList<GrantUndoStep> Steps { get; init; }
}
