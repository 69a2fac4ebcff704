namespace PasswordOps.Core.Directory;

/// <summary>How an act ended, as the audit log has it.</summary>
public enum AuditResult
{
    /// <summary>The log does not say, or in a word that is not known.</summary>
    Unknown,

    /// <summary>It succeeded.</summary>
    Success,

    /// <summary>It failed.</summary>
    Failure,

    /// <summary>It did not end in time.</summary>
    Timeout,
}
