namespace PasswordOps.Core.Reset;

/// <summary>By which way a password is reset.</summary>
public enum ResetRoute
{
    /// <summary>By none: the reset is refused.</summary>
    None,

    /// <summary>The password profile is changed in the cloud (PATCH of passwordProfile).</summary>
    PasswordProfile,

    /// <summary>The resetPassword action, which also writes back to Active Directory.</summary>
    ResetPasswordAction,

    /// <summary>The password is replaced on a domain controller (unicodePwd over an encrypted LDAP connection).</summary>
    ActiveDirectory,

    /// <summary>The user changes the own password in the cloud, knowing the present one.</summary>
    OwnChange,
}
