namespace PasswordOps.Core.Activity;

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    /// <summary>The log has its beginning and no end.</summary>
    Unknown,

    /// <summary>It succeeded.</summary>
    Succeeded,

    /// <summary>Active Directory has the new password; the cloud had it late or not at all. The log calls it a success.</summary>
    SucceededOnPremises,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>The service blocked the user for 24 hours.</summary>
    Blocked,

    /// <summary>The user left, cancelled, or turned to an administrator.</summary>
    Abandoned,

    /// <summary>It may still be going on, or its end has not arrived in the log yet.</summary>
    Open,
}
