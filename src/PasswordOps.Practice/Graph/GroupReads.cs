using System;
using System.Collections.Generic;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>Groups, and who is in them or owns them.</summary>
internal static class GroupReads
{
    internal static void Map(RouteTable routes)
    {
        routes.Map("GET", "/groups", 1, List);
        routes.Map("GET", "/groups/{id}", 1, One);
        routes.Map("GET", "/groups/{id}/members", 3, call => DirectoryObjects.List(call, Wanted(call).Members));
        routes.Map(
            "GET", "/groups/{id}/transitiveMembers", 5,
            call => DirectoryObjects.List(call, call.Tenant.TransitiveMembers(Wanted(call))));
        routes.Map("GET", "/groups/{id}/owners", 1, call => DirectoryObjects.List(call, Wanted(call).Owners));
    }

    private static Answer List(Call call)
    {
        IReadOnlyList<string> selected = call.Query.Select ?? [];
        Filter<Group>? filter = call.Query.Filter is { } text
            ? Filter<Group>.Parse(text, "microsoft.graph.group", Property).RequireAdvanced(call)
            : null;
        return Paging.Page(
            call, DirectoryObjects.ContextOf("groups", selected), call.Tenant.Groups, filter?.Fits, 100, 999,
            (writer, group) => DirectoryObjects.WriteGroup(writer, group, selected));
    }

    private static FilterValue<Group>? Property(string name) => name.ToLowerInvariant() switch
    {
        "id" => group => group.Id.ToString(),
        "displayname" => group => group.DisplayName,
        "isassignabletorole" => group => group.AssignableToRole ? true : null,
        "securityenabled" => group => group.SecurityEnabled,
        "mailenabled" => group => group.MailEnabled,
        _ => null,
    };

    private static Answer One(Call call)
    {
        Group group = Wanted(call);
        IReadOnlyList<string> selected = call.Query.Select ?? [];
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context(DirectoryObjects.ContextOf("groups", selected) + "/$entity"));
            DirectoryObjects.WriteGroup(writer, group, selected);
        });
    }

    private static Group Wanted(Call call) =>
        Guid.TryParse(call.Values[0], out Guid id) && call.Tenant.FindGroup(id) is { } group
            ? group : throw GraphException.NotFound(call.Values[0]);
}
