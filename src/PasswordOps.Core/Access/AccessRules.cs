using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Access;

/// <summary>
/// Who may do what to whom: Microsoft Entra privileged-roles-permissions ("Who can reset passwords", "sensitive actions"), administrative
/// units and restricted management administrative units. The tables are in Knowledge/.
/// </summary>
public static class AccessRules
{
    private const string PasswordUpdateAction = "microsoft.directory/users/password/update";

    private static readonly string[] MethodActors =
    {
        RoleIds.AuthenticationAdministrator, RoleIds.PrivilegedAuthenticationAdministrator, RoleIds.GlobalAdministrator,
    };

    /// <summary>May the actor reset the target's password?</summary>
    /// <param name="actor">Standing of the account that acts.</param>
    /// <param name="target">Standing of the account that is acted on.</param>
    /// <param name="isManagementRestricted">Whether the target is in a restricted management administrative unit.</param>
    /// <returns>The answer.</returns>
    public static AccessAnswer CanResetPassword(Standing actor, Standing target, bool? isManagementRestricted) =>
        Decide(
            AccessMatrix.Reset, AccessMatrix.Reset.Actors, actor, target, isManagementRestricted, "reset the password of",
            customAction: PasswordUpdateAction);

    /// <summary>
    /// May the actor write the target's authentication methods? Which targets an Authentication Administrator reaches follows its reset
    /// column.
    /// </summary>
    /// <param name="actor">Standing of the account that acts.</param>
    /// <param name="target">Standing of the account that is acted on.</param>
    /// <param name="isManagementRestricted">Whether the target is in a restricted management administrative unit.</param>
    /// <returns>The answer.</returns>
    public static AccessAnswer CanWriteMethods(Standing actor, Standing target, bool? isManagementRestricted) =>
        Decide(
            AccessMatrix.Reset, MethodActors, actor, target, isManagementRestricted, "write authentication methods of", customAction: null);

    /// <summary>May the actor change phones and other mails in the target's profile?</summary>
    /// <param name="actor">Standing of the account that acts.</param>
    /// <param name="target">Standing of the account that is acted on.</param>
    /// <param name="isManagementRestricted">Whether the target is in a restricted management administrative unit.</param>
    /// <returns>The answer; Warn where only the reset section of the documents allows it.</returns>
    public static AccessAnswer CanWriteProfile(Standing actor, Standing target, bool? isManagementRestricted) =>
        Sensitive(actor, target, isManagementRestricted, "change sensitive properties of", "change phones and other mails");

    /// <summary>
    /// May the actor set the target's password by changing its profile? A sensitive action: not every role that resets may do it.
    /// </summary>
    /// <param name="actor">Standing of the account that acts.</param>
    /// <param name="target">Standing of the account that is acted on.</param>
    /// <param name="isManagementRestricted">Whether the target is in a restricted management administrative unit.</param>
    /// <returns>The answer; Warn where only the reset section of the documents allows it.</returns>
    public static AccessAnswer CanSetPassword(Standing actor, Standing target, bool? isManagementRestricted) =>
        Sensitive(actor, target, isManagementRestricted, "set the password of", "set a new password in the profile");

    /// <summary>Roles with which anybody's authentication methods can be written at all, least powerful first.</summary>
    /// <returns>Names.</returns>
    public static IReadOnlyList<string> RolesThatWriteMethods() => MethodActors.Select(RoleCatalog.NameOf).ToArray();

    /// <summary>Says whether an account holds any role that can reset passwords or write contact data of somebody.</summary>
    /// <param name="actor">Standing of the account.</param>
    /// <returns>Names of those roles, with their scope when it is not the tenant.</returns>
    public static IReadOnlyList<string> ActingRoles(Standing actor) =>
        actor.Roles.Where(role => AccessMatrix.Reset.Actors.Contains(role.TemplateId, StringComparer.OrdinalIgnoreCase)
                || HasAction(role, PasswordUpdateAction)
                || IsPartner(role))
            .Select(role => RoleCatalog.NameOf(role) + (role.IsTenantWide ? string.Empty : " over " + role.Scope))
            .ToArray();

    /// <summary>Says whether an account holds a role that can write anybody's authentication methods.</summary>
    /// <param name="actor">Standing of the account.</param>
    /// <returns>True when it does.</returns>
    public static bool WritesMethodsOfSomebody(Standing actor) =>
        actor.Roles.Any(role => MethodActors.Contains(role.TemplateId, StringComparer.OrdinalIgnoreCase) || role.IsBuiltIn == false);

