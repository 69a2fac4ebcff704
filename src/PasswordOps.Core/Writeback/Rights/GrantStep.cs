using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>The change of one object's list.</summary>
public sealed record GrantStep
{
    /// <summary>Distinguished name of the object.</summary>
    public required string DistinguishedName { get; init; }

    /// <summary>The entries to add, as SDDL.</summary>
    public required IReadOnlyList<string> Added { get; init; }

    /// <summary>The rights that they grant.</summary>
    public required IReadOnlyList<DirectoryRight> Rights { get; init; }

    /// <summary>The list before, as SDDL.</summary>
    public required string Before { get; init; }

    /// <summary>The list after, as SDDL.</summary>
    public required string After { get; init; }

    /// <summary>The descriptor before, without owner and group.</summary>
    internal byte[] DescriptorBefore { get; init; } = Array.Empty<byte>();

    /// <summary>The descriptor after, without owner and group.</summary>
    internal byte[] DescriptorAfter { get; init; } = Array.Empty<byte>();

    /// <inheritdoc/>
    public override string ToString() => $"{DistinguishedName} +{Added.Count}";
}
