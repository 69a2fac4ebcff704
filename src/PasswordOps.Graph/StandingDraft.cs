using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Graph.Models;
using PasswordOps.Graph.Pipeline;

namespace PasswordOps.Graph;

/// <summary>A standing in the making.</summary>
internal sealed class StandingDraft
{
    internal const string UnitScope = "/administrativeUnits/";

    private readonly string id;
    private readonly Dictionary<(string Template, string Scope), HeldRole> roles = new();
    private readonly HashSet<string> groupNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> memberUnits = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> restrictedScopes = new(StringComparer.OrdinalIgnoreCase);
    private bool isApp;

    public StandingDraft(string id, bool isApp)
    {
        this.id = id;
        this.isApp = isApp;
    }

    public PasswordOpsException? Error { get; set; }

    public bool ToleratesUnreadableUnits { get; init; }

    /// <summary>Role-assignable groups of which the account is a member; owning one gives no role.</summary>
    public HashSet<string> MemberGroups { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static GraphCall AssignmentsOf(string principalId, string subject) =>
        new(Routes.RoleAssignments, Routes.RoleAssignments.With(principalId), subject);

    public void Reset(bool isApp)
    {
        this.isApp = isApp;
        Error = null;
    }

    public GraphCall[] Calls()
    {
        string subject = isApp ? Text.Of($"application {id}") : Text.Of($"user {id}");
        Route memberships = isApp ? Routes.AppMemberships : Routes.Memberships;
        Route owned = isApp ? Routes.AppOwnedGroups : Routes.OwnedGroups;
        return new[]
        {
            new GraphCall(memberships, memberships.With(id), subject),
            new GraphCall(owned, owned.With(id), subject),
            AssignmentsOf(id, subject),
        };
    }

    public void Take(IReadOnlyList<WireMembership> memberships, IReadOnlyList<WireMembership> owned)
    {
        foreach (WireMembership one in memberships)
        {
            string type = one.Type ?? string.Empty;
            if (type.EndsWith(".directoryRole", StringComparison.OrdinalIgnoreCase) && one.RoleTemplateId is string template)
            {
                Add(new HeldRole(template, one.DisplayName ?? string.Empty, "/"));
            }
            else if (type.EndsWith(".group", StringComparison.OrdinalIgnoreCase) && one.IsAssignableToRole == true)
            {
                TakeGroup(one, isMember: true);
            }
            else if (type.EndsWith(".administrativeUnit", StringComparison.OrdinalIgnoreCase))
            {
                TakeMembership(one);
            }
        }

        foreach (WireMembership group in owned.Where(group => group.IsAssignableToRole == true))
        {
            TakeGroup(group, isMember: false);
        }
    }

    /// <summary>A role-assignable group of which the account is a member or an owner.</summary>
    public void TakeGroup(WireMembership group, bool isMember)
    {
        groupNames.Add(group.DisplayName ?? group.Id ?? string.Empty);
        if (isMember)
        {
            MemberGroups.Add(group.Id ?? string.Empty);
        }
    }

    /// <summary>An administrative unit that holds the account.</summary>
    public void TakeMembership(WireMembership unit)
    {
        if (unit.Id is not null)
        {
            memberUnits[unit.Id] = unit.IsMemberManagementRestricted == true;
        }
    }

    public void Take(IReadOnlyList<WireRoleAssignment> assignments)
    {
        foreach (HeldRole role in assignments.Select(Translate.Role).OfType<HeldRole>())
        {
            Add(role);
        }
    }

    /// <summary>An assignment says more of a role than a membership does, so it takes its place.</summary>
    public void Add(HeldRole role)
    {
        (string, string) key = (role.TemplateId.ToUpperInvariant(), role.Scope.ToUpperInvariant());
        if (!roles.TryGetValue(key, out HeldRole? present) || present.IsBuiltIn is null)
        {
            roles[key] = role.Name.Length == 0 && present is not null ? role with { Name = present.Name } : role;
        }
    }

    /// <summary>Units over which a role is held and of which the list of memberships said nothing.</summary>
    public IEnumerable<string> UnitsToRead() => ScopeUnits().Where(unit => !memberUnits.ContainsKey(unit));

    public void TakeUnit(string unit, Reading<WireMembership> reading)
    {
        if (!ScopeUnits().Contains(unit, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        if (reading.IsKnown && reading.Value.IsMemberManagementRestricted == true)
        {
            restrictedScopes.Add(unit);
        }
        else if (!reading.IsKnown && !ToleratesUnreadableUnits)
        {
            Error ??= reading.Error;
        }
    }

    public Reading<Standing> ToReading(DateTimeOffset at) =>
        Error is not null
            ? Reading.Failed<Standing>(Error, at)
            : Reading.Of(
                new Standing
                {
                    ObjectId = id,
                    Roles = roles.Values.ToArray(),
                    RoleAssignableGroups = groupNames.ToArray(),
                    AdministrativeUnits = memberUnits.Keys.ToArray(),
                    RestrictedUnits = memberUnits.Where(unit => unit.Value).Select(unit => unit.Key).ToArray(),
                    RestrictedRoleScopes = ScopeUnits()
                        .Where(unit => restrictedScopes.Contains(unit) || IsRestricted(unit))
                        .Select(unit => UnitScope + unit)
                        .ToArray(),
                },
                at);

    private bool IsRestricted(string unit) => memberUnits.TryGetValue(unit, out bool restricted) && restricted;

    private IEnumerable<string> ScopeUnits() =>
        roles.Values
            .Where(role => role.Scope.StartsWith(UnitScope, StringComparison.OrdinalIgnoreCase))
            .Select(role => role.Scope.Substring(UnitScope.Length))
            .Distinct(StringComparer.OrdinalIgnoreCase);
}
