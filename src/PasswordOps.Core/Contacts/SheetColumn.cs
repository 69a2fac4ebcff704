namespace PasswordOps.Core.Contacts;

/// <summary>A column that a contact sheet can have.</summary>
public enum SheetColumn
{
    /// <summary>User principal name or object id.</summary>
    Identity,

    /// <summary>Mobile phone.</summary>
    Mobile,

    /// <summary>Alternate mobile phone.</summary>
    AlternateMobile,

    /// <summary>Office phone.</summary>
    Office,

    /// <summary>Email address.</summary>
    Email,
}
