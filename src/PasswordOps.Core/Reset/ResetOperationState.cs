using System;

namespace PasswordOps.Core.Reset;

/// <summary>State of a reset that the service carries out.</summary>
/// <param name="Status">notStarted, running, succeeded or failed; an unknown word counts as running.</param>
/// <param name="Detail">The service's free text about a failure: to be shown, never decided by.</param>
/// <param name="RetryAfter">How long the service asked to wait before the next look; null when it did not say.</param>
public sealed record ResetOperationState(string Status, string? Detail, TimeSpan? RetryAfter)
{
    /// <summary>True when the password was changed.</summary>
    public bool Succeeded => string.Equals(Status, "succeeded", StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the password was not changed.</summary>
    public bool Failed => string.Equals(Status, "failed", StringComparison.OrdinalIgnoreCase);
}
