namespace PasswordOps.Core.Activity;

/// <summary>What somebody wanted, in the audit log of passwords.</summary>
public enum ActivityKind
{
    /// <summary>A user wanted a new password without knowing the present one.</summary>
    SelfServiceReset,

    /// <summary>A user wanted the account unlocked without a new password.</summary>
    Unlock,

    /// <summary>A user who knows the password wanted another.</summary>
    PasswordChange,

    /// <summary>An administrator or an application reset somebody's password.</summary>
    AdministratorReset,

    /// <summary>Methods of a user were registered, changed or removed.</summary>
    Registration,

    /// <summary>A switch of the tenant was changed.</summary>
    Setting,

    /// <summary>An activity that is not known here.</summary>
    Other,
}
