using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>Reads users: list, count, one.</summary>
internal static class Users
{
    private const int StandardPage = 100;
    private const int MostPage = 999;

    internal static void Map(RouteTable routes)
    {
        routes.Map("GET", "/users", 2, List);
        routes.Map("GET", "/users/$count", 2, Count);
        routes.Map("GET", "/users/{id}", 1, One);
        routes.Map("GET", "/users/{id}/onPremisesSyncBehavior", 1, SyncBehavior);
        routes.Map("POST", "/users/{id}/revokeSignInSessions", 1, Revoke);
    }

    private static Answer List(Call call)
    {
        IReadOnlyList<string> selected = UserProperties.Selected(call.Query, list: true);
        RequireSignInActivityRights(call, selected);
        if (call.Query.Search is not null)
            throw Search(call);
        Filter<User>? filter = FilterOf(call);
        IReadOnlyList<User> users = Ordered(call, filter, Candidates(call, filter));
        Action<Utf8JsonWriter, TenantState, User> write = UserProperties.Writer(selected);
        return Paging.Page(
            call, UserProperties.ContextOf(selected), users, Fits(filter), StandardPage, MostPage,
            (writer, user) => write(writer, call.Tenant, user));
    }

    private static Answer Count(Call call)
    {
        if (!call.Eventual)
            throw GraphException.BadRequest("$count is not currently supported.");
        Filter<User>? filter = FilterOf(call);
        int count = filter is null ? call.Tenant.Users.LiveCount : Paging.CountOf(Candidates(call, filter), Fits(filter));
        return new Answer(200, Encoding.UTF8.GetBytes(count.ToString(CultureInfo.InvariantCulture)), "text/plain");
    }

    private static Answer One(Call call)
    {
        User user = call.TargetUser();
        IReadOnlyList<string> selected = UserProperties.Selected(call.Query, list: false);
        RequireSignInActivityRights(call, selected);
        if (selected.Contains(UserProperties.SignInActivity, StringComparer.OrdinalIgnoreCase) && !Guid.TryParse(call.Values[0], out _))
            throw GraphException.BadRequest("Get By Key only supports UserId and the key has to be a valid Guid");
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context(UserProperties.ContextOf(selected) + "/$entity"));
            UserProperties.Write(writer, call.Tenant, user, selected);
        });
    }

    /// <summary>
    /// Says whether the source of authority was moved to the cloud. Reading asks for the writing permission, as in the service.
    /// </summary>
    private static Answer SyncBehavior(Call call)
    {
        User user = call.TargetUser();
        if (!call.Caller.IsApplication
            && !Reach.Holds(call.Tenant, call.Caller.ObjectId, null, Roles.HybridIdentityAdministrator, Roles.GlobalAdministrator))
            throw GraphException.Denied();
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context($"users('{user.Id}')/onPremisesSyncBehavior/$entity"));
            writer.WriteString("id", user.Id);
            writer.WriteBoolean("isCloudManaged", user.CloudManaged);
        });
    }

    private static Answer Revoke(Call call)
    {
        User user = call.TargetUser();
        bool open = call.Caller.IsApplication ? !call.Tenant.IsRestricted(user.Id) : call.IsSelf(user);
        if (!open && !Reach.May(call.Tenant, call.Caller.ObjectId, user, RoleMatrix.Reset, Role.RevokeTokens))
            throw GraphException.Denied();
        if (call.Tenant.IsExternal(user))
            throw GraphException.BadRequest("The sessions of a user whose home is elsewhere cannot be revoked here.");
        call.Tenant.Users.Update(user, current => current with { SignInSessionsValidFrom = call.Now });
        UserUpdate.WriteAudit(call, user, "Update StsRefreshTokenValidFrom Timestamp", ["StsRefreshTokensValidFrom"]);
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context("Edm.Boolean"));
            writer.WriteBoolean("value", true);
        });
    }

    internal static Filter<User>? FilterOf(Call call) => call.Query.Filter is { } text
        ? Filter<User>.Parse(text, "microsoft.graph.user", UserProperties.Filterable(call.Tenant)).RequireAdvanced(call)
        : null;

    private static Func<User, bool> Fits(Filter<User>? filter) =>
        filter is null ? user => !user.Deleted : user => !user.Deleted && filter.Fits(user);

    /// <summary>A filter that names its users by key needs no walk over all of them.</summary>
    private static IReadOnlyList<User> Candidates(Call call, Filter<User>? filter)
    {
        if (filter is null)
            return call.Tenant.SeenUsers;
        foreach (string key in (ReadOnlySpan<string>)["userprincipalname", "id"])
        {
            if (filter.Keys.TryGetValue(key, out IReadOnlyList<string>? values))
            {
                return values.Select(call.Tenant.SeenUsers.Find).OfType<User>().DistinctBy(user => user.Index)
                    .OrderBy(user => user.Index).ToList();
            }
        }
        return call.Tenant.SeenUsers;
    }

    private static IReadOnlyList<User> Ordered(Call call, Filter<User>? filter, IReadOnlyList<User> users)
    {
        if (call.Query.OrderBy is not { } order)
            return users;
        if (filter is not null && !(call.Eventual && call.Query.Count))
            throw GraphException.UnsupportedQuery("Sorting not supported for current query.");
        string[] words = order.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool descending = words.Length == 2 && string.Equals(words[1], "desc", StringComparison.OrdinalIgnoreCase);
        Func<User, string?> key = words[0].ToLowerInvariant() switch
        {
            "displayname" => user => user.DisplayName,
            "userprincipalname" => user => user.UserPrincipalName,
            _ => throw GraphException.UnsupportedQuery($"Sorting by '{words[0]}' is not supported."),
        };
        return descending
            ? users.OrderByDescending(key, StringComparer.OrdinalIgnoreCase).ToList()
            : users.OrderBy(key, StringComparer.OrdinalIgnoreCase).ToList();
    }

    private static GraphException Search(Call call) => call.Eventual
        ? GraphException.UnsupportedQuery("This practice tenant does not search; use $filter.")
        : GraphException.UnsupportedQuery(
            "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'");

    private static void RequireSignInActivityRights(Call call, IReadOnlyList<string> selected)
    {
        if (!selected.Contains(UserProperties.SignInActivity, StringComparer.OrdinalIgnoreCase))
            return;
        if (!call.Tenant.Premium)
            throw Reports.NotPremium();
        if (!call.Caller.Permissions.Contains("AuditLog.Read.All"))
            throw GraphException.Denied();
    }
}
