namespace PasswordOps.Core.Writeback.Rights;

/// <summary>An object of the directory and its descriptor, as one read gave them.</summary>
public sealed record DirectoryObject
{
    /// <summary>Distinguished name.</summary>
    public required string DistinguishedName { get; init; }

    /// <summary>Most specific structural class, the last value of objectClass.</summary>
    public required string ObjectClass { get; init; }

    /// <summary>nTSecurityDescriptor with owner, group and DACL; null when it was not in the answer, which means that reading it is not
    /// allowed.</summary>
    public byte[]? Descriptor { get; init; }

    /// <summary>objectSid; null when it has none or it cannot be read.</summary>
    public SecurityId? Sid { get; init; }

    /// <summary>adminCount; null when it is not set or cannot be read.</summary>
    public int? AdminCount { get; init; }

    /// <summary>userAccountControl; null when it has none or it cannot be read.</summary>
    public int? UserAccountControl { get; init; }

    /// <inheritdoc/>
    public override string ToString() => DistinguishedName;
}
