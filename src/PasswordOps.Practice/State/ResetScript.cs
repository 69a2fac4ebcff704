namespace PasswordOps.Practice.State;

/// <summary>How the resets of one user go, where a rehearsal wants more than that they succeed.</summary>
internal sealed record ResetScript(ResetEnding Ending)
{
    /// <summary>The endings by the names that files and controls use.</summary>
    internal static readonly string[] Outcomes = ["succeeded", "failed", "onPremisesOnly", "never", "silent"];

    /// <summary>What a failure says of itself.</summary>
    public string? Detail { get; init; }

    /// <summary>How long it takes; null as long as the tenant's resets take.</summary>
    public double? Seconds { get; init; }

    /// <summary>A reset that reached Active Directory only calls itself failed. No document says; the audit log says success.</summary>
    public bool HalfDoneIsFailure { get; init; }
}

internal enum ResetEnding
{
    Succeeded,
    Failed,

    /// <summary>Active Directory has the password, the cloud has not.</summary>
    OnPremisesOnly,

    /// <summary>Nothing is written and the operation runs for ever.</summary>
    Never,

    /// <summary>The password is written, and the operation runs for ever all the same.</summary>
    Silent,
}
