using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>Lists that mix kinds of objects, and what a user belongs to.</summary>
internal static class DirectoryObjects
{
    private const string UserPath = "/users/{id}";
    private const string AppPath = "/servicePrincipals/{id}";

    internal static void Map(RouteTable routes)
    {
        routes.Map("GET", UserPath + "/transitiveMemberOf", 2, call => Mixed(call, call.TargetUser().Id, transitive: true));
        routes.Map("GET", UserPath + "/transitiveMemberOf/microsoft.graph.directoryRole", 2, TransitiveRoles);
        routes.Map(
            "GET", UserPath + "/transitiveMemberOf/microsoft.graph.group", 2,
            call => Groups(call, call.TargetUser().Id, call.Tenant.GroupsOf));
        routes.Map("GET", UserPath + "/memberOf", 2, call => Mixed(call, call.TargetUser().Id, transitive: false));
        routes.Map(
            "GET", UserPath + "/memberOf/microsoft.graph.group", 2, call => Groups(call, call.TargetUser().Id, call.Tenant.DirectGroupsOf));
        routes.Map("GET", UserPath + "/memberOf/microsoft.graph.administrativeUnit", 2, UserUnits);
        routes.Map(
            "GET", UserPath + "/ownedObjects/microsoft.graph.group", 1,
            call => Groups(call, call.TargetUser().Id, call.Tenant.GroupsOwnedBy));
        routes.Map(
            "GET", AppPath + "/transitiveMemberOf", 2,
            call => Mixed(call, ServicePrincipals.Wanted(call).ServicePrincipalId, transitive: true));
        routes.Map(
            "GET", AppPath + "/ownedObjects/microsoft.graph.group", 1,
            call => Groups(call, ServicePrincipals.Wanted(call).ServicePrincipalId, call.Tenant.GroupsOwnedBy));
        routes.Map("GET", "/directory/administrativeUnits", 1, UnitList);
        routes.Map("GET", "/directory/administrativeUnits/{id}", 1, Unit);
        routes.Map("GET", "/directory/administrativeUnits/{id}/members", 1, UnitMembers);
    }

    /// <summary>Objects of any kind by their ids; ids that are gone are left out.</summary>
    internal static Answer List(Call call, IReadOnlyList<Guid> ids)
    {
        IReadOnlyList<string> selected = call.Query.Select ?? [];
        return Paging.Page(
            call, ContextOf("directoryObjects", selected), ids, id => Find(call.Tenant, id) is not null, 100, 999,
            (writer, id) =>
            {
                switch (Find(call.Tenant, id))
                {
                    case User user:
                        writer.WriteString("@odata.type", "#microsoft.graph.user");
                        UserProperties.Write(writer, call.Tenant, user, selected);
                        break;
                    case Group group:
                        writer.WriteString("@odata.type", "#microsoft.graph.group");
                        WriteGroup(writer, group, selected);
                        break;
                    case Application application:
                        writer.WriteString("@odata.type", "#microsoft.graph.servicePrincipal");
                        ServicePrincipals.Write(writer, application, selected);
                        break;
                }
            });
    }

    internal static string ContextOf(string set, IReadOnlyList<string> selected) =>
        selected.Count == 0 ? set : $"{set}({string.Join(',', selected)})";

    private static object? Find(TenantState tenant, Guid id) =>
        tenant.Users.Find(id) ?? tenant.FindGroup(id) ?? (object?)tenant.FindServicePrincipal(id);

    private static IEnumerable<Role> TenantRoles(IEnumerable<RoleAssignment> assignments) => assignments
        .Where(assignment => assignment.TenantWide)
        .Select(assignment => Roles.Find(assignment.RoleId)).OfType<Role>().Distinct();

