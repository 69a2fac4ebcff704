using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Access;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Role;

/// <summary>Does the user policy or the administrator policy answer this user?</summary>
internal sealed class AdministratorCheck : Check<UserFacts>
{
    public AdministratorCheck()
        : base("role.administrator", "Microsoft Entra concept-sspr-policy, administrator reset policy differences (2025-05-15)")
    {
    }

    protected override Answer Decide(UserFacts facts)
    {
        if (!facts.Standing.IsKnown)
        {
            if (facts.Registration.IsKnown && facts.Registration.Value.IsAdmin == false)
            {
                return new Answer(
                    Verdict.Pass, Text.Of($"The user policy answers this user: the registration report knows no role."), "isAdmin false",
                    facts.Registration.At);
            }

            return Answer.Unreadable(facts.Standing, Text.Of($"The user's directory roles"));
        }

        IReadOnlyList<HeldRole> roles = facts.Standing.Value.Roles;
        string evidence = roles.Count == 0 ? "no active directory role" : string.Join(", ", roles.Select(RoleCatalog.NameOf).Distinct());
        string[] under = roles.Where(role => RoleCatalog.IsUnderAdministratorPolicy(role) == true)
            .Select(RoleCatalog.NameOf).Distinct().ToArray();
        if (under.Length > 0)
        {
            Verdict verdict = facts.Tenant.AdministratorSspr.IsKnown && facts.Tenant.AdministratorSspr.Value == false
                ? Verdict.Fail
                : Verdict.Warn;
            return verdict == Verdict.Fail
                ? new Answer(
                    verdict,
                    Text.Of($"The administrator policy answers this user ({string.Join(", ", under)}), and administrators may not use "
                    + $"self-service password reset here."),
                    evidence,
                    facts.Standing.At,
                    Text.Of($"Set allowedToUseSSPR to true in the authorization policy (effective in up to 60 minutes), "
                    + $"or reset this user as another administrator."))
                : new Answer(
                    verdict,
                    Text.Of($"The administrator policy answers this user ({string.Join(", ", under)}), not the user policy: "
                    + $"a test with this account says nothing of other users."),
                    evidence,
                    facts.Standing.At,
                    Text.Of($"Test the user policy with an ordinary user."));
        }

        HeldRole? unlisted = roles.FirstOrDefault(role => RoleCatalog.IsUnderAdministratorPolicy(role) is null);
        return unlisted is not null
            ? new Answer(
                Verdict.Unknown,
                Text.Of($"Whether {RoleCatalog.NameOf(unlisted)} falls under the administrator policy is not in the list that this version "
                    + $"knows."),
                evidence,
                facts.Standing.At,
                Text.Of($"Look the role up in Microsoft's list of roles under the administrator reset policy."))
            : new Answer(
                Verdict.Pass,
                Text.Of($"The user policy answers this user: no role under the administrator policy."), evidence, facts.Standing.At);
    }
}
