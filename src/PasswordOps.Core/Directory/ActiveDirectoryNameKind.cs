namespace PasswordOps.Core.Directory;

/// <summary>By what an account of Active Directory is named.</summary>
public enum ActiveDirectoryNameKind
{
    /// <summary>objectSid.</summary>
    SecurityIdentifier,

    /// <summary>objectGUID.</summary>
    ObjectGuid,

    /// <summary>Distinguished name.</summary>
    DistinguishedName,

    /// <summary>userPrincipalName.</summary>
    UserPrincipalName,

    /// <summary>sAMAccountName.</summary>
    SamAccountName,
}
