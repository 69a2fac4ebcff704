namespace PasswordOps.Core.Activity;

/// <summary>A part of the audit log that could not be read.</summary>
/// <param name="Service">Service whose rows are missing.</param>
/// <param name="Error">Why, and what to do.</param>
public sealed record ActivityGap(string Service, PasswordOpsException Error)
{
    /// <inheritdoc/>
    public override string ToString() => Service + ": " + Error.Id;
}
