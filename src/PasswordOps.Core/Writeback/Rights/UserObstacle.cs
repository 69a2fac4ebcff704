namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Why writeback cannot, or may not be able to, serve a user.</summary>
public enum UserObstacle
{
    /// <summary>It can.</summary>
    None,

    /// <summary>Protected account: its list is a copy of AdminSDHolder's, made again every hour. By design.</summary>
    Protected,

    /// <summary>The user inherits nothing from above.</summary>
    InheritanceBlocked,

    /// <summary>An entry denies it.</summary>
    Denied,

    /// <summary>Entries are there, but for objects of another class.</summary>
    OtherClass,

    /// <summary>No entry for the account reaches this place of the directory; a container on the way down may inherit nothing.</summary>
    NoEntry,

    /// <summary>The descriptor may not be read.</summary>
    NotReadable,

    /// <summary>The descriptor is malformed.</summary>
    Malformed,

    /// <summary>It cannot be told; the reason says why.</summary>
    Unknown,
}
