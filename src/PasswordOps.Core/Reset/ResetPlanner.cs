using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Access;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Reset;

/// <summary>Chooses the way in which a password is reset, or refuses with the reason. Pure.</summary>
internal static class ResetPlanner
{
    public static ResetPlan Refused(ResetRequest request, PasswordOpsException refusal) =>
        new() { Request = request, User = request.Identity.Value, Route = ResetRoute.None, Refusal = refusal };

    public static ResetPlan Plan(ResetRequest request, ResetFacts facts)
    {
        DirectoryUser user = facts.User.Value;
        UserSource source = facts.Source;
        CheckResult[] checks = CheckCatalog.Reset.Select(check => check.Run(facts, user.Name)).ToArray();
        ResetPlan plan = new()
        {
            Request = request,
            User = user.Name,
            Target = user,
            Route = ResetRoute.None,
            Checks = checks,
            TargetIsAdministrator = facts.Standing.IsKnown
                && (facts.Standing.Value.Roles.Count > 0 || facts.Standing.Value.RoleAssignableGroups.Count > 0),
        };

        PasswordOpsException? refusal = WritebackCheck(user, source, facts.Caller) ?? SelfCheck(user, source, facts.Caller)
            ?? RefusalOf(checks, user);
        if (refusal is not null)
        {
            return plan with { Refusal = refusal };
        }

        (ResetRoute route, PasswordOpsException? noRoute) = RouteOf(user, source, facts);
        refusal = noRoute ?? ForceChangeCheck(request, user, route);
        if (refusal is not null)
        {
            return plan with { Refusal = refusal };
        }

        ForceChange force = request.ForceChange ?? ForceChange.Yes;
        string how = force switch
        {
            ForceChange.No => "no change asked at next sign-in",
            ForceChange.YesWithMfa => "change at next sign-in after multifactor authentication",
            _ => "change at next sign-in",
        };
        string where = source.Authority == SourceOfAuthority.ActiveDirectory
            ? $", written back to {user.OnPremisesDomainName ?? "Active Directory"}"
            : string.Empty;
        return plan with { Route = route, ForceChange = force, Effect = $"Reset password ({how}){where}" };
    }

    private static PasswordOpsException? RefusalOf(IReadOnlyList<CheckResult> checks, DirectoryUser user)
    {
        CheckResult? failed = checks.FirstOrDefault(check => check.Verdict == Verdict.Fail);
        return failed is null
            ? null
            : failed.Id == "role.canReset"
                ? new PasswordOpsException("RoleMissing", ErrorKind.PermissionDenied, $"{user.Name}: {failed.Reason}", failed.Fix!)
                : new PasswordOpsException(
                    "PasswordMasteredElsewhere", ErrorKind.InvalidOperation, $"{user.Name} cannot be reset here: {failed.Reason}",
                    failed.Fix!);
    }

    private static PasswordOpsException? SelfCheck(DirectoryUser user, UserSource source, ConnectionContext caller) =>
        !caller.IsAppOnly && string.Equals(caller.AccountObjectId, user.Id, StringComparison.OrdinalIgnoreCase)
            ? new PasswordOpsException(
                "CannotResetSelf", ErrorKind.InvalidOperation,
                $"{user.Name} is the account that is signed in: an administrator's reset cannot target its own account.",
                source.Authority == SourceOfAuthority.ActiveDirectory
                    ? "Change the password with Ctrl+Alt+Del on a domain computer, or at aka.ms/sspr."
                    : "Change the password at mysignins.microsoft.com/security-info, or at aka.ms/sspr.")
            : null;

    // No role mends this, so it comes before the question of roles.
    private static PasswordOpsException? WritebackCheck(DirectoryUser user, UserSource source, ConnectionContext caller) =>
        source.Authority == SourceOfAuthority.ActiveDirectory && caller.IsAppOnly
            ? new PasswordOpsException(
                "AppOnlyCannotWriteBack",
                ErrorKind.InvalidOperation,
                $"{user.Name} is mastered in Active Directory, and the service lets only a signed-in person reset such a password: "
                + "an application by itself cannot. A cloud-only change would leave Active Directory with the old password.",
                "Connect as a person with -Interactive or -DeviceCode, or change the password in Active Directory.")
            : null;

    private static (ResetRoute Route, PasswordOpsException? Refusal) RouteOf(DirectoryUser user, UserSource source, ResetFacts facts)
    {
        ConnectionContext caller = facts.Caller;
        PasswordOpsException? noPatch = CallerRights.MissingPermission(caller, GraphOperation.Named("password.set"));
        PasswordOpsException? noAction = CallerRights.MissingPermission(caller, GraphOperation.Named("password.reset"));
        if (caller.Cloud.Lacks.Any(lack => lack.StartsWith("resetPassword", StringComparison.OrdinalIgnoreCase)))
        {
            noAction = new PasswordOpsException(
                "CloudLacksReset", ErrorKind.InvalidOperation,
                $"{user.Name}: {caller.Cloud.Title} does not offer the resetPassword action.",
                "Change the password in Active Directory, or in the admin center of that cloud.");
        }

        if (source.Authority == SourceOfAuthority.ActiveDirectory)
        {
            return noAction is null ? (ResetRoute.ResetPasswordAction, null) : (ResetRoute.None, noAction);
        }

        // Helpdesk and Password Administrators: the documents allow them the reset and leave them out of the table for changing the
        // password profile. The roles count by what they reach: another one over some administrative unit changes nothing here.
        bool mayPatch = !caller.Standing.IsKnown || !facts.Standing.IsKnown
            || AccessRules.CanSetPassword(caller.Standing.Value, facts.Standing.Value, user.IsManagementRestricted).Verdict == Verdict.Pass;
        if (noAction is null && (noPatch is not null || !mayPatch))
        {
            return (ResetRoute.ResetPasswordAction, null);
        }

        return noPatch is null ? (ResetRoute.PasswordProfile, null) : (ResetRoute.None, noPatch);
    }

    private static PasswordOpsException? ForceChangeCheck(ResetRequest request, DirectoryUser user, ResetRoute route) =>
        route == ResetRoute.ResetPasswordAction && request.ForceChange is ForceChange.No or ForceChange.YesWithMfa
            ? new PasswordOpsException(
                "ForceChangeFixed",
                ErrorKind.InvalidOperation,
                $"{user.Name}: the resetPassword action always asks for a change at the next sign-in; "
                + $"{(request.ForceChange == ForceChange.No ? "'No'" : "'YesWithMfa'")} cannot be had on this route.",
                "Leave -ForceChange out.")
            : null;
}
