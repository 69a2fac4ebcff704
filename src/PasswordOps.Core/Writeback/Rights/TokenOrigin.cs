namespace PasswordOps.Core.Writeback.Rights;

/// <summary>How an account came by an identity.</summary>
public enum TokenOrigin
{
    /// <summary>Its own objectSid.</summary>
    Account,

    /// <summary>sIDHistory: an identity it had in another domain.</summary>
    History,

    /// <summary>Its primary group.</summary>
    PrimaryGroup,

    /// <summary>A group, directly or through others.</summary>
    Group,

    /// <summary>Every signed-in caller has it.</summary>
    WellKnown,

    /// <summary>A group that a well-known identity is a member of.</summary>
    GroupOfWellKnown,
}
