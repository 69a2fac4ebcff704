namespace PasswordOps.Core.Reset;

/// <summary>How a reset ended.</summary>
public enum ResetStatus
{
    /// <summary>The service confirmed the new password.</summary>
    Succeeded,

    /// <summary>The service refused it, or carried it out without success: the old password stays.</summary>
    Failed,

    /// <summary>It was sent and nobody can tell yet; the result says how to find out.</summary>
    Unknown,
}
