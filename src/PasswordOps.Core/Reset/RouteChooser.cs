using System;
using System.Linq;
using PasswordOps.Core.Access;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Reset;

/// <summary>
/// Chooses the way to a user's password by its source of authority, and by what the caller's token and roles can do. Whether the caller
/// may take it, the checks say.
/// </summary>
internal static class RouteChooser
{
    public static RouteChoice Choose(ResetFacts facts)
    {
        if (!facts.Source.IsHere)
        {
            return RouteChoice.None(null);
        }

        bool synced = facts.Source.Authority == SourceOfAuthority.ActiveDirectory;
        return facts.Via == ResetVia.ActiveDirectory ? OnDomainController(facts, synced)
            : synced ? ByWriteback(facts)
            : InCloud(facts);
    }

    private static RouteChoice OnDomainController(ResetFacts facts, bool synced)
    {
        DirectoryUser user = facts.User.Value;
        if (!synced)
        {
            return RouteChoice.None(new PasswordOpsException(
                "NotInActiveDirectory", ErrorKind.InvalidOperation,
                Text.Of($"{user.Name} is mastered in this tenant: no domain controller holds the password."), Text.Of($"Leave -Via out.")));
        }

        return facts.ForceChange == ForceChange.YesWithMfa
            ? RouteChoice.None(Fixed(user, Text.Of($"Active Directory knows no change after multifactor authentication")))
            : new RouteChoice(
                ResetRoute.ActiveDirectory,
                Text.Of($"a reset on a domain controller of {user.OnPremisesDomainName ?? Text.Of($"the domain")} (LDAP)"), null);
    }

    private static RouteChoice ByWriteback(ResetFacts facts)
    {
        DirectoryUser user = facts.User.Value;
        if (facts.Caller.IsAppOnly)
        {
            // No role and no permission mends this.
            return RouteChoice.None(new PasswordOpsException(
                "AppOnlyCannotWriteBack", ErrorKind.InvalidOperation,
                Text.Of($"{user.Name} is mastered in Active Directory, and the service lets only a signed-in person reset such a password: "
                + $"an application by itself cannot. A cloud-only change would leave Active Directory with the old password."),
                Text.Of($"Connect as a person with -Interactive or -DeviceCode, or reset on a domain controller with -Via "
                    + $"ActiveDirectory.")));
        }

        if (LacksAction(facts.Caller))
        {
            return RouteChoice.None(new PasswordOpsException(
                "CloudLacksReset", ErrorKind.InvalidOperation,
                Text.Of($"{user.Name}: {facts.Caller.Cloud.Title} does not offer the resetPassword action."),
                Text.Of($"Reset on a domain controller with -Via ActiveDirectory, or in the admin center of that cloud.")));
        }

        return facts.ForceChange is ForceChange.No or ForceChange.YesWithMfa
            ? RouteChoice.None(Fixed(user, Text.Of($"the resetPassword action always asks for a change at the next sign-in")))
            : new RouteChoice(
                ResetRoute.ResetPasswordAction,
                Text.Of($"writeback to {user.OnPremisesDomainName ?? "Active Directory"} (resetPassword action)"),
                null);
    }

    private static RouteChoice InCloud(ResetFacts facts)
    {
        RouteChoice profile = new(ResetRoute.PasswordProfile, Text.Of($"the password profile in Microsoft Entra ID"), null);
        ConnectionContext caller = facts.Caller;
        DirectoryUser user = facts.User.Value;
        if (caller.IsAppOnly || LacksAction(caller) || facts.ForceChange is ForceChange.No or ForceChange.YesWithMfa
            || !facts.Source.TakesResetAction)
        {
            // The action knows no application, no choice about the change at next sign-in, and no consumer account.
            return profile;
        }

        bool noPatch = CallerRights.MissingPermission(caller, GraphOperation.Named("password.set")) is not null;
        bool noAction = CallerRights.MissingPermission(caller, GraphOperation.Named("password.reset")) is not null;

        // Helpdesk and Password Administrators: the documents allow them the reset and leave them out of the table for changing the
        // password profile. The roles count by what they reach: another one over some administrative unit changes nothing here.
        bool mayPatch = !caller.Standing.IsKnown || !facts.Standing.IsKnown
            || AccessRules.CanSetPassword(
                caller.Standing.Value, facts.Standing.Value, user.IsManagementRestricted,
                CallerRights.KindOf(caller)).Verdict == Verdict.Pass;
        return !noAction && (noPatch || !mayPatch)
            ? new RouteChoice(ResetRoute.ResetPasswordAction, Text.Of($"the resetPassword action in Microsoft Entra ID"), null)
            : profile;
    }

    private static bool LacksAction(ConnectionContext caller) =>
        caller.Cloud.Lacks.Any(lack => lack.StartsWith("resetPassword", StringComparison.OrdinalIgnoreCase));

    private static PasswordOpsException Fixed(DirectoryUser user, string why) => new(
        "ForceChangeFixed", ErrorKind.InvalidOperation, Text.Of($"{user.Name}: {why}; another wish cannot be had on this route."),
        Text.Of($"Leave -ForceChange out."));
}
