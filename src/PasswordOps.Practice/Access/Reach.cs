using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Access;

/// <summary>Decides by directory roles, over the tenant, over a unit or over one object, what a principal may do to a user.</summary>
internal static class Reach
{
    /// <summary>
    /// Whether a role of the actor reaches the target in the matrix. A role over less than the tenant reaches only those who hold
    /// nothing, and a restricted unit keeps out every role that is not over such a unit of the target.
    /// </summary>
    /// <param name="tenant">Who holds what.</param>
    /// <param name="actor">A user or a service principal.</param>
    /// <param name="target">To whom it is done.</param>
    /// <param name="matrix">What built-in roles reach.</param>
    /// <param name="action">What custom roles need to do it; null where none can.</param>
    /// <param name="only">Which of the built-in roles can; null for all.</param>
    internal static bool May(
        TenantState tenant, Guid actor, User target, RoleMatrix matrix, string? action = null, Predicate<Role>? only = null)
    {
        bool restricted = tenant.IsRestricted(target.Id);
        HashSet<string>? held = null;
        foreach (RoleAssignment assignment in tenant.ActiveAssignments(actor))
        {
            if (tenant.FindRole(assignment.RoleId) is not { } role || (role.BuiltIn && only?.Invoke(role) == false))
                continue;
            bool custom = !role.BuiltIn && action is not null && role.Allows(action);
            if (!custom && !matrix.Knows(role))
                continue;
            held ??= Held(tenant, target.Id);
            if (!assignment.TenantWide && !tenant.Settings.ScopedRolesReachAdmins && !HoldsNothing(held))
                continue;
            bool inside = assignment.TenantWide ? !restricted : Covers(tenant, assignment, role, target);
            if (inside && (custom ? matrix.AllLimitedAllow(held) : matrix.Allows(role, held)))
                return true;
        }
        return false;
    }

    /// <summary>Whether the actor holds one of the roles over the tenant, or over a unit of the target.</summary>
    internal static bool Holds(TenantState tenant, Guid actor, User? target, params ReadOnlySpan<Role> roles)
    {
        foreach (RoleAssignment assignment in tenant.ActiveAssignments(actor))
        {
            foreach (Role role in roles)
            {
                if (role.Id == assignment.RoleId
                    && (assignment.TenantWide || (target is not null && Covers(tenant, assignment, role, target))))
                    return true;
            }
        }
        return false;
    }

    private static bool HoldsNothing(HashSet<string> held) => held.Count == 1 && held.Contains(RoleMatrix.NothingHeld);

    private static bool Covers(TenantState tenant, RoleAssignment assignment, Role role, User target)
    {
        bool restricted = tenant.IsRestricted(target.Id);
        if (assignment.Unit is not { } id)
            return !restricted && assignment.Scope.AsSpan(1).Equals(target.Id.ToString(), StringComparison.OrdinalIgnoreCase);
        return role.AdministrativeUnitScope && tenant.UnitsOf(target.Id).Any(unit => unit.Id == id && (unit.Restricted || !restricted));
    }

    /// <summary>The rows of a matrix that the principal falls under.</summary>
    private static HashSet<string> Held(TenantState tenant, Guid principal)
    {
        var rows = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (RoleAssignment assignment in tenant.ActiveAssignments(principal))
        {
            bool restrictedUnit = assignment.Unit is { } unit && tenant.FindUnit(unit) is { Restricted: true };
            rows.Add(restrictedUnit ? RoleMatrix.RestrictedUnitRole : assignment.RoleId.ToString());
        }
        if (tenant.DirectGroupsOf(principal).Concat(tenant.GroupsOwnedBy(principal)).Any(group => group.AssignableToRole))
            rows.Add(RoleMatrix.RoleAssignableGroup);
        if (rows.Count == 0)
            rows.Add(RoleMatrix.NothingHeld);
        return rows;
    }
}
