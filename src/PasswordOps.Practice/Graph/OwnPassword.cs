using System.Text.Json;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>changePassword: the caller's own password, which the caller knows.</summary>
internal static class OwnPassword
{
    private const string Activity = "Change user password";

    internal static void Map(RouteTable routes) => routes.Map("POST", "/users/{id}/changePassword", 1, Change);

    private static Answer Change(Call call)
    {
        User user = call.TargetUser();
        if (!call.IsSelf(user))
            throw new GraphException(403, "Authorization_RequestDenied", "Access to change password operation is denied.");
        (string current, string next) = Read(call);
        User after = call.Tenant.Users.Update(user, before =>
        {
            RequirePossible(call.Tenant, before);
            if (!before.CloudPassword.Matches(current))
                throw Refused(call, before, "InvalidPassword", "The specified current password is not correct.");
            if (before.CloudPassword.Matches(next))
                throw Refused(call, before, "PasswordReuse", "The new password must differ from the current password.");
            if (PasswordPolicy.Refusal(next, before, call.Tenant.Organization.DisplayName) is { } reason)
                throw Refused(call, before, reason, PasswordPolicy.RefusalText);
            return before.WithCloudPassword(PasswordState.Of(next, forceChange: false), call.Now);
        });
        UserUpdate.WriteAudit(call, after, Activity, []);
        return Answer.NoContent;
    }

    private static void RequirePossible(TenantState tenant, User user)
    {
        UserUpdate.RequireHome(tenant, user);
        if (user.Synced && !tenant.Settings.SyncedPasswordChange)
            throw GraphException.BadRequest(UserUpdate.Mastered);
    }

    private static GraphException Refused(Call call, User user, string reason, string message)
    {
        UserUpdate.WriteAudit(call, user, Activity, [], failure: reason);
        return GraphException.BadRequest(message);
    }

    private static (string Current, string New) Read(Call call)
    {
        JsonElement body = call.RequireBody();
        return (Text(body, "currentPassword"), Text(body, "newPassword"));
    }

    private static string Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } text
            ? text
            : throw GraphException.BadRequest($"Invalid value specified for property '{name}' of resource 'User'.");
}
