using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>Directory roles: definitions, who holds them, who could.</summary>
internal static class RoleReads
{
    private const string ByTemplate = "/directoryRoles(roleTemplateId)/{template}";

    internal static void Map(RouteTable routes)
    {
        routes.Map("GET", "/roleManagement/directory/roleAssignments", 1, Assignments);
        routes.Map("GET", "/roleManagement/directory/roleDefinitions", 1, Definitions);
        routes.Map("GET", "/roleManagement/directory/roleDefinitions/{id}", 1, Definition);
        routes.Map("GET", "/roleManagement/directory/roleAssignmentScheduleInstances", 1, ActiveInstances);
        routes.Map("GET", "/roleManagement/directory/roleEligibilityScheduleInstances", 1, Eligibilities);
        routes.Map("GET", "/directoryRoles", 1, DirectoryRoles);
        routes.Map("GET", "/directoryRoles/{id}", 1, DirectoryRole);
        routes.Map("GET", "/directoryRoles/{id}/members", 1, Members);
        routes.Map("GET", ByTemplate, 1, DirectoryRole);
        routes.Map("GET", ByTemplate + "/members", 1, Members);
    }

    internal static void WriteDirectoryRole(Utf8JsonWriter writer, TenantState tenant, Role role)
    {
        writer.WriteString("id", tenant.DirectoryRoleId(role.Id));
        writer.WriteNull("deletedDateTime");
        writer.WriteNull("description");
        writer.WriteString("displayName", role.Name);
        writer.WriteString("roleTemplateId", role.Id);
    }

    private static Answer Assignments(Call call)
    {
        Func<RoleAssignment, bool>? fits = FilterOf<RoleAssignment>(
            call, "unifiedRoleAssignment", name => name switch
            {
                "id" => assignment => assignment.Id,
                "principalid" => assignment => assignment.PrincipalId.ToString(),
                "roledefinitionid" => assignment => assignment.RoleId.ToString(),
                "directoryscopeid" => assignment => assignment.Scope,
                _ => null,
            });
        return Holdings(
            call, "roleAssignments", call.Tenant.RoleHolders.All,
            assignment => call.Tenant.Users.FindDeleted(assignment.PrincipalId) is null && fits?.Invoke(assignment) != false,
            assignment => assignment.RoleId,
            (writer, assignment) =>
            {
                writer.WriteString("id", assignment.Id);
                writer.WriteString("principalId", assignment.PrincipalId);
                writer.WriteString("directoryScopeId", assignment.Scope);
                writer.WriteString("roleDefinitionId", assignment.RoleId);
            });
    }

    /// <summary>The same as the schedules of privileged identity management know it: assigned for good, or activated for a while.</summary>
    private static Answer ActiveInstances(Call call)
    {
        Func<RoleAssignment, bool>? fits = FilterOf<RoleAssignment>(
            call, "unifiedRoleAssignmentScheduleInstance", name => name switch
            {
                "id" => assignment => assignment.Id,
                "principalid" => assignment => assignment.PrincipalId.ToString(),
                "roledefinitionid" => assignment => assignment.RoleId.ToString(),
                "directoryscopeid" => assignment => assignment.Scope,
                "assignmenttype" => assignment => TypeOf(assignment),
                "membertype" => _ => "Direct",
                _ => null,
            });
        return Holdings(
            call, "roleAssignmentScheduleInstances", call.Tenant.RoleHolders.All,
            assignment => call.Tenant.Users.FindDeleted(assignment.PrincipalId) is null && fits?.Invoke(assignment) != false,
            assignment => assignment.RoleId,
            (writer, assignment) =>
            {
                writer.WriteString("id", assignment.Id);
                writer.WriteString("principalId", assignment.PrincipalId);
                writer.WriteString("roleDefinitionId", assignment.RoleId);
                writer.WriteString("directoryScopeId", assignment.Scope);
                writer.WriteNull("appScopeId");
                writer.WriteString("startDateTime", Milliseconds(assignment.Start));
                writer.WriteString("endDateTime", Milliseconds(assignment.End));
                writer.WriteString("assignmentType", TypeOf(assignment));
                writer.WriteString("memberType", "Direct");
                writer.WriteString("roleAssignmentOriginId", assignment.Id);
                writer.WriteString("roleAssignmentScheduleId", assignment.Id);
            });
    }

    private static string TypeOf(RoleAssignment assignment) => assignment.Activated ? "Activated" : "Assigned";

    private static Func<T, bool>? FilterOf<T>(Call call, string type, Func<string, FilterValue<T>?> properties) =>
        call.Query.Filter is { } text
            ? Filter<T>.Parse(text, "microsoft.graph." + type, name => properties(name.ToLowerInvariant())).Fits
            : null;

    /// <summary>A list of who holds or could hold roles, each with the definition of its role where that is asked for.</summary>
    private static Answer Holdings<T>(
        Call call, string name, IReadOnlyList<T> items, Func<T, bool>? fits, Func<T, Guid> roleOf, Action<Utf8JsonWriter, T> write)
    {
        bool expand = Expands(call, "roleDefinition");
        return Paging.Page(
            call, $"roleManagement/directory/{name}{(expand ? "(roleDefinition())" : "")}", items, fits, 100, 999,
            (writer, item) =>
            {
                write(writer, item);
                if (!expand)
                    return;
                writer.WriteStartObject("roleDefinition");
                WriteDefinition(writer, call.Tenant, roleOf(item));
                writer.WriteEndObject();
            },
            countable: false);
    }

