namespace PasswordOps.Core.Directory;

/// <summary>The three phones that an account can have as authentication methods, one of each.</summary>
public enum PhoneType
{
    /// <summary>Primary mobile phone.</summary>
    Mobile,

    /// <summary>Second mobile phone; exists only beside a primary one.</summary>
    AlternateMobile,

    /// <summary>Office phone; voice calls only.</summary>
    Office,
}
