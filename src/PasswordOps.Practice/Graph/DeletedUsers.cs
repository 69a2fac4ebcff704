using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>Deletes users, shows the bin, and brings users back from it.</summary>
internal static class DeletedUsers
{
    internal static void Map(RouteTable routes)
    {
        routes.Map("DELETE", "/users/{id}", 1, Delete);
        routes.Map("GET", "/directory/deletedItems/microsoft.graph.user", 1, List);
        routes.Map("GET", "/directory/deletedItems/{id}", 1, One);
        routes.Map("POST", "/directory/deletedItems/{id}/restore", 1, Restore);
    }

    private static Answer Delete(Call call)
    {
        User user = call.TargetUser();
        UserUpdate.RequireDeleteOrRestore(call, user);
        if (user.Synced)
            throw GraphException.BadRequest(UserUpdate.Mastered);
        call.Tenant.Users.Update(user, current => current.AsDeleted(call.Now));
        UserUpdate.WriteAudit(call, user, "Delete user", [], "Delete");
        return Answer.NoContent;
    }

    private static Answer List(Call call)
    {
        IReadOnlyList<string> selected = UserProperties.Selected(call.Query, list: true);
        Filter<User>? filter = Users.FilterOf(call);
        IReadOnlyList<User> users = filter is not null && filter.Keys.TryGetValue("id", out IReadOnlyList<string>? ids)
            ? ids.Select(id => Guid.TryParse(id, out Guid key) ? call.Tenant.Users.FindDeleted(key) : null).OfType<User>().ToList()
            : call.Tenant.Users;
        return Paging.Page(
            call, UserProperties.ContextOf(selected), users, user => user.Deleted && filter?.Fits(user) != false, 100, 999,
            (writer, user) => Write(writer, call, user, selected));
    }

    private static void Write(Utf8JsonWriter writer, Call call, User user, IReadOnlyList<string> selected)
    {
        if (selected.Count == 0)
            writer.Write("deletedDateTime", user.DeletedDateTime);
        UserProperties.Write(writer, call.Tenant, user, selected);
    }

    private static User Wanted(Call call) =>
        (Guid.TryParse(call.Values[0], out Guid id) ? call.Tenant.Users.FindDeleted(id) : null)
        ?? throw GraphException.NotFound(call.Values[0]);

    private static Answer One(Call call) => Entity(call, Wanted(call), UserProperties.Selected(call.Query, list: false));

    private static Answer Entity(Call call, User user, IReadOnlyList<string> selected) => Answer.Json(writer =>
    {
        writer.WriteString("@odata.context", call.Context("directoryObjects/$entity"));
        writer.WriteString("@odata.type", "#microsoft.graph.user");
        Write(writer, call, user, selected);
    });

    private static Answer Restore(Call call)
    {
        User user = Wanted(call);
        UserUpdate.RequireDeleteOrRestore(call, user);
        User restored = call.Tenant.Users.Update(user, current => current.AsRestored(), UserUpdate.NameTaken);
        UserUpdate.WriteAudit(call, restored, "Restore user", []);
        return Entity(call, restored, []);
    }
}
