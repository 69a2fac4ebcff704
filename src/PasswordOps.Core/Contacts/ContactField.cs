namespace PasswordOps.Core.Contacts;

/// <summary>A piece of contact data that self-service password reset can use.</summary>
public enum ContactField
{
    /// <summary>Mobile phone.</summary>
    Mobile,

    /// <summary>Alternate mobile phone; only beside a mobile phone, and only as an authentication method.</summary>
    AlternateMobile,

    /// <summary>Office phone.</summary>
    Office,

    /// <summary>Email address.</summary>
    Email,
}
