namespace PasswordOps.Core.Bulk;

/// <summary>One field of one target before and after. Holds contact data: never log it.</summary>
/// <param name="Field">Name of the field.</param>
/// <param name="Action">What is done: Add, Replace or Remove.</param>
/// <param name="Before">Value before, in the service's form; null when there was none.</param>
/// <param name="After">Value after; null when it is taken away.</param>
public sealed record JournalChange(string Field, string Action, string? Before, string? After)
{
    /// <summary>False where the values could not be decrypted: they are then null and say nothing.</summary>
    public bool HasValues { get; init; } = true;

    /// <summary>Everything but the values.</summary>
    /// <returns>Action and field.</returns>
    public override string ToString() => $"{Action} {Field}";
}
