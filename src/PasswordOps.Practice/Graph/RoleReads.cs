using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
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
        IEnumerable<RoleAssignment> found = call.Tenant.RoleAssignments;
        if (call.Query.Filter is { } text)
        {
            found = found.Where(Filter<RoleAssignment>.Parse(
                text, "microsoft.graph.unifiedRoleAssignment", name => name.ToLowerInvariant() switch
                {
                    "id" => assignment => assignment.Id,
                    "principalid" => assignment => assignment.PrincipalId.ToString(),
                    "roledefinitionid" => assignment => assignment.RoleId.ToString(),
                    "directoryscopeid" => assignment => assignment.Scope,
                    _ => null,
                }).Fits);
        }
        bool expand = Expands(call, "roleDefinition");
        return Paging.Page(
            call, "roleManagement/directory/roleAssignments" + (expand ? "(roleDefinition())" : ""), found.ToList(), null, 100, 999,
            (writer, assignment) =>
            {
                writer.WriteString("id", assignment.Id);
                writer.WriteString("principalId", assignment.PrincipalId);
                writer.WriteString("directoryScopeId", assignment.Scope);
                writer.WriteString("roleDefinitionId", assignment.RoleId);
                if (!expand)
                    return;
                writer.WriteStartObject("roleDefinition");
                WriteDefinition(writer, assignment.RoleId);
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

    private static void WriteDefinition(Utf8JsonWriter writer, Guid id)
    {
        Role? role = Roles.Find(id);
        writer.WriteString("id", id);
        writer.WriteNull("description");
        writer.WriteString("displayName", role?.Name ?? "Custom role");
        writer.WriteBoolean("isBuiltIn", role is not null);
        writer.WriteBoolean("isEnabled", true);
        writer.Write("resourceScopes", ["/"]);
        writer.WriteString("templateId", id);
        writer.WriteString("version", "1");
        writer.WriteEmptyArray("rolePermissions");
    }

    private static Answer Definitions(Call call)
    {
        IEnumerable<Role> found = Roles.All;
        if (call.Query.Filter is { } text)
        {
            found = found.Where(Filter<Role>.Parse(text, "microsoft.graph.unifiedRoleDefinition", name => name.ToLowerInvariant() switch
            {
                "id" or "templateid" => role => role.Id.ToString(),
                "displayname" => role => role.Name,
                "isbuiltin" => _ => true,
                _ => null,
            }).Fits);
        }
        return Paging.Page(
            call, "roleManagement/directory/roleDefinitions", found.ToList(), null, 100, 999,
            (writer, role) => WriteDefinition(writer, role.Id), countable: false);
    }

    private static Answer Definition(Call call)
    {
        if (!Guid.TryParse(call.Values[0], out Guid id) || Roles.Find(id) is null)
            throw GraphException.NotFound(call.Values[0]);
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context("roleManagement/directory/roleDefinitions/$entity"));
            WriteDefinition(writer, id);
        });
    }

    private static Answer Eligibilities(Call call)
    {
        IEnumerable<RoleEligibility> found = call.Tenant.RoleEligibilities
            .Where(item => item.Start <= call.Now && (item.End is null || item.End > call.Now));
        if (call.Query.Filter is { } text)
        {
            found = found.Where(Filter<RoleEligibility>.Parse(
                text, "microsoft.graph.unifiedRoleEligibilityScheduleInstance", name => name.ToLowerInvariant() switch
                {
                    "principalid" => item => item.PrincipalId.ToString(),
                    "roledefinitionid" => item => item.RoleId.ToString(),
                    "directoryscopeid" => item => item.Scope,
                    "membertype" => _ => "Direct",
                    _ => null,
                }).Fits);
        }
        bool expand = Expands(call, "roleDefinition");
        return Paging.Page(
            call, "roleManagement/directory/roleEligibilityScheduleInstances" + (expand ? "(roleDefinition())" : ""),
            found.ToList(), null, 100, 999,
            (writer, item) =>
            {
                writer.WriteString("id", item.Id);
                writer.WriteString("principalId", item.PrincipalId);
                writer.WriteString("roleDefinitionId", item.RoleId);
                writer.WriteString("directoryScopeId", item.Scope);
                writer.WriteNull("appScopeId");
                writer.WriteString("startDateTime", Milliseconds(item.Start));
                writer.WriteString("endDateTime", item.End is { } end ? Milliseconds(end) : null);
                writer.WriteString("memberType", "Direct");
                writer.WriteString("roleEligibilityScheduleId", item.ScheduleId);
                if (!expand)
                    return;
                writer.WriteStartObject("roleDefinition");
                WriteDefinition(writer, item.RoleId);
                writer.WriteEndObject();
            },
            countable: false);
    }

    private static string Milliseconds(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Only roles that somebody holds are there; the service calls them activated.</summary>
    private static IEnumerable<Role> Activated(TenantState tenant) => tenant.RoleAssignments
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
        IEnumerable<Guid> members = call.Tenant.RoleAssignments
            .Where(assignment => assignment.RoleId == role.Id && assignment.TenantWide)
            .Select(assignment => assignment.PrincipalId);
        return DirectoryObjects.List(call, members);
    }
}
