using System.Linq;
using PasswordOps.Core.Access;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Reset;

namespace PasswordOps.Core.Checks.Role;

/// <summary>May the caller reset this user?</summary>
internal sealed class CanResetCheck : Check<ResetFacts>
{
    public CanResetCheck()
        : base("role.canReset", "Microsoft Entra privileged-roles-permissions, 'Who can reset passwords' (2024-10-15)")
    {
    }

    protected override Answer Decide(ResetFacts facts)
    {
        if (facts.Via == ResetVia.ActiveDirectory)
        {
            return new Answer(
                Verdict.NotApplicable,
                Text.Of($"On a domain controller the rights of the domain account decide, not the roles of the tenant."),
                "-Via ActiveDirectory", facts.User.At);
        }

        Reading<Standing> own = facts.Caller.Standing;
        if (!own.IsKnown)
        {
            return Answer.Unreadable(own, Text.Of($"The caller's directory roles"));
        }

        if (!facts.Standing.IsKnown)
        {
            return Answer.Unreadable(facts.Standing, Text.Of($"The user's directory roles"));
        }

        // Fewer roles may change the password profile, which is all that an application can.
        ActorKind kind = CallerRights.KindOf(facts.Caller);
        bool? restricted = facts.User.Value.IsManagementRestricted;
        AccessAnswer answer = facts.Route.Route == ResetRoute.PasswordProfile || facts.Caller.IsAppOnly
            ? AccessRules.CanSetPassword(own.Value, facts.Standing.Value, restricted, kind)
            : AccessRules.CanResetPassword(own.Value, facts.Standing.Value, restricted, kind);
        return new Answer(
            answer.Verdict, answer.Reason, $"caller: {Roles(own.Value)}; target: {Roles(facts.Standing.Value)}", facts.Standing.At,
            answer.Fix)
        {
            Missing = answer.Verdict == Verdict.Fail
                ? (answer.EligibleRoles.Count > 0 ? answer.EligibleRoles : answer.RolesThatWould)
                    .Take(1).Select(role =>
                        "directory role " + role
                            + (answer.EligibleRoles.Count > 0 ? " (eligible: activate it)"
                                : answer.Rule == AccessRule.RestrictedUnit ? " over the restricted administrative unit"
                                : string.Empty))
                    .ToArray()
                : System.Array.Empty<string>(),
        };
    }

    private static string Roles(Standing standing)
    {
        string roles = standing.Roles.Count == 0 ? "no role" : string.Join(", ", standing.Roles.Select(RoleCatalog.NameOf).Distinct());
        return standing.RoleAssignableGroups.Count == 0 ? roles : roles + ", in role-assignable groups";
    }
}
