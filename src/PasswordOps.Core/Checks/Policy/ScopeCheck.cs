using System.Globalization;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Policy;

/// <summary>For how many users is self-service password reset switched on?</summary>
internal sealed class ScopeCheck : Check<WholeTenantFacts>
{
    public ScopeCheck()
        : base("policy.scope", "Microsoft Graph usersRegisteredByFeature; the SSPR policy itself has no Graph resource")
    {
    }

    protected override Answer Decide(WholeTenantFacts facts)
    {
        if (!facts.Totals.IsKnown)
        {
            return Answer.Unreadable(facts.Totals, Text.Of($"How many users are in the scope"));
        }

        RegistrationTotals totals = facts.Totals.Value;
        string evidence = string.Format(
            CultureInfo.InvariantCulture, "{0} members in the report: {1} enabled, {2} registered, {3} capable",
            Word(totals.Users), Word(totals.Enabled), Word(totals.Registered), Word(totals.Capable));
        if (totals.Enabled is not int enabled || totals.Users is not int users)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"The registration report does not count the users in the scope."), evidence, facts.Totals.At,
                Text.Of($"Ask again later, or count with Get-SsprRegistration -All."));
        }

        return (enabled, users) switch
        {
            (_, 0) => new Answer(
                Verdict.NotApplicable, Text.Of($"The registration report has no users."), evidence, facts.Totals.At),
            (0, _) => new Answer(
                Verdict.Fail, Text.Of($"Self-service password reset is switched on for nobody."), evidence, facts.Totals.At,
                Text.Of($"In the Entra admin center, Password reset > Properties: choose All, or Selected and a group. ")
                + Text.Of($"The report follows in a few hours.")),
            _ when enabled < users => new Answer(
                Verdict.Warn,
                Text.Of($"Self-service password reset is switched on for {enabled} of {users} members. ")
                + Text.Of($"Which group is selected no API shows."),
                evidence, facts.Totals.At,
                Text.Of($"Look at Password reset > Properties in the Entra admin center; Get-SsprRegistration -All names those outside.")),
            _ => new Answer(
                Verdict.Pass,
                Text.Of($"Self-service password reset is switched on for all {users} members of the report. ")
                + Text.Of($"No API shows the setting itself."),
                evidence, facts.Totals.At),
        };
    }

    private static string Word(int? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "not told";
}
