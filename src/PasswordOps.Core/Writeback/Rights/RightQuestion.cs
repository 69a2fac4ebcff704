using System;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>One bit of the access mask, asked for one thing.</summary>
internal sealed record RightQuestion
{
    public required uint Bit { get; init; }

    /// <summary>Id of the extended right or the attribute; null where the bit has no such thing, as that for writing the list.</summary>
    public Guid? Id { get; init; }

    /// <summary>The property set of the attribute; null when it is in none.</summary>
    public Guid? PropertySet { get; init; }

    /// <summary>Whether <see cref="PropertySet"/> could be read.</summary>
    public bool PropertySetKnown { get; init; } = true;

    public static RightQuestion WriteDacl { get; } = new() { Bit = AccessMask.WriteDacl };

    public static RightQuestion WriteOwner { get; } = new() { Bit = AccessMask.WriteOwner };

    public static RightQuestion Of(DirectoryRight right, RightsSchema schema) => right switch
    {
        DirectoryRight.ResetPassword => new() { Bit = AccessMask.ControlAccess, Id = DirectoryIds.ResetPassword },
        DirectoryRight.ChangePassword => new() { Bit = AccessMask.ControlAccess, Id = DirectoryIds.ChangePassword },
        DirectoryRight.UnexpirePassword => new() { Bit = AccessMask.ControlAccess, Id = DirectoryIds.UnexpirePassword },

        // Its property set is one of those that nobody can change, so that the schema need not be readable.
        DirectoryRight.WritePasswordLastSet => new()
        {
            Bit = AccessMask.WriteProperty,
            Id = schema.PasswordLastSet?.Id ?? DirectoryIds.PasswordLastSet,
            PropertySet = schema.PasswordLastSet is SchemaAttribute read ? read.PropertySet : DirectoryIds.AccountRestrictions,
        },
        _ => new()
        {
            Bit = AccessMask.WriteProperty,
            Id = schema.LockoutTime?.Id ?? DirectoryIds.LockoutTime,
            PropertySet = schema.LockoutTime?.PropertySet,
            PropertySetKnown = schema.LockoutTime is not null,
        },
    };
}
