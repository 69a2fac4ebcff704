namespace PasswordOps.Core.Writeback;

/// <summary>How an operation ended, as far as the log tells.</summary>
public enum WritebackOutcome
{
    /// <summary>The log holds no result.</summary>
    NoResult,

    /// <summary>Active Directory took the password.</summary>
    Succeeded,

    /// <summary>It failed.</summary>
    Failed,
}
