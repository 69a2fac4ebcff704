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
        Reading<Standing> own = facts.Caller.Standing;
        if (!own.IsKnown)
        {
            return Answer.Unreadable(own, "The caller's directory roles");
        }

        if (!facts.Standing.IsKnown)
        {
            return Answer.Unreadable(facts.Standing, "The user's directory roles");
        }

        // Who cannot take the resetPassword action, as no application can, is left with the profile, and fewer roles may change that.
        bool? restricted = facts.User.Value.IsManagementRestricted;
        AccessAnswer answer = CallerRights.MissingPermission(facts.Caller, GraphOperation.Named("password.reset")) is null
            ? AccessRules.CanResetPassword(own.Value, facts.Standing.Value, restricted)
            : AccessRules.CanSetPassword(own.Value, facts.Standing.Value, restricted);
        return new Answer(
            answer.Verdict, answer.Reason, $"caller: {Roles(own.Value)}; target: {Roles(facts.Standing.Value)}", facts.Standing.At,
            answer.Fix);
    }

    private static string Roles(Standing standing)
    {
        string roles = standing.Roles.Count == 0 ? "no role" : string.Join(", ", standing.Roles.Select(RoleCatalog.NameOf).Distinct());
        return standing.RoleAssignableGroups.Count == 0 ? roles : roles + ", in role-assignable groups";
    }
}
