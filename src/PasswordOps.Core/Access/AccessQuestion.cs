using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Access;

/// <summary>
/// May this actor do this to this target? Each role of the actor is asked by itself, and the best answer counts. Documents:
/// privileged-roles-permissions (2024-10-15), manage-roles-portal (2025-06-04), admin-units-restricted-management (2024-06-13).
/// </summary>
internal sealed class AccessQuestion
{
    private const string UnitScope = "/administrativeUnits/";

    private readonly AccessAct act;
    private readonly Standing actor;
    private readonly Standing target;
    private readonly ActorKind kind;
    private readonly bool isRestricted;
    private readonly IReadOnlyList<string> rows;
    private readonly bool isPlain;

    public AccessQuestion(AccessAct act, Standing actor, Standing target, bool? isManagementRestricted, ActorKind kind)
    {
        this.act = act;
        this.actor = actor;
        this.target = target;
        this.kind = kind;
        isRestricted = isManagementRestricted == true || target.RestrictedUnits.Count > 0;
        rows = act.Matrix.RowsOf(target);

        // The limit of scoped roles speaks of non-administrators; a role-assignable group protects like a role.
        isPlain = !target.Roles.Any(RoleCatalog.IsRole)
            && target.RoleAssignableGroups.Count == 0
            && target.RestrictedRoleScopes.Count == 0;
    }

    /// <summary>How far a role reaches, by its scope and by where the target is.</summary>
    private enum Extent
    {
        NotHere,
        Tenant,
        Part,

        /// <summary>Over a unit that may be the restricted one of the target, which could not be read.</summary>
        PerhapsPart,
    }

    private bool IsOwnAccount =>
        actor.ObjectId.Length > 0 && string.Equals(actor.ObjectId, target.ObjectId, StringComparison.OrdinalIgnoreCase);

    private IReadOnlyList<string> RolesThatWould =>
        (isRestricted && !isPlain
            ? Enumerable.Empty<string>()
            : act.Actors.Where(id => isRestricted ? RoleCatalog.ActsOverAdministrativeUnit(id) : act.Reaches(id, rows)))
        .Select(RoleCatalog.NameOf).ToArray();

    public AccessAnswer Answer()
    {
        if (IsOwnAccount && act.OwnAccount is Func<AccessAnswer> own)
        {
            return own();
        }

        AccessAnswer? best = Best(Ordered(actor.Roles).Select(OfRole).Prepend(OfPermission()));
        if (best?.Verdict == Verdict.Pass)
        {
            return best;
        }

        (HeldRole Role, AccessAnswer Answer)[] eligible = Ordered(actor.EligibleRoles ?? Array.Empty<HeldRole>())
            .Select(role => (Role: role, Answer: OfRole(role)!))
            .Where(one => one.Answer is not null && Rank(one.Answer) > Rank(best))
            .ToArray();
        if (eligible.Length > 0)
        {
            AccessAnswer then = Best(eligible.Select(one => one.Answer))!;
            string[] names = eligible.Where(one => one.Answer.Verdict == then.Verdict)
                .Select(one => NameWithScope(one.Role)).Distinct(StringComparer.Ordinal).ToArray();
            return best is null ? NotActivated(names, then) : Bettered(best, names, then);
        }

        return best ?? (isRestricted ? RefusedInRestrictedUnit() : Refused());
    }

    private static AccessAnswer? Best(IEnumerable<AccessAnswer?> answers)
    {
        AccessAnswer? best = null;
        foreach (AccessAnswer? answer in answers)
        {
            if (Rank(answer) > Rank(best))
            {
                best = answer;
            }
        }

        return best;
    }

    // To see whole numbers is better than to see them masked.
    private static int Rank(AccessAnswer? answer) => answer?.Verdict switch
    {
        Verdict.Pass => answer.IsMasked ? 4 : 5,
        Verdict.Warn => answer.IsMasked ? 2 : 3,
        Verdict.Unknown => 1,
        _ => 0,
    };

    private static string NameWithScope(HeldRole role) =>
        role.IsTenantWide ? RoleCatalog.NameOf(role) : Text.Of($"{RoleCatalog.NameOf(role)} over {role.Scope}");

    private static string Names(IReadOnlyList<string> names) =>
        names.Count == 0 ? Text.Of($"no role at all") : string.Join(Text.Of($" or "), names);

    private static bool HasAction(HeldRole role, string? action) =>
        action is not null && role.Actions.Contains(action, StringComparer.OrdinalIgnoreCase);

