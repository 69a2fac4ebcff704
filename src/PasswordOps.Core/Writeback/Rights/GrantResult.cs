using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>What became of the change of one object's list.</summary>
public sealed record GrantResult
{
    /// <summary>Distinguished name of the object.</summary>
    public required string DistinguishedName { get; init; }

    /// <summary>What became of it.</summary>
    public required GrantStatus Status { get; init; }

    /// <summary>The entries that were added, or taken away by an undo, as SDDL.</summary>
    public required IReadOnlyList<string> Entries { get; init; }

    /// <summary>The list before, as SDDL; null when it could not be read.</summary>
    public string? Before { get; init; }

    /// <summary>The list as read back, as SDDL; null when it was not written.</summary>
    public string? After { get; init; }

    /// <summary>Why it failed or is uncertain; null when it did not.</summary>
    public PasswordOpsException? Error { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{DistinguishedName} {Status}";
}
