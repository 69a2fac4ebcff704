namespace PasswordOps.Core.Writeback.Rights;

/// <summary>The account by which a sync engine works in Active Directory, as the directory knows it.</summary>
public sealed record ConnectorAccount
{
    /// <summary>Distinguished name.</summary>
    public required string DistinguishedName { get; init; }

    /// <summary>sAMAccountName; that of a managed service account ends in a dollar sign.</summary>
    public required string SamAccountName { get; init; }

    /// <summary>objectSid.</summary>
    public required SecurityId Sid { get; init; }

    /// <summary>Most specific class, for example user or msDS-GroupManagedServiceAccount.</summary>
    public required string ObjectClass { get; init; }

    /// <summary>userPrincipalName; null when there is none.</summary>
    public string? UserPrincipalName { get; init; }

    /// <summary>userAccountControl; null when it cannot be read.</summary>
    public int? UserAccountControl { get; init; }

    /// <summary>adminCount; null when it is not set or cannot be read.</summary>
    public int? AdminCount { get; init; }

    /// <inheritdoc/>
    public override string ToString() => SamAccountName;
}
