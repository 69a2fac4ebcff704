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
    private const string RightsDocument = "Microsoft Entra privileged-roles-permissions, 'Who can reset passwords' (2024-10-15)";
    private const string AccountsDocument = "users-reset-password-azure-portal (2025-04-02); external-id user-properties (2024-01-04)";

    public static ResetPlan Refused(ResetRequest request, PasswordOpsException refusal) =>
        new() { Request = request, User = request.Identity.Value, Route = ResetRoute.None, Refusal = refusal };

    public static ResetPlan Plan(
        ResetRequest request, ConnectionContext caller, Reading<DirectoryUser> reading, Reading<Standing> standing, Reading<Organization> organization,
        Reading<IReadOnlyList<Domain>> domains, DateTimeOffset now)
    {
        DirectoryUser user = reading.Value;
        UserSource source = UserSource.Of(
            user, organization.IsKnown ? organization.Value.VerifiedDomains.Select(domain => domain.Name).ToArray()
            : domains.IsKnown ? domains.Value.Select(domain => domain.Name).ToArray() : Array.Empty<string>());
        List<CheckResult> checks = new();
        ResetPlan plan = new()
        {
            Request = request,
            User = user.Name,
            Target = user,
            Route = ResetRoute.None,
            TargetIsAdministrator = standing.IsKnown && (standing.Value.Roles.Count > 0 || standing.Value.RoleAssignableGroups.Count > 0),
        };

        // What makes a reset impossible wherever it is tried comes first, then what this caller lacks.
        PasswordOpsException? refusal = SourceCheck(user, source, domains, reading.At, checks)
            ?? SelfCheck(user, source, caller)
            ?? RoleCheck(user, caller, standing, now, checks);
        if (refusal is not null)
        {
            return plan with { Refusal = refusal, Checks = checks };
        }

        (ResetRoute route, PasswordOpsException? noRoute) = RouteOf(user, source, caller);
        refusal = noRoute ?? ForceChangeCheck(request, user, route);
        if (refusal is not null)
        {
            return plan with { Refusal = refusal, Checks = checks };
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
        return plan with { Route = route, ForceChange = force, Checks = checks, Effect = $"Reset password ({how}){where}" };
    }

    private static PasswordOpsException? SourceCheck(
        DirectoryUser user, UserSource source, Reading<IReadOnlyList<Domain>> domains, DateTimeOffset at, List<CheckResult> checks)
    {
        string? elsewhere = source.Authority switch
        {
            SourceOfAuthority.OtherTenant => "the account lives in another Microsoft Entra tenant",
            SourceOfAuthority.MicrosoftAccount => "the account is a personal Microsoft account",
            SourceOfAuthority.OtherProvider => $"the account signs in at {source.Provider}",
            _ => null,
        };
        if (elsewhere is not null)
        {
            string advice = source.Authority switch
            {
                SourceOfAuthority.OtherTenant => "Ask the user to reset the password in the home organisation.",
                SourceOfAuthority.MicrosoftAccount => "Ask the user to recover the Microsoft account at account.live.com/password/reset.",
                _ => "Ask the user to recover the account at that provider.",
            };
            checks.Add(Check("source.authority", Verdict.Fail, elsewhere, source.Evidence, at, AccountsDocument, user.Name, advice));
            return new PasswordOpsException(
                "PasswordMasteredElsewhere", ErrorKind.InvalidOperation, $"{user.Name} cannot be reset here: {elsewhere}.", advice);
        }

        if (source.Authority == SourceOfAuthority.Cloud)
        {
            checks.Add(Check("source.authority", Verdict.Pass, "The password is mastered in this tenant.", source.Evidence, at, AccountsDocument, user.Name, null));
            return null;
        }

        string suffix = user.UserPrincipalName.Split('@').Last();
        bool? federated = domains.IsKnown
            ? domains.Value.Any(domain => domain.IsFederated && string.Equals(domain.Name, suffix, StringComparison.OrdinalIgnoreCase))
            : null;
        checks.Add(federated switch
        {
            true => Check(
                "source.authority", Verdict.Warn,
                $"Mastered in Active Directory, and {suffix} is federated. The documents conflict: the page on resetting as an administrator asks for a managed "
                + "domain, the pages on writeback list federated users as served.",
                source.Evidence, at, AccountsDocument, user.Name, "If it fails, change the password in Active Directory."),
            false => Check("source.authority", Verdict.Pass, "Mastered in Active Directory: reset with writeback.", source.Evidence, at, AccountsDocument, user.Name, null),
            null => Check(
                "source.authority", Verdict.Unknown, "Mastered in Active Directory; whether the domain is federated could not be read.", source.Evidence, at, AccountsDocument,
                user.Name, domains.Error!.Advice),
        });
        return null;
    }

    private static PasswordOpsException? SelfCheck(DirectoryUser user, UserSource source, ConnectionContext caller) =>
        !caller.IsAppOnly && string.Equals(caller.AccountObjectId, user.Id, StringComparison.OrdinalIgnoreCase)
            ? new PasswordOpsException(
                "CannotResetSelf", ErrorKind.InvalidOperation, $"{user.Name} is the account that is signed in: an administrator's reset cannot target its own account.",
                source.Authority == SourceOfAuthority.ActiveDirectory
                    ? "Change the password with Ctrl+Alt+Del on a domain computer, or at aka.ms/sspr."
                    : "Change the password at mysignins.microsoft.com/security-info, or at aka.ms/sspr.")
            : null;

    private static PasswordOpsException? RoleCheck(
        DirectoryUser user, ConnectionContext caller, Reading<Standing> target, DateTimeOffset now, List<CheckResult> checks)
    {
        Reading<Standing> own = caller.Standing;
        if (!own.IsKnown || !target.IsKnown)
        {
            PasswordOpsException error = (own.Error ?? target.Error)!;
            checks.Add(Check(
                "role.canReset", Verdict.Unknown, $"Whether the caller may reset this user could not be found out: {error.Message}", "roles not readable", now,
                RightsDocument, user.Name, error.Advice));
            return null;
        }

        AccessAnswer answer = AccessRules.CanResetPassword(own.Value, target.Value, user.IsManagementRestricted);
        string evidence = $"caller: {Roles(own.Value)}; target: {Roles(target.Value)}";
        checks.Add(Check("role.canReset", answer.Verdict, answer.Reason, evidence, target.At, RightsDocument, user.Name, answer.Fix));
        return answer.MayTry
            ? null
            : new PasswordOpsException(
                "RoleMissing", ErrorKind.PermissionDenied, $"{user.Name}: {answer.Reason}", answer.Fix ?? "Ask an administrator with one of those roles.");
    }

    private static (ResetRoute Route, PasswordOpsException? Refusal) RouteOf(DirectoryUser user, UserSource source, ConnectionContext caller)
    {
        PasswordOpsException? noPatch = CallerRights.MissingPermission(caller, GraphOperation.Named("password.set"));
        PasswordOpsException? noAction = CallerRights.MissingPermission(caller, GraphOperation.Named("password.reset"));
        if (caller.Cloud.Lacks.Any(lack => lack.StartsWith("resetPassword", StringComparison.OrdinalIgnoreCase)))
        {
            noAction = new PasswordOpsException(
                "CloudLacksReset", ErrorKind.InvalidOperation, $"{user.Name}: {caller.Cloud.Title} does not offer the resetPassword action.",
                "Change the password in Active Directory, or in the admin center of that cloud.");
        }

        if (source.Authority == SourceOfAuthority.ActiveDirectory)
        {
            if (caller.IsAppOnly)
            {
                return (ResetRoute.None, new PasswordOpsException(
                    "AppOnlyCannotWriteBack",
                    ErrorKind.InvalidOperation,
                    $"{user.Name} is mastered in Active Directory, and the service lets only a signed-in person reset such a password: an application by itself cannot. "
                    + "A cloud-only change would leave Active Directory with the old password.",
                    "Connect as a person with -Interactive or -DeviceCode, or change the password in Active Directory."));
            }

            return noAction is null ? (ResetRoute.ResetPasswordAction, null) : (ResetRoute.None, noAction);
        }

        // Helpdesk and Password Administrators: the documents allow them the reset and leave them out of the table for changing the password profile.
        bool deskOnly = caller.Standing.IsKnown && caller.Standing.Value.Roles.All(role =>
            role.TemplateId is not (RoleIds.GlobalAdministrator or RoleIds.PrivilegedAuthenticationAdministrator or RoleIds.UserAdministrator
                or RoleIds.AuthenticationAdministrator));
        if (noAction is null && (deskOnly || noPatch is not null))
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
                $"{user.Name}: the resetPassword action always asks for a change at the next sign-in; {(request.ForceChange == ForceChange.No ? "'No'" : "'YesWithMfa'")} cannot be had on this route.",
                "Leave -ForceChange out.")
            : null;

    private static string Roles(Standing standing)
    {
        string roles = standing.Roles.Count == 0 ? "no role" : string.Join(", ", standing.Roles.Select(RoleCatalog.NameOf).Distinct());
        return standing.RoleAssignableGroups.Count == 0 ? roles : roles + ", in role-assignable groups";
    }

    private static CheckResult Check(string id, Verdict verdict, string reason, string evidence, DateTimeOffset at, string source, string target, string? fix) => new()
    {
        Id = id, Verdict = verdict, Reason = reason, Evidence = evidence, ReadAt = at, Source = source, Target = target, Fix = fix,
    };
}
