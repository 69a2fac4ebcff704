using System;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Role;

/// <summary>Could somebody still get in when everything else fails? Which accounts are kept for that no API tells.</summary>
internal sealed class EmergencyAccountsCheck : Check<WholeTenantFacts>
{
    private const int Advised = 2;

    public EmergencyAccountsCheck()
        : base("role.emergency", "Microsoft Entra, manage emergency access accounts")
    {
    }

    protected override Answer Decide(WholeTenantFacts facts)
    {
        if (!facts.GlobalAdministrators.IsKnown)
        {
            return Answer.Unreadable(facts.GlobalAdministrators, Text.Of($"Who holds Global Administrator"));
        }

        DirectoryUser[] all = facts.GlobalAdministrators.Value.ToArray();
        DirectoryUser[] own = all
            .Where(user => user is { AccountEnabled: true, OnPremisesSyncEnabled: not true, IsGuest: false }).ToArray();
        int initial = own.Count(user =>
            user.UserPrincipalName.IndexOf(".onmicrosoft.", StringComparison.OrdinalIgnoreCase) >= 0);
        string evidence =
            $"{all.Length} Global Administrators, {own.Length} of the cloud only and enabled, {initial} under .onmicrosoft.com";
        return own.Length >= Advised
            ? new Answer(
                Verdict.Pass,
                Text.Of($"{own.Length} Global Administrators live in the cloud only. Which of them are kept for emergencies no API tells; ")
                + Text.Of($"the administrator policy answers them too."),
                evidence, facts.GlobalAdministrators.At)
            : new Answer(
                Verdict.Warn,
                (own.Length == 1
                    ? Text.Of($"Only one enabled Global Administrator lives in the cloud only, and two are advised: ")
                    : Text.Of($"No enabled Global Administrator lives in the cloud only, and two are advised: "))
                + Text.Of($"without them a fault of sync, federation or one phone locks everybody out."),
                evidence, facts.GlobalAdministrators.At,
                Text.Of($"Keep two cloud-only accounts with Global Administrator for emergencies, and test their sign-in."));
    }
}
