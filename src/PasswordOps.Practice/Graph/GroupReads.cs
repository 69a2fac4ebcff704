using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>Groups, and who is in them or owns them.</summary>
internal static class GroupReads
{
    internal static void Map(RouteTable routes)
    {
        routes.Map("GET", "/groups", 1, List);
        routes.Map("GET", "/groups/{id}", 1, One);
        routes.Map("GET", "/groups/{id}/members", 3, 
            call => DirectoryObjects.List(call, Hides(call, Wanted(call)) ? [] : Wanted(call).Members));
        routes.Map(
            "GET", "/groups/{id}/transitiveMembers", 5,
            call => DirectoryObjects.List(call, Hides(call, Wanted(call)) ? [] : call.Tenant.TransitiveMembers(Wanted(call))));
        routes.Map("GET", "/groups/{id}/transitiveMembers/microsoft.graph.user", 5, Users);
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

    /// <summary>A list of one sort out of a mixed one is an advanced query. Who may not see a hidden membership sees nobody.</summary>
    private static Answer Users(Call call)
    {
        if (!call.Eventual || !call.Query.Count)
            throw GraphException.UnsupportedQuery("Request_UnsupportedQuery: casts need $count=true and the header ConsistencyLevel.");
        Group group = Wanted(call);
        IReadOnlyList<string> selected = call.Query.Select ?? [];
        IReadOnlyList<User> users = Hides(call, group) ? [] : call.Tenant.TransitiveMembers(group)
            .Select(call.Tenant.Users.Find).OfType<User>().ToList();
        return Paging.Page(
            call, DirectoryObjects.ContextOf("users", selected), users, null, 100, 999,
            (writer, user) => UserProperties.Write(writer, call.Tenant, user, selected));
    }

    private static bool Hides(Call call, Group group) =>
        group.HiddenMembership && !call.Caller.HasAny(["Member.Read.Hidden"]);

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
