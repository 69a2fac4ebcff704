using System;
using System.Collections.Generic;
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
        ActorKind kind = CallerRights.KindOf(facts.Caller);
        AccessAnswer answer = CallerRights.MissingPermission(facts.Caller, GraphOperation.Named("password.reset")) is null
            ? AccessRules.CanResetPassword(own.Value, facts.Standing.Value, restricted, kind)
            : AccessRules.CanSetPassword(own.Value, facts.Standing.Value, restricted, kind);
        return new Answer(
            answer.Verdict, answer.Reason, $"caller: {Roles(own.Value)}; target: {Roles(facts.Standing.Value)}", facts.Standing.At,
            answer.Fix);
    }

    private static string Roles(Standing standing)
    {
        List<string> words = standing.Roles.Select(RoleCatalog.NameOf).Distinct().ToList();
        if (words.Count == 0)
        {
            words.Add("no role");
        }

        IEnumerable<string> eligible = (standing.EligibleRoles ?? Array.Empty<HeldRole>()).Select(RoleCatalog.NameOf).Distinct();
        words.AddRange(eligible.Select(name => name + " (eligible, not activated)"));
        if (standing.RoleAssignableGroups.Count > 0)
        {
            words.Add("in role-assignable groups");
        }

        return string.Join(", ", words);
    }
}
