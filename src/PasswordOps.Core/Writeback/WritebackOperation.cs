namespace PasswordOps.Core.Writeback;

/// <summary>What was asked of a sync server.</summary>
public enum WritebackOperation
{
    /// <summary>Nothing of a user: the service itself had trouble.</summary>
    Service,

    /// <summary>Something with a user's password; the log does not hold what.</summary>
    Unknown,

    /// <summary>A user reset the own password.</summary>
    Reset,

    /// <summary>A user changed the own password.</summary>
    Change,

    /// <summary>An administrator reset a user's password.</summary>
    AdminReset,
}
