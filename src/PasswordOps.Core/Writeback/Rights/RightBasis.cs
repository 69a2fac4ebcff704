namespace PasswordOps.Core.Writeback.Rights;

/// <summary>What an answer rests on.</summary>
public enum RightBasis
{
    /// <summary>The descriptors of users that were read.</summary>
    Users,

    /// <summary>The descriptor of the container, and what a new user in it would get from it.</summary>
    NewUser,

    /// <summary>The descriptor of the object itself.</summary>
    Object,
}
