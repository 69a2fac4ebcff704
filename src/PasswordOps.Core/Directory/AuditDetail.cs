namespace PasswordOps.Core.Directory;

/// <summary>A further fact that the audit log gives of an act, for example <c>OnPremisesAgent</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; null when it is empty.</param>
public sealed record AuditDetail(string Name, string? Value);