    private static Answer Mixed(Call call, Guid principal, bool transitive)
    {
        IEnumerable<RoleAssignment> assignments = transitive
            ? call.Tenant.ActiveAssignments(principal)
            : call.Tenant.DirectAssignments(principal);
        IEnumerable<object> objects = TenantRoles(assignments)
            .Concat<object>(transitive ? call.Tenant.GroupsOf(principal) : call.Tenant.DirectGroupsOf(principal))
            .Concat(call.Tenant.UnitsOf(principal));
        IReadOnlyList<string> selected = call.Query.Select ?? [];
        return Paging.Page(
            call, "directoryObjects", objects.ToList(), null, 100, 999,
            (writer, item) =>
            {
                switch (item)
                {
                    case Role role:
                        writer.WriteString("@odata.type", "#microsoft.graph.directoryRole");
                        RoleReads.WriteDirectoryRole(writer, call.Tenant, role);
                        break;
                    case Group group:
                        writer.WriteString("@odata.type", "#microsoft.graph.group");
                        WriteGroup(writer, group, selected);
                        break;
                    case AdministrativeUnit unit:
                        writer.WriteString("@odata.type", "#microsoft.graph.administrativeUnit");
                        WriteUnit(writer, unit, selected);
                        break;
                }
            });
    }

    private static Answer TransitiveRoles(Call call)
    {
        User user = call.TargetUser();
        return Paging.Page(
            call, "directoryRoles", TenantRoles(call.Tenant.ActiveAssignments(user.Id)).ToList(), null, 100, 999,
            (writer, role) => RoleReads.WriteDirectoryRole(writer, call.Tenant, role));
    }

    private static Answer Groups(Call call, Guid principal, Func<Guid, IEnumerable<Group>> groups)
    {
        IReadOnlyList<string> selected = call.Query.Select ?? [];
        return Paging.Page(
            call, ContextOf("groups", selected), groups(principal).ToList(), null, 100, 999,
            (writer, group) => WriteGroup(writer, group, selected));
    }

    private static Answer UserUnits(Call call)
    {
        User user = call.TargetUser();
        IReadOnlyList<string> selected = call.Query.Select ?? [];
        return Paging.Page(
            call, ContextOf("administrativeUnits", selected), call.Tenant.UnitsOf(user.Id).ToList(), null, 100, 999,
            (writer, unit) => WriteUnit(writer, unit, selected));
    }

    private static Answer UnitList(Call call)
    {
        IReadOnlyList<string> selected = call.Query.Select ?? [];
        return Paging.Page(
            call, ContextOf("administrativeUnits", selected), call.Tenant.Units, null, 100, 999,
            (writer, unit) => WriteUnit(writer, unit, selected));
    }

    private static AdministrativeUnit WantedUnit(Call call) =>
        Guid.TryParse(call.Values[0], out Guid id) && call.Tenant.FindUnit(id) is { } unit
            ? unit : throw GraphException.NotFound(call.Values[0]);

    private static Answer Unit(Call call)
    {
        AdministrativeUnit unit = WantedUnit(call);
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context("administrativeUnits/$entity"));
            WriteUnit(writer, unit, call.Query.Select ?? []);
        });
    }

    private static Answer UnitMembers(Call call) => List(call, WantedUnit(call).Members);

    internal static void WriteGroup(Utf8JsonWriter writer, Group group, IReadOnlyList<string> selected) => WriteMembers(
        writer, selected,
        ("id", group.Id), ("deletedDateTime", null), ("displayName", group.DisplayName), ("description", group.Description),
        ("isAssignableToRole", group.AssignableToRole ? true : null),
        ("securityEnabled", group.SecurityEnabled), ("mailEnabled", group.MailEnabled),
        ("visibility", group.HiddenMembership ? "HiddenMembership" : null));

    private static void WriteUnit(Utf8JsonWriter writer, AdministrativeUnit unit, IReadOnlyList<string> selected) => WriteMembers(
        writer, selected,
        ("id", unit.Id), ("deletedDateTime", null), ("displayName", unit.DisplayName), ("description", unit.Description),
        ("visibility", null),
        ("isMemberManagementRestricted", unit.Restricted));

    private static void WriteMembers(
        Utf8JsonWriter writer, IReadOnlyList<string> selected, params ReadOnlySpan<(string Name, object? Value)> members)
    {
        foreach ((string name, object? value) in members)
        {
            if (selected.Count == 0 || selected.Contains(name, StringComparer.OrdinalIgnoreCase))
                writer.WriteAny(name, value);
        }
    }
}
