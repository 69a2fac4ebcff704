using System;

namespace PasswordOps.Core.Directory;

/// <summary>A user account as a domain controller shows it; what the caller may not read is null.</summary>
public sealed record ActiveDirectoryAccount
{
    /// <summary>Distinguished name.</summary>
    public required string DistinguishedName { get; init; }

    /// <summary>objectGUID.</summary>
    public required Guid ObjectGuid { get; init; }

    /// <summary>objectSid, as S-1-5-21-...</summary>
    public required string SecurityIdentifier { get; init; }

    /// <summary>sAMAccountName.</summary>
    public required string SamAccountName { get; init; }

    /// <summary>userPrincipalName; null when the account has none.</summary>
    public string? UserPrincipalName { get; init; }

    /// <summary>displayName, which the complexity rule looks at too.</summary>
    public string? DisplayName { get; init; }

    /// <summary>When the password was set, UTC; null when the user must choose another one at the next sign-in, or it cannot be
    /// read.</summary>
    public DateTimeOffset? PasswordLastSet { get; init; }

    /// <summary>The user must choose another password at the next sign-in (pwdLastSet 0); null when it cannot be read.</summary>
    public bool? MustChangePassword { get; init; }

    /// <summary>Locked out now, by the domain controller's own reckoning: a lockout that has run out is none.</summary>
    public bool IsLockedOut { get; init; }

    /// <summary>Disabled.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The password never expires; then a change at the next sign-in is not asked for either.</summary>
    public bool PasswordNeverExpires { get; init; }

    /// <summary>Only a smart card signs in: the password is set, and nobody can sign in with it.</summary>
    public bool SmartCardRequired { get; init; }

    /// <summary>adminCount is above zero: a protected account, whose rights are those of AdminSDHolder.</summary>
    public bool IsProtected { get; init; }

    /// <summary>When the account itself expires or did, UTC; null when it never does or it cannot be read.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Most specific class, for example user or inetOrgPerson; null when it cannot be read.</summary>
    public string? ObjectClass { get; init; }

    /// <summary>The password policy that applies.</summary>
    public DomainPasswordPolicy Policy { get; init; } = new();

    /// <summary>sAMAccountName.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => SamAccountName;
}