    /// <summary>Whether $expand asks for this relationship; it may ask for one, and only for one that exists.</summary>
    private static bool Expands(Call call, string relationship)
    {
        if (call.Query.Expand is not { } text)
            return false;
        if (text.Contains(',', StringComparison.Ordinal))
            throw GraphException.BadRequest("The $expand query option supports one relationship in a request.");
        if (string.Equals(text, relationship, StringComparison.OrdinalIgnoreCase))
            return true;
        throw new GraphException(
            400, "BadRequest", $"Parsing OData Select and Expand failed: Could not find a property named '{text}'.");
    }

    private static void WriteDefinition(Utf8JsonWriter writer, TenantState tenant, Guid id)
    {
        Role? role = tenant.FindRole(id);
        IReadOnlyList<string> actions = role is { BuiltIn: true } && RoleMatrix.Reset.Knows(role)
            ? [Role.UpdatePassword, Role.RevokeTokens]
            : role?.Actions ?? [];
        writer.WriteString("id", id);
        writer.WriteNull("description");
        writer.WriteString("displayName", role?.Name ?? "Unknown role");
        writer.WriteBoolean("isBuiltIn", role?.BuiltIn ?? true);
        writer.WriteBoolean("isEnabled", role?.Enabled ?? true);
        writer.Write("resourceScopes", ["/"]);
        writer.WriteString("templateId", id);
        writer.WriteString("version", role is { BuiltIn: false } ? null : "1");
        writer.WriteStartArray("rolePermissions");
        if (actions.Count > 0)
        {
            writer.WriteStartObject();
            writer.Write("allowedResourceActions", actions);
            writer.WriteNull("condition");
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static Answer Definitions(Call call) => Paging.Page(
        call, "roleManagement/directory/roleDefinitions", [.. Roles.All, .. call.Tenant.CustomRoles],
        FilterOf<Role>(call, "unifiedRoleDefinition", name => name switch
        {
            "id" or "templateid" => role => role.Id.ToString(),
            "displayname" => role => role.Name,
            "isbuiltin" => role => role.BuiltIn,
            _ => null,
        }),
        100, 999, (writer, role) => WriteDefinition(writer, call.Tenant, role.Id), countable: false);

    private static Answer Definition(Call call)
    {
        if (!Guid.TryParse(call.Values[0], out Guid id) || call.Tenant.FindRole(id) is null)
            throw GraphException.NotFound(call.Values[0]);
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context("roleManagement/directory/roleDefinitions/$entity"));
            WriteDefinition(writer, call.Tenant, id);
        });
    }

    private static Answer Eligibilities(Call call)
    {
        Func<RoleEligibility, bool>? fits = FilterOf<RoleEligibility>(
            call, "unifiedRoleEligibilityScheduleInstance", name => name switch
            {
                "id" => item => item.Id,
                "principalid" => item => item.PrincipalId.ToString(),
                "roledefinitionid" => item => item.RoleId.ToString(),
                "directoryscopeid" => item => item.Scope,
                "membertype" => _ => "Direct",
                _ => null,
            });
        return Holdings(
            call, "roleEligibilityScheduleInstances", call.Tenant.RoleEligibilities,
            item => item.IsOpen(call.Now) && call.Tenant.Users.FindDeleted(item.PrincipalId) is null && fits?.Invoke(item) != false,
            item => item.RoleId,
            (writer, item) =>
            {
                writer.WriteString("id", item.Id);
                writer.WriteString("principalId", item.PrincipalId);
                writer.WriteString("roleDefinitionId", item.RoleId);
                writer.WriteString("directoryScopeId", item.Scope);
                writer.WriteNull("appScopeId");
                writer.WriteString("startDateTime", Milliseconds(item.Start));
                writer.WriteString("endDateTime", Milliseconds(item.End));
                writer.WriteString("memberType", "Direct");
                writer.WriteString("roleEligibilityScheduleId", item.ScheduleId);
            });
    }

    private static string? Milliseconds(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Only roles that somebody holds are there; the service calls them activated.</summary>
    private static IEnumerable<Role> Activated(TenantState tenant) => tenant.RoleHolders.All
        .Select(assignment => Roles.Find(assignment.RoleId)).OfType<Role>().Distinct();

    private static Answer DirectoryRoles(Call call)
    {
        IEnumerable<Role> found = Activated(call.Tenant);
        if (call.Query.Filter is { } text)
        {
            found = found.Where(Filter<Role>.Parse(text, "microsoft.graph.directoryRole", name => name.ToLowerInvariant() switch
            {
                "roletemplateid" => role => role.Id.ToString(),
                "displayname" => role => role.Name,
                _ => null,
            }).Fits);
        }
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context("directoryRoles"));
            writer.WriteStartArray("value");
            foreach (Role role in found)
            {
                writer.WriteStartObject();
                WriteDirectoryRole(writer, call.Tenant, role);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    private static Role Wanted(Call call)
    {
        Role? found = Guid.TryParse(call.Values[0], out Guid id)
            ? Activated(call.Tenant).FirstOrDefault(role => role.Id == id || call.Tenant.DirectoryRoleId(role.Id) == id)
            : null;
        return found ?? throw GraphException.NotFound(call.Values[0]);
    }

    private static Answer DirectoryRole(Call call)
    {
        Role role = Wanted(call);
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context("directoryRoles/$entity"));
            WriteDirectoryRole(writer, call.Tenant, role);
        });
    }

    private static Answer Members(Call call)
    {
        Role role = Wanted(call);
        IEnumerable<Guid> members = call.Tenant.RoleHolders.All
            .Where(assignment => assignment.RoleId == role.Id && assignment.TenantWide)
            .Select(assignment => assignment.PrincipalId);
        return DirectoryObjects.List(call, members.ToList());
    }
}
