namespace PasswordOps.Core.Writeback.Rights;

/// <summary>The rights that password writeback is about.</summary>
public enum DirectoryRight
{
    /// <summary>Reset Password, on the user.</summary>
    ResetPassword,

    /// <summary>Write lockoutTime, on the user.</summary>
    WriteLockoutTime,

    /// <summary>Write pwdLastSet, on the user.</summary>
    WritePasswordLastSet,

    /// <summary>Unexpire Password, on the domain object: without it a new password expires at once.</summary>
    UnexpirePassword,

    /// <summary>Change Password, on the user. Not needed: the domain controller asks it of the user, who gave the present
    /// password.</summary>
    ChangePassword,
}
