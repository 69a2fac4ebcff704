namespace PasswordOps.Core.Writeback.Rights;

/// <summary>One object's list before and after a grant.</summary>
public sealed record GrantUndoStep
{
    /// <summary>Distinguished name of the object.</summary>
    public required string DistinguishedName { get; init; }

    /// <summary>The list before, as SDDL, for people.</summary>
    public required string Before { get; init; }

    /// <summary>The list after, as SDDL, for people.</summary>
    public required string After { get; init; }

    /// <summary>The descriptor with the list before, in Base64: what is written back.</summary>
    public required string DescriptorBefore { get; init; }

    /// <summary>The descriptor with the list after, in Base64: what must still be there.</summary>
    public required string DescriptorAfter { get; init; }
}
