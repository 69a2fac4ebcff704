namespace PasswordOps.Core.Directory;

/// <summary>How one write ended.</summary>
/// <param name="Error">Null when the service took the write; else why not. Its <see cref="PasswordOpsException.MayHaveHappened"/> is true
/// when the write was sent and no answer tells its outcome.</param>
/// <param name="RequestId">The service's request id; null when there was no answer.</param>
/// <param name="Attempts">How often it was sent; more than one after the service refused for load, which proves that nothing had
/// happened.</param>
public sealed record WriteOutcome(PasswordOpsException? Error, string? RequestId, int Attempts)
{
    /// <summary>True when the service confirmed the write.</summary>
    public bool Succeeded => Error is null;
}