    private static AccessAnswer Sensitive(Standing actor, Standing target, bool? isManagementRestricted, string act, string what)
    {
        AccessAnswer strict = Decide(
            AccessMatrix.Sensitive, AccessMatrix.Sensitive.Actors, actor, target, isManagementRestricted, act, customAction: null);
        if (strict.Verdict != Verdict.Fail || CanResetPassword(actor, target, isManagementRestricted).Verdict != Verdict.Pass)
        {
            return strict;
        }

        return new AccessAnswer(
            Verdict.Warn,
            $"The documents conflict: whoever may reset this user may also {what}, yet the table of sensitive actions has no "
            + "column for the caller's role. The service decides.",
            "If the service refuses, use one of: " + Names(strict.RolesThatWould) + ".")
        {
            RolesThatWould = strict.RolesThatWould,
        };
    }

    private static AccessAnswer Decide(
        AccessMatrix matrix, IReadOnlyList<string> actorIds, Standing actor, Standing target, bool? isManagementRestricted, string act,
        string? customAction)
    {
        IReadOnlyList<string> rows = matrix.RowsOf(target);
        bool targetIsPlain = target.Roles.Count == 0 && target.RoleAssignableGroups.Count == 0;
        bool restricted = isManagementRestricted == true || target.RestrictedUnits.Count > 0;
        string[] would = actorIds.Where(id => matrix.FirstRefusal(id, rows) is null).Select(RoleCatalog.NameOf).ToArray();

        if (restricted)
        {
            return DecideRestricted(actorIds, actor, target, targetIsPlain, act);
        }

        foreach (HeldRole role in actor.Roles.Where(role => role.IsTenantWide && IsAmong(role, actorIds)))
        {
            if (matrix.FirstRefusal(role.TemplateId, rows) is null)
            {
                return new AccessAnswer(Verdict.Pass, $"{RoleCatalog.NameOf(role)} may {act} this user ({Holds(matrix, rows)}).", null);
            }
        }

        foreach (HeldRole role in actor.Roles.Where(role => !role.IsTenantWide && IsAmong(role, actorIds)))
        {
            if (!Reaches(role, target.AdministrativeUnits))
            {
                continue;
            }

            if (targetIsPlain && RoleCatalog.ActsOverAdministrativeUnit(role.TemplateId))
            {
                return new AccessAnswer(
                    Verdict.Pass, $"{RoleCatalog.NameOf(role)} over an administrative unit of this user may {act} its non-administrators.",
                    null);
            }
        }

        if (actor.Roles.Any(role => role.IsTenantWide
            && string.Equals(role.TemplateId, RoleIds.PartnerTier2Support, StringComparison.OrdinalIgnoreCase)))
        {
            return new AccessAnswer(
                Verdict.Pass, $"Partner Tier2 Support (deprecated) may {act} everybody.",
                "Replace the deprecated role: it reaches Global Administrators.");
        }

        if (targetIsPlain && actor.Roles.Any(role => role.IsTenantWide
            && string.Equals(role.TemplateId, RoleIds.PartnerTier1Support, StringComparison.OrdinalIgnoreCase)))
        {
            return new AccessAnswer(
                Verdict.Pass, $"Partner Tier1 Support (deprecated) may {act} non-administrators.", "Replace the deprecated role.");
        }

        if (customAction is not null
            && actor.Roles.FirstOrDefault(role => role.IsTenantWide && HasAction(role, customAction)) is HeldRole custom)
        {
            return DecideCustom(matrix, custom, rows, act);
        }

        string holds = Holds(matrix, rows);
        string have = actor.Roles.Count == 0
            ? "no directory role"
            : string.Join(
                ", ", actor.Roles.Select(role => RoleCatalog.NameOf(role) + Extent(role, target)).Distinct(StringComparer.Ordinal));
        return new AccessAnswer(
            Verdict.Fail,
            $"To {act} this user ({holds}) takes {Names(would)}; the caller has {have}.",
            would.Length == 0 ? "Ask a Global Administrator." : $"Activate or obtain {would[0]}, then try again.")
        {
            RolesThatWould = would,
        };
    }

