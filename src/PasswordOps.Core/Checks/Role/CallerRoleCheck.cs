using System.Collections.Generic;
using PasswordOps.Core.Access;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Role;

/// <summary>Can the caller mend what the other checks find?</summary>
internal sealed class CallerRoleCheck : Check<OrganizationFacts>
{
    public CallerRoleCheck()
        : base("role.caller", "Microsoft Entra privileged-roles-permissions, 'Who can reset passwords' (2024-10-15)")
    {
    }

    protected override Answer Decide(OrganizationFacts facts)
    {
        Reading<Standing> standing = facts.Caller.Standing;
        if (!standing.IsKnown)
        {
            return Answer.Unreadable(standing, Text.Of($"The caller's directory roles"));
        }

        IReadOnlyList<string> roles = AccessRules.ActingRoles(standing.Value);
        string who = facts.Caller.IsAppOnly ? Text.Of($"The application {facts.Caller.Account}") : facts.Caller.Account;
        string evidence = $"{standing.Value.Roles.Count} active directory roles";
        if (roles.Count == 0 && facts.Caller.IsAppOnly)
        {
            return new Answer(
                Verdict.Warn,
                Text.Of($"{who} holds no directory role: it cannot reset passwords. Contact data of users without a role it may write "
                + $"by its permissions alone."),
                evidence,
                standing.At,
                Text.Of($"Assign User Administrator, or Privileged Authentication Administrator for administrators too, "
                + $"to the application's service principal."));
        }

        IReadOnlyList<string> eligible = AccessRules.EligibleActingRoles(standing.Value);
        return roles.Count > 0
            ? new Answer(Verdict.Pass, Text.Of($"{who} holds {string.Join(", ", roles)}."), evidence, standing.At)
            : eligible.Count > 0
            ? new Answer(
                Verdict.Warn,
                Text.Of($"{who} is eligible for {string.Join(", ", eligible)} and has activated none of them: until then it can "
                    + $"look, not mend."),
                evidence,
                standing.At,
                Text.Of($"Activate {eligible[0]} in Privileged Identity Management."))
            : new Answer(
                Verdict.Warn,
                Text.Of($"{who} holds no directory role that resets passwords or writes contact data: it can look, not mend."),
                evidence,
                standing.At,
                Text.Of($"Activate or assign Authentication Administrator for contact data and for resets of users "
                + $"and of most lesser administrators."));
    }
}
