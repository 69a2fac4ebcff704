namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Why a right is granted, or not, or cannot be told.</summary>
public enum RightCause
{
    /// <summary>An entry grants it.</summary>
    Allowed,

    /// <summary>An entry denies it before any other grants it.</summary>
    Denied,

    /// <summary>No entry grants it.</summary>
    NoEntry,

    /// <summary>Entries would grant it, but on objects of another class, or on objects below only.</summary>
    OtherObjects,

    /// <summary>The list has no entries: nobody has any right.</summary>
    EmptyList,

    /// <summary>There is no list. By the rule everybody has every right.</summary>
    NoList,

    /// <summary>The descriptor may not be read.</summary>
    NotReadable,

    /// <summary>The descriptor is malformed.</summary>
    Malformed,

    /// <summary>A conditional entry decides, and its condition cannot be judged from outside.</summary>
    Condition,

    /// <summary>An entry whose object type is the empty GUID decides; tools show it as "all", the rule knows no such thing.</summary>
    EmptyObjectType,

    /// <summary>A control access entry for a whole class decides, about which the rule says nothing.</summary>
    ClassObjectType,

    /// <summary>It depends on groups of the account that could not be read.</summary>
    UnknownGroups,

    /// <summary>It depends on the object's own SID or owner, which could not be read.</summary>
    UnknownIdentity,

    /// <summary>It depends on facts of the schema that could not be read.</summary>
    UnknownSchema,
}
