using System;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Reset;

/// <summary>A reset that the service accepted and carries out by itself. Holds a password when the service made one.</summary>
public sealed class ResetOperation
{
    /// <summary>Where its state can be read, with the query string that leads to the right region.</summary>
    public required Uri Location { get; init; }

    /// <summary>How long the service asked to wait before the first look; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Password that the service made; null when the caller gave one.</summary>
    public Password? Generated { get; init; }

    /// <summary>The service's request id.</summary>
    public string? RequestId { get; init; }

    /// <summary>Nothing of the content.</summary>
    /// <returns>A fixed word.</returns>
    public override string ToString() => "reset operation";
}
