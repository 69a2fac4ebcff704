namespace PasswordOps.Core.Writeback.Rights;

/// <summary>A domain of the forest.</summary>
public sealed record DirectoryDomain
{
    /// <summary>Distinguished name, for example DC=corp,DC=contoso,DC=com.</summary>
    public required string DistinguishedName { get; init; }

    /// <summary>DNS name, for example corp.contoso.com; null when it could not be read.</summary>
    public string? DnsName { get; init; }

    /// <summary>Name as it stands before a backslash, for example CORP; null when it could not be read.</summary>
    public string? NetBiosName { get; init; }

    /// <summary>Its SID; null when the controller does not tell it.</summary>
    public SecurityId? Sid { get; init; }

    /// <summary>The connected controller serves this domain: only here can it answer for rights.</summary>
    public bool IsServed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => DnsName ?? DistinguishedName;
}
