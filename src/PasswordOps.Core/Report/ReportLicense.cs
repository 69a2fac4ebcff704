namespace PasswordOps.Core.Report;

/// <summary>A subscription of the tenant that counts for password reset.</summary>
/// <param name="Name">Name of the product.</param>
/// <param name="Enabled">Licences that can be assigned.</param>
/// <param name="Assigned">Licences that are assigned.</param>
/// <param name="Writeback">Whether it includes password writeback.</param>
public sealed record ReportLicense(string Name, int Enabled, int Assigned, bool Writeback);
