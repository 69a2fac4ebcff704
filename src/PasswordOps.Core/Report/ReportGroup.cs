namespace PasswordOps.Core.Report;

/// <summary>A department.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Users">People of it in the registration report.</param>
/// <param name="Enabled">Those whom the policy lets reset.</param>
/// <param name="Registered">Those who registered enough methods.</param>
/// <param name="Capable">Those who are both.</param>
public sealed record ReportGroup(string Name, int Users, int Enabled, int Registered, int Capable);
