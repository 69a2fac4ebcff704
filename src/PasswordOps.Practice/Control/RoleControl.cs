using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasswordOps.Practice.Graph;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Control;

/// <summary>Changes who holds which role while the tenant runs, as an admin elsewhere would.</summary>
internal sealed class RoleControl(TenantState tenant)
{
    /// <summary>What happened in words, or a reason why nothing did.</summary>
    internal (string? Done, string? Problem) Run(string act, Query query)
    {
        if (Principal(query["principal"]) is not { } principal)
            return (null, "principal must be a user, a group or an application of this tenant.");
        Role? role = Role(query["role"]);
        if (role is null && (act != "remove" || query["role"] is not null))
            return (null, "role must be the name or id of a role of this tenant.");
        return act switch
        {
            "assign" => Assign(principal, role!, query),
            "remove" => Remove(principal, role),
            "activate" => Activate(principal, role!, query),
            _ => (null, "No such control."),
        };
    }

    /// <summary>The object id of a user, a group or a service principal, by name or id.</summary>
    internal Guid? Principal(string? name)
    {
        if (name is null)
            return null;
        bool isId = Guid.TryParse(name, out Guid id);
        return tenant.Users.Find(name)?.Id
            ?? tenant.Groups.FirstOrDefault(group => isId ? group.Id == id : Same(group.DisplayName, name))?.Id
            ?? tenant.Applications.FirstOrDefault(application => isId
                ? application.ServicePrincipalId == id || application.AppId == id
                : Same(application.DisplayName, name))?.ServicePrincipalId;
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private Role? Role(string? name) => name is null
        ? null
        : Guid.TryParse(name, out Guid id)
            ? tenant.FindRole(id)
            : Roles.Find(name) ?? tenant.CustomRoles.FirstOrDefault(role => Same(role.Name, name));

    private (string?, string?) Assign(Guid principal, Role role, Query query)
    {
        string scope = query["directoryScopeId"] ?? RoleAssignment.TenantScope;
        if (query["administrativeUnit"] is { } name)
        {
            if (tenant.Units.FirstOrDefault(unit => Same(unit.DisplayName, name) || Same(unit.Id.ToString(), name)) is not { } found)
                return (null, "administrativeUnit must be one of this tenant.");
            scope = RoleAssignment.UnitScope + found.Id;
        }
        tenant.RoleHolders.Add(RoleAssignment.Of(role.Id, principal, scope));
        return ($"{role.Name} over {scope}", null);
    }

    private (string?, string?) Remove(Guid principal, Role? role)
    {
        int count = tenant.RoleHolders.Remove(
            assignment => assignment.PrincipalId == principal && (role is null || assignment.RoleId == role.Id));
        return count > 0
            ? ($"{count.ToString(CultureInfo.InvariantCulture)} removed", null)
            : (null, "The principal itself holds no such role; a role held through a group is removed from the group.");
    }

    /// <summary>Turns a role that the principal, or a group of it, is eligible for into one that it holds for a while.</summary>
    private (string?, string?) Activate(Guid principal, Role role, Query query)
    {
        if (!int.TryParse(query["minutes"] ?? "60", NumberStyles.None, CultureInfo.InvariantCulture, out int minutes))
            return (null, "minutes must be a whole number.");
        HashSet<Guid> sources =
            [principal, .. tenant.DirectGroupsOf(principal).Where(group => group.AssignableToRole).Select(group => group.Id)];
        RoleEligibility? eligibility = tenant.RoleEligibilities.FirstOrDefault(
            item => item.RoleId == role.Id && sources.Contains(item.PrincipalId) && item.IsOpen(tenant.Now));
        if (eligibility is null)
            return (null, "The principal is not eligible for that role now.");
        tenant.RoleHolders.Add(RoleAssignment.Of(role.Id, principal, eligibility.Scope) with
        {
            Activated = true, Start = tenant.Now, End = tenant.Now.AddMinutes(minutes),
        });
        return ($"{role.Name} over {eligibility.Scope}", null);
    }
}