    // Restricted management administrative units: tenant-wide roles do not reach their members, only roles scoped to that unit do; and a
    // scoped role reaches non-administrators only, so an administrator who is a member can be reset by nobody
    // (admin-units-restricted-management, 2024-06-13).
    private static AccessAnswer DecideRestricted(
        IReadOnlyList<string> actorIds, Standing actor, Standing target, bool targetIsPlain, string act)
    {
        if (!targetIsPlain)
        {
            return new AccessAnswer(
                Verdict.Fail,
                $"The user is an administrator in a restricted management administrative unit: nobody can {act} such a user there.",
                "Take the user out of the restricted unit first (Privileged Role Administrator), then try again.");
        }

        if (target.RestrictedUnits.Count == 0)
        {
            return new AccessAnswer(
                Verdict.Unknown,
                "The user is in a restricted management administrative unit, and which one could not be read.",
                "Grant AdministrativeUnit.Read.All, or act with a role that is scoped to that unit.");
        }

        HeldRole? role = actor.Roles.FirstOrDefault(held =>
            IsAmong(held, actorIds) && RoleCatalog.ActsOverAdministrativeUnit(held.TemplateId) && Reaches(held, target.RestrictedUnits));
        return role is not null
            ? new AccessAnswer(
                Verdict.Pass, $"{RoleCatalog.NameOf(role)} is scoped to the restricted unit of this user and may {act} its members.", null)
            : new AccessAnswer(
                Verdict.Fail,
                $"The user is in a restricted management administrative unit: only a role scoped to that unit may {act} its members, "
                + "whatever the caller holds elsewhere.",
                "Have a role such as Authentication Administrator assigned over that administrative unit.");
    }

    // Which rows a custom role with the password action reaches is not published: where the limited built-in roles agree, follow them
    // (inference).
    private static AccessAnswer DecideCustom(AccessMatrix matrix, HeldRole custom, IReadOnlyList<string> rows, string act)
    {
        string[] limited =
        {
            RoleIds.PasswordAdministrator, RoleIds.HelpdeskAdministrator, RoleIds.AuthenticationAdministrator, RoleIds.UserAdministrator,
        };
        int allowed = limited.Count(id => matrix.FirstRefusal(id, rows) is null);
        string name = RoleCatalog.NameOf(custom);
        if (allowed == limited.Length)
        {
            return new AccessAnswer(
                Verdict.Pass, $"The custom role {name} may {act} users whom all limited roles may reset (inferred; not published).", null);
        }

        if (allowed == 0)
        {
            return new AccessAnswer(
                Verdict.Fail,
                $"The custom role {name} does not reach this user ({Holds(matrix, rows)}), as no limited role does "
                + "(inferred; not published).",
                "Use Privileged Authentication Administrator.");
        }

        return new AccessAnswer(
            Verdict.Unknown,
            $"Which administrators the custom role {name} reaches is not published, and the built-in roles differ for this user "
            + $"({Holds(matrix, rows)}).",
            "Try it, or use a built-in role from the published table.");
    }

    // A scoped role bears the name of one that would do; what it does not reach has to be said.
    private static string Extent(HeldRole role, Standing target) =>
        role.IsTenantWide ? string.Empty
        : Reaches(role, target.AdministrativeUnits) ? " over an administrative unit of this user, which reaches only users without a role"
        : " over an administrative unit or object that does not take in this user";

    private static string Holds(AccessMatrix matrix, IReadOnlyList<string> rows) =>
        "holds: " + string.Join("; ", rows.Select(matrix.Describe));

    private static string Names(IReadOnlyList<string> names) =>
        names.Count == 0 ? "a role that nobody can have here" : string.Join(" or ", names);

    private static bool IsAmong(HeldRole role, IReadOnlyList<string> ids) =>
        ids.Contains(role.TemplateId, StringComparer.OrdinalIgnoreCase);

    private static bool HasAction(HeldRole role, string action) => role.Actions.Contains(action, StringComparer.OrdinalIgnoreCase);

    private static bool IsPartner(HeldRole role) =>
        string.Equals(role.TemplateId, RoleIds.PartnerTier1Support, StringComparison.OrdinalIgnoreCase)
        || string.Equals(role.TemplateId, RoleIds.PartnerTier2Support, StringComparison.OrdinalIgnoreCase);

    private static bool Reaches(HeldRole role, IReadOnlyList<string> units) =>
        units.Any(unit => string.Equals(role.Scope, "/administrativeUnits/" + unit, StringComparison.OrdinalIgnoreCase));
}