    private static bool IsOver(HeldRole role, IReadOnlyList<string> units) =>
        units.Any(unit => string.Equals(role.Scope, UnitScope + unit, StringComparison.OrdinalIgnoreCase));

    private static AccessAnswer Conflict(AccessRule rule, HeldRole? role, string one, string other, string fix) =>
        new(Verdict.Warn, Text.Of($"The documents conflict. One reading: {one}. The other: {other}. The service decides."), fix)
        {
            Rule = rule, DecidedBy = role is null ? null : RoleCatalog.NameOf(role), Readings = new[] { one, other },
        };

    // Least powerful first, so that the answer names no more than is needed; roles without a column come last.
    private IEnumerable<HeldRole> Ordered(IEnumerable<HeldRole> roles) => roles.OrderBy(Power);

    private int Power(HeldRole role)
    {
        for (int i = 0; i < act.Actors.Count; i++)
        {
            if (string.Equals(act.Actors[i], role.TemplateId, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return act.Actors.Count;
    }

    private bool IsActor(HeldRole role) => act.Actors.Contains(role.TemplateId, StringComparer.OrdinalIgnoreCase);

    private AccessAnswer Pass(AccessRule rule, HeldRole role, string reason, string? fix = null)
    {
        bool masked = act.MaskedActors.Contains(role.TemplateId, StringComparer.OrdinalIgnoreCase);
        return new AccessAnswer(Verdict.Pass, masked ? Text.Of($"{reason} Phone numbers come masked.") : reason, fix)
        {
            Rule = rule, DecidedBy = RoleCatalog.NameOf(role), IsMasked = masked,
        };
    }

    private AccessAnswer? OfPermission()
    {
        if (kind != ActorKind.Application || isRestricted)
        {
            return null;
        }

        switch (act.Application)
        {
            case AccessAct.ApplicationReach.Everybody:
                return new AccessAnswer(
                    Verdict.Pass, Text.Of($"An application may {act.Verb()} this user by its permission; no role is needed."), null)
                {
                    Rule = AccessRule.ApplicationPermission,
                };
            case AccessAct.ApplicationReach.UsersWithoutRole when isPlain:
                return new AccessAnswer(
                    Verdict.Pass, Text.Of($"An application may {act.Verb()} a user without a role by its permission."), null)
                {
                    Rule = AccessRule.ApplicationPermission,
                };
            case AccessAct.ApplicationReach.UsersWithoutRole
                when rows.All(row => RoleCatalog.Rule("appWritesContact", row) is not null):
                return Conflict(
                    AccessRule.ApplicationPermission, null,
                    Text.Of($"an application changes phones and other mails of such a user by its permission (older text of user-update)"),
                    Text.Of($"it needs a role that reaches the user (table of sensitive actions)"),
                    Text.Of($"If the service refuses, assign one of these to the application's service principal: "
                        + $"{Names(RolesThatWould)}."))
                    with { RolesThatWould = RolesThatWould };
            default:
                return null;
        }
    }

    // What one role does for the actor here, active or not; null when it does nothing.
    private AccessAnswer? OfRole(HeldRole role)
    {
        Extent extent = ExtentOf(role);
        AccessAnswer? answer = extent switch
        {
            Extent.NotHere => null,
            Extent.Tenant => OverTenant(role),
            _ => OverPart(role),
        };
        if (answer is not null && extent == Extent.PerhapsPart)
        {
            return new AccessAnswer(
                Verdict.Unknown,
                Text.Of($"The user is in a restricted management administrative unit, and which one could not be read; only a role over "
                    + $"that unit reaches its members, and {NameWithScope(role)} may be one."),
                Text.Of($"Grant AdministrativeUnit.Read.All, or look up the user's administrative units."))
            {
                Rule = AccessRule.RestrictedUnit, DecidedBy = RoleCatalog.NameOf(role),
            };
        }

        return answer ?? Wider(role);
    }

    private Extent ExtentOf(HeldRole role)
    {
        if (isRestricted)
        {
            // Nothing over the tenant, over another unit or over the object itself reaches in; reading is not spoken of.
            return role.IsTenantWide ? act.IsRead ? Extent.Tenant : Extent.NotHere
                : IsOver(role, target.RestrictedUnits) ? Extent.Part
                : target.RestrictedUnits.Count > 0 || !role.Scope.StartsWith(UnitScope, StringComparison.OrdinalIgnoreCase) ? Extent.NotHere
                : target.AdministrativeUnits.Count == 0 || IsOver(role, target.AdministrativeUnits) ? Extent.PerhapsPart
                : Extent.NotHere;
        }

        return role.IsTenantWide ? Extent.Tenant
            : IsOver(role, target.AdministrativeUnits) ? Extent.Part
            : target.ObjectId.Length > 0 && string.Equals(role.Scope, "/" + target.ObjectId, StringComparison.OrdinalIgnoreCase)
            ? Extent.Part
            : Extent.NotHere;
    }

    private AccessAnswer? OverTenant(HeldRole role)
    {
        string name = RoleCatalog.NameOf(role);
        if (IsActor(role))
        {
            return !act.Reaches(role.TemplateId, rows) ? null
                : isRestricted ? new AccessAnswer(
                    Verdict.Unknown,
                    Text.Of($"{name} may {act.Verb()} others; whether a restricted management administrative unit keeps readers out too is "
                        + $"not documented."),
                    Text.Of($"Try it, or act with a role over that unit."))
                {
                    Rule = AccessRule.RestrictedUnit, DecidedBy = name,
                }
                : Pass(
                    AccessRule.Table, role,
                    Text.Of($"{name} may {act.Verb()} this user ({act.Matrix.Describe(rows)}).") + MarkedCell(role));
        }

        if (act.CountsDeprecatedRoles && RoleCatalog.Rule("deprecatedReset", role.TemplateId) is string reach)
        {
            return reach == "everybody"
                ? Pass(
                    AccessRule.DeprecatedRole, role, Text.Of($"{name} (deprecated) may {act.Verb()} everybody."),
                    Text.Of($"Replace the deprecated role: it reaches Global Administrators."))
                : isPlain
                ? Pass(
                    AccessRule.DeprecatedRole, role, Text.Of($"{name} (deprecated) may {act.Verb()} non-administrators."),
                    Text.Of($"Replace the deprecated role."))
                : null;
        }

        return HasAction(role, act.CustomAction) ? OfCustomRole(role)
            : act.OpenActions.Any(action => HasAction(role, action)) ? OfOpenAction(role)
            : null;
    }

    private string MarkedCell(HeldRole role) =>
        act.Matrix == AccessMatrix.Reset && !act.IsRead && RoleCatalog.Rule("markedCell", role.TemplateId) is not null
            && rows.Contains(role.TemplateId, StringComparer.OrdinalIgnoreCase)
            ? " " + Text.Of($"The published table marks the cell of {RoleCatalog.NameOf(role)} on {RoleCatalog.NameOf(role)} with an "
                + $"asterisk and gives no footnote.")
            : string.Empty;

    // Roles over an administrative unit or one object reach non-administrators only; the page's list of roles says more of two of them.
    private AccessAnswer? OverPart(HeldRole role)
    {
        string name = RoleCatalog.NameOf(role);
        AccessRule rule = isRestricted ? AccessRule.RestrictedUnit : AccessRule.AdministrativeUnit;
        string where = isRestricted ? Text.Of($"the restricted unit of this user")
            : role.Scope.StartsWith(UnitScope, StringComparison.OrdinalIgnoreCase) ? Text.Of($"an administrative unit of this user")
            : Text.Of($"this user");
        if (IsActor(role) && RoleCatalog.ActsOverAdministrativeUnit(role.TemplateId))
        {
            if (isPlain)
            {
                return WithDirectoryRead(Pass(rule, role, Text.Of($"{name} over {where} may {act.Verb()} this user, who holds no role.")));
            }

            return RoleCatalog.Rule("overUnit", role.TemplateId) is string reach
                && (reach == "everybody" || act.Matrix.Allows(role.TemplateId, rows))
                ? WithDirectoryRead(Conflict(
                    rule, role,
                    reach == "everybody"
                        ? Text.Of($"{name} over {where} reaches any user, administrator or not ({act.Matrix.Describe(rows)})")
                        : Text.Of($"{name} over {where} reaches limited administrators too ({act.Matrix.Describe(rows)})"),
                    isRestricted
                        ? Text.Of($"a role over {where} reaches only users without a role, so nobody can {act.Verb()} an administrator "
                            + $"there")
                        : Text.Of($"a role over {where} reaches only users without a role"),
                    isRestricted
                        ? Text.Of($"If the service refuses, take the user out of the restricted unit first.")
                        : Text.Of($"If the service refuses, use one of these over the tenant: {Names(RolesThatWould)}."))
                    with { RolesThatWould = RolesThatWould })
                : null;
        }

        return !isPlain ? null
            : HasAction(role, act.CustomAction)
            ? WithDirectoryRead(Pass(
                AccessRule.CustomRole, role,
                Text.Of($"The custom role {name} over {where} may {act.Verb()} this user, who holds no role (inferred; not published).")))
            : act.OpenActions.Any(action => HasAction(role, action)) ? OfOpenAction(role)
            : null;
    }

    private AccessAnswer WithDirectoryRead(AccessAnswer answer)
    {
        if (kind == ActorKind.Member
            || actor.Roles.Any(role => role.IsTenantWide && RoleCatalog.Rule("readsDirectory", role.TemplateId) is not null))
        {
            return answer;
        }

        string who = kind == ActorKind.Guest ? Text.Of($"A guest") : Text.Of($"An application");
        return answer with
        {
            Verdict = Verdict.Warn,
            Reason = answer.Reason + " " + Text.Of($"{who} can use a role over part of the tenant only beside Directory Readers over the "
                + $"tenant, or a similar right to read; none is seen."),
            Fix = Text.Of($"Assign Directory Readers over the tenant too.") + (answer.Fix is null ? string.Empty : " " + answer.Fix),
        };
    }

    // Which rows a custom role with the password action reaches is not published: where the limited built-in roles agree, follow them
    // (inference).
    private AccessAnswer? OfCustomRole(HeldRole role)
    {
        string name = RoleCatalog.NameOf(role);
        int allowed = act.Matrix.LimitedActors.Count(id => act.Matrix.Allows(id, rows));
        return allowed == 0 ? null
            : allowed == act.Matrix.LimitedActors.Count
            ? Pass(
                AccessRule.CustomRole, role,
                Text.Of($"The custom role {name} may {act.Verb()} users whom all limited roles may reset (inferred; not published)."))
            : new AccessAnswer(
                Verdict.Unknown,
                Text.Of($"Which administrators the custom role {name} reaches is not published, and the limited built-in roles differ for "
                    + $"this user ({act.Matrix.Describe(rows)})."),
                Text.Of($"Try it, or use a built-in role: {Names(RolesThatWould)}."))
            {
                Rule = AccessRule.CustomRole, DecidedBy = name, RolesThatWould = RolesThatWould,
            };
    }

    private AccessAnswer OfOpenAction(HeldRole role) =>
        new(
            Verdict.Unknown,
            Text.Of($"The custom role {RoleCatalog.NameOf(role)} has actions on authentication methods; whether a custom role may "
                + $"{act.Verb()} anybody is not documented."),
            Text.Of($"Try it, or use a built-in role: {Names(RolesThatWould)}."))
        {
            Rule = AccessRule.CustomRole, DecidedBy = RoleCatalog.NameOf(role), RolesThatWould = RolesThatWould,
        };

    // One section lets whoever may reset a user also do this; the table of this act has no column for that role.
    private AccessAnswer? Wider(HeldRole role)
    {
        AccessAnswer? answer = act.Wider is null ? null : new AccessQuestion(act.Wider, actor, target, isRestricted, kind).OfRole(role);
        if (answer is null || answer.Verdict == Verdict.Unknown)
        {
            return answer;
        }

        AccessAnswer conflict = Conflict(
            answer.Rule, role,
            Text.Of($"whoever may reset this user may also {act.WiderAllows!()}"),
            Text.Of($"the table of sensitive actions has no column for {RoleCatalog.NameOf(role)}"),
            isRestricted
                ? Text.Of($"If the service refuses, have one of these assigned over the restricted unit: {Names(RolesThatWould)}.")
                : Text.Of($"If the service refuses, use one of: {Names(RolesThatWould)}."))
            with { RolesThatWould = RolesThatWould };
        return answer.Verdict == Verdict.Warn && !answer.IsConflict ? WithDirectoryRead(conflict) : conflict;
    }

    private AccessAnswer NotActivated(string[] names, AccessAnswer then)
    {
        string open = then.Verdict == Verdict.Pass ? string.Empty : " " + Text.Of($"Then: {then.Reason}");
        return new AccessAnswer(
            Verdict.Fail,
            (names.Length == 1
                ? Text.Of($"Activate {names[0]} first: the caller is eligible for it, it is not active, and what is active does not "
                    + $"{act.Verb()} this user ({Have()}; the user {act.Matrix.Describe(rows)}).")
                : Text.Of($"Activate {Names(names)} first: the caller is eligible for them, it is not active, and what is active does not "
                    + $"{act.Verb()} this user ({Have()}; the user {act.Matrix.Describe(rows)}).")) + open,
            Text.Of($"Activate {names[0]} in Privileged Identity Management, then run this again."))
        {
            Rule = AccessRule.NotActivated, DecidedBy = then.DecidedBy, EligibleRoles = names, RolesThatWould = RolesThatWould,
            Readings = then.Readings, IsMasked = then.IsMasked,
        };
    }

    private AccessAnswer Bettered(AccessAnswer best, string[] names, AccessAnswer then) =>
        best with
        {
            EligibleRoles = names,
            Fix = (then.Verdict == Verdict.Pass ? Text.Of($"Activate {names[0]}, which settles it.") : Text.Of($"Activate {names[0]}."))
                + (best.Fix is null ? string.Empty : " " + Text.Of($"Or: {best.Fix}")),
        };

    private AccessAnswer Refused()
    {
        IReadOnlyList<string> would = RolesThatWould;
        return new AccessAnswer(
            Verdict.Fail,
            Text.Of($"To {act.Verb()} this user ({act.Matrix.Describe(rows)}) takes {Names(would)}; {Have()}."),
            kind == ActorKind.Application ? Text.Of($"Assign {would[0]} to the application's service principal, then try again.")
                : actor.EligibleRoles is null ? Text.Of($"Activate or obtain {would[0]}, then try again.")
                : Text.Of($"Obtain {would[0]}, then try again; the caller is not eligible for a role that would do."))
        {
            RolesThatWould = would,
        };
    }

    private AccessAnswer RefusedInRestrictedUnit() =>
        isPlain
            ? new AccessAnswer(
                Verdict.Fail,
                kind == ActorKind.Application
                    ? Text.Of($"The user is in a restricted management administrative unit: only a role scoped to that unit may "
                        + $"{act.Verb()} its members, whatever the caller holds elsewhere, an application's permissions included; "
                        + $"{Have()}.")
                    : Text.Of($"The user is in a restricted management administrative unit: only a role scoped to that unit may "
                        + $"{act.Verb()} its members, whatever the caller holds elsewhere; {Have()}."),
                Text.Of($"Have a role such as Authentication Administrator assigned over that administrative unit."))
            {
                Rule = AccessRule.RestrictedUnit, RolesThatWould = RolesThatWould,
            }
            : new AccessAnswer(
                Verdict.Fail,
                Text.Of($"The user is an administrator in a restricted management administrative unit ({act.Matrix.Describe(rows)}): "
                    + $"nobody can {act.Verb()} such a user there. Who may do it once the user is out is read in two ways: by the page on "
                    + $"restricted units another Global Administrator or a Privileged Role Administrator; by the published table "
                    + $"{Names(act.Actors.Where(id => act.Reaches(id, rows)).Select(RoleCatalog.NameOf).ToArray())}."),
                Text.Of($"Take the user out of the restricted unit first, then try again."))
            {
                Rule = AccessRule.RestrictedUnit,
                Readings = new[]
                {
                    Text.Of($"once the user is out of the unit, another Global Administrator or a Privileged Role Administrator"),
                    Text.Of($"once the user is out of the unit, "
                        + $"{Names(act.Actors.Where(id => act.Reaches(id, rows)).Select(RoleCatalog.NameOf).ToArray())}"),
                },
            };

    private string Have() =>
        actor.Roles.Count == 0
            ? Text.Of($"the caller has no directory role")
            : Text.Of($"the caller has {string.Join(", ", actor.Roles.Select(Told).Distinct(StringComparer.Ordinal))}");

    private string Told(HeldRole role) => RoleCatalog.NameOf(role) + WhyNot(role);

    // A scoped role bears the name of one that would do; what it does not reach has to be said.
    private string WhyNot(HeldRole role) =>
        role.IsTenantWide ? string.Empty
        : IsActor(role) && !RoleCatalog.ActsOverAdministrativeUnit(role.TemplateId)
            ? " " + Text.Of($"over part of the tenant, where it has no effect")
        : ExtentOf(role) != Extent.NotHere
            ? " " + Text.Of($"over an administrative unit of this user, which reaches only users without a role")
        : " " + Text.Of($"over an administrative unit or object that does not take in this user");
}
