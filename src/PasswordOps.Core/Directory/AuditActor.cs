namespace PasswordOps.Core.Directory;

/// <summary>Who did what the audit log tells of.</summary>
/// <param name="IsApplication">True for an application by itself, false for a person.</param>
/// <param name="Id">Object id of the person or service principal; null when the log leaves it out.</param>
/// <param name="Name">User principal name, or display name of the application; null when the log leaves it out.</param>
public sealed record AuditActor(bool IsApplication, string? Id, string? Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name ?? Id ?? string.Empty;
}
