namespace PasswordOps.Core.Report;

/// <summary>From all users to those who can reset their password.</summary>
/// <param name="Users">Users in the registration report.</param>
/// <param name="Enabled">Users whom the policy lets reset.</param>
/// <param name="Registered">Users who registered enough methods.</param>
/// <param name="Capable">Users who are both.</param>
/// <param name="Unknown">Users of the directory who are not in the registration report, blocked ones above all.</param>
public sealed record ReportFunnel(int Users, int Enabled, int Registered, int Capable, int Unknown);
