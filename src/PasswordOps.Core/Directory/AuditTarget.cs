namespace PasswordOps.Core.Directory;

/// <summary>What an act was done to.</summary>
/// <param name="Type">For example <c>User</c>; null when the log leaves it out.</param>
/// <param name="Id">Object id; null when the log leaves it out.</param>
/// <param name="Name">User principal name, or display name of what is no user; null when the log leaves it out.</param>
public sealed record AuditTarget(string? Type, string? Id, string? Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name ?? Id ?? string.Empty;
}
