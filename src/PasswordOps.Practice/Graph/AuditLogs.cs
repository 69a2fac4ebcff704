using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>The audit log of the directory and of the services around it.</summary>
internal static class AuditLogs
{
    internal static void Map(RouteTable routes) => routes.Map("GET", "/auditLogs/directoryAudits", 0, List);

    private static Answer List(Call call)
    {
        if (!call.Caller.IsApplication && !Reach.Holds(
            call.Tenant, call.Caller.ObjectId, null, Roles.ReportsReader, Roles.SecurityReader, Roles.SecurityAdministrator,
            Roles.GlobalReader,
            Roles.GlobalAdministrator))
            throw GraphException.Denied();
        IReadOnlyList<AuditRow> rows = call.Tenant.Audit.Visible();
        if (call.Query.Filter is { } text)
            rows = rows.Where(Filter<AuditRow>.Parse(text, "microsoft.graph.directoryAudit", Property).Fits).ToList();
        if (call.Query.OrderBy is { } order)
        {
            rows = order.Trim().ToLowerInvariant() switch
            {
                "activitydatetime" or "activitydatetime asc" => rows.OrderBy(row => row.At).ToList(),
                "activitydatetime desc" => rows.OrderByDescending(row => row.At).ToList(),
                _ => throw GraphException.UnsupportedQuery($"Sorting by '{order}' is not supported."),
            };
        }
        return Paging.Page(call, "auditLogs/directoryAudits", rows, null, 1000, 1000, Write, countable: false);
    }

    private static FilterValue<AuditRow>? Property(string name) => name.ToLowerInvariant() switch
    {
        "id" => row => row.Id,
        "activitydatetime" => row => row.At,
        "activitydisplayname" => row => row.Activity,
        "loggedbyservice" => row => row.Service,
        "correlationid" => row => row.CorrelationId.ToString(),
        "category" => row => row.Category,
        "result" => row => row.Result,
        "targetresources/id" => row => new[] { row.TargetId.ToString() },
        "targetresources/displayname" => _ => Array.Empty<string>(),
        "initiatedby/user/id" => row => row.Actor.IsApplication ? null : row.Actor.Id.ToString(),
        "initiatedby/user/userprincipalname" => row => row.Actor.IsApplication ? null : row.Actor.Name,
        "initiatedby/user/displayname" => _ => null,
        "initiatedby/app/appid" => row => row.Actor.IsApplication ? row.Actor.AppId.ToString() : null,
        "initiatedby/app/displayname" => row => row.Actor.IsApplication ? row.Actor.Name : null,
        _ => null,
    };

    private static void Write(Utf8JsonWriter writer, AuditRow row)
    {
        writer.WriteString("id", row.Id);
        writer.WriteString("category", row.Category);
        writer.WriteString("correlationId", row.CorrelationId);
        writer.WriteString("result", row.Result);
        writer.WriteString("resultReason", row.ResultReason);
        writer.WriteString("activityDisplayName", row.Activity);
        writer.WriteString("activityDateTime", JsonText.Precise(row.At));
        writer.WriteString("loggedByService", row.Service);
        writer.WriteString("operationType", row.OperationType);
        writer.WriteStartObject("initiatedBy");
        WriteActor(writer, row.Actor);
        writer.WriteEndObject();
        writer.WriteStartArray("targetResources");
        writer.WriteStartObject();
        writer.WriteString("id", row.TargetId);
        writer.WriteNull("displayName");
        writer.WriteString("type", row.TargetType);
        writer.WriteString("userPrincipalName", row.TargetName);
        writer.WriteNull("groupType");
        writer.WriteStartArray("modifiedProperties");
        if (row.ModifiedProperties.Count > 0)
        {
            writer.WriteStartObject();
            writer.WriteString("displayName", "Included Updated Properties");
            writer.WriteNull("oldValue");
            // A string that holds JSON itself: that is how the service writes it.
            writer.WriteString("newValue", $"\"{string.Join(", ", row.ModifiedProperties)}\"");
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartArray("additionalDetails");
        foreach (KeyValuePair<string, string> detail in row.Details)
        {
            writer.WriteStartObject();
            writer.WriteString("key", detail.Key);
            writer.WriteString("value", detail.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteActor(Utf8JsonWriter writer, Actor actor)
    {
        if (actor.IsApplication)
        {
            writer.WriteNull("user");
            writer.WriteStartObject("app");
            writer.WriteString("appId", actor.AppId);
            writer.WriteString("displayName", actor.Name);
            writer.WriteString("servicePrincipalId", actor.Id);
            writer.WriteNull("servicePrincipalName");
            writer.WriteEndObject();
            return;
        }
        writer.WriteNull("app");
        writer.WriteStartObject("user");
        writer.WriteString("id", actor.Id);
        writer.WriteNull("displayName");
        writer.WriteString("userPrincipalName", actor.Name);
        writer.WriteString("ipAddress", "");
        writer.WriteNull("userType");
        writer.WriteNull("homeTenantId");
        writer.WriteNull("homeTenantName");
        writer.WriteEndObject();
    }
}
