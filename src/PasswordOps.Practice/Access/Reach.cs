using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Access;

/// <summary>Decides by directory roles, over the tenant or over a unit, what a principal may do to a user.</summary>
internal static class Reach
{
    /// <summary>
    /// Whether a role of the actor reaches the target in the matrix. A role over one unit reaches only those of its members who hold
    /// nothing, and a restricted unit keeps out every role that is not over such a unit of the target.
    /// </summary>
    internal static bool May(TenantState tenant, Guid actor, User target, RoleMatrix matrix, Predicate<Role>? only = null)
    {
        bool restricted = tenant.IsRestricted(target.Id);
        IReadOnlyCollection<string>? held = null;
        foreach (RoleAssignment assignment in tenant.ActiveAssignments(actor))
        {
            if (Roles.Find(assignment.RoleId) is not { } role || !matrix.HasColumn(role.Id) || only?.Invoke(role) == false)
                continue;
            held ??= Held(tenant, target.Id);
            bool reached = assignment.TenantWide
                ? !restricted && matrix.Allows(role.Id, held)
                : Covers(tenant, assignment, role, target) && HoldsNothing(held);
            if (reached)
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

    private static bool HoldsNothing(IReadOnlyCollection<string> held) => held.Count == 1 && held.First() == RoleMatrix.NothingHeld;

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
