namespace PasswordOps.Core.Writeback.Servers;

/// <summary>A connector of the sync engine to Active Directory. Its password is never read.</summary>
public sealed record DomainConnector
{
    /// <summary>DNS name of the forest.</summary>
    public required string Forest { get; init; }

    /// <summary>Domain of the account that it works as.</summary>
    public string? AccountDomain { get; init; }

    /// <summary>Name of that account.</summary>
    public string? Account { get; init; }

    /// <summary>SID of that account; null when it could not be looked up.</summary>
    public string? AccountSid { get; init; }

    /// <summary>LDAP is signed and encrypted; null when this version does not show it.</summary>
    public bool? SignAndSeal { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Account ?? Forest;
}
