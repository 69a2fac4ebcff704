using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Report;

/// <summary>A row of the table of people.</summary>
/// <param name="Name">Display name.</param>
/// <param name="UserPrincipalName">User principal name, or object id where there is none.</param>
/// <param name="Department">Department; null where there is none.</param>
/// <param name="IsAdmin">Whether an administrator role is held; null when unknown.</param>
/// <param name="IsSynced">Whether the account comes from Active Directory; null when unknown.</param>
/// <param name="IsEnabled">Whether the policy lets the person reset; null when unknown.</param>
/// <param name="IsRegistered">Whether enough methods are registered; null when unknown.</param>
/// <param name="IsCapable">Whether both; null when unknown.</param>
/// <param name="Methods">Registered methods.</param>
/// <param name="Verdict">Can the person reset now?</param>
/// <param name="Reason">Why, in one line.</param>
/// <param name="NextStep">What to do; null when there is nothing.</param>
public sealed record ReportPerson(
    string Name, string UserPrincipalName, string? Department, bool? IsAdmin, bool? IsSynced, bool? IsEnabled, bool? IsRegistered,
    bool? IsCapable, string Methods, Verdict Verdict, string Reason, string? NextStep)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(ReportPerson);
}
