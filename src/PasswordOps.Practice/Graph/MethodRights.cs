using System;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>Who may read and write the authentication methods of whom, beyond the permission.</summary>
internal static class MethodRights
{
    internal static void RequireRead(Call call, User user)
    {
        if (call.Caller.IsApplication || call.IsSelf(user))
            return;
        if (!Reach.Holds(
            call.Tenant, call.Caller.ObjectId, user, Roles.GlobalReader, Roles.AuthenticationAdministrator,
            Roles.PrivilegedAuthenticationAdministrator, Roles.GlobalAdministrator))
            throw GraphException.MethodDenied();
    }

    internal static void RequireWrite(Call call, User user)
    {
        // The permission of an application is enough, except where a restricted unit keeps the tenant out.
        bool allowed = call.Caller.IsApplication && !call.Tenant.IsRestricted(user.Id);
        if (!allowed && !call.IsSelf(user) && !Reach.May(call.Tenant, call.Caller.ObjectId, user, RoleMatrix.Reset, only: ManagesMethods))
            throw GraphException.MethodDenied();
    }

    /// <summary>An address, and another number in place of one, are set by somebody else, never by the user through this door.</summary>
    internal static void RequireOther(Call call, User user)
    {
        RequireWrite(call, user);
        if (call.IsSelf(user))
            throw GraphException.MethodDenied();
    }

    /// <summary>Authentication Administrators see that a number is there, not which one.</summary>
    internal static string Shown(Call call, User user, string number)
    {
        bool full = call.Caller.IsApplication || call.IsSelf(user) || Reach.Holds(
            call.Tenant, call.Caller.ObjectId, user, Roles.GlobalReader, Roles.PrivilegedAuthenticationAdministrator,
            Roles.GlobalAdministrator);
        if (full)
            return number;
        int blank = number.IndexOf(' ', StringComparison.Ordinal);
        string hidden = new('X', Math.Max(0, number.Length - blank - 3));
        return string.Concat(number.AsSpan(0, blank + 1), hidden, number.AsSpan(number.Length - 2));
    }

    internal static void WriteAudit(Call call, User user, string activity, string reason) => call.Tenant.Audit.Add(suffix => new AuditRow
    {
        Id = $"Authentication Methods_{call.RequestId}_{suffix}",
        CorrelationId = call.RequestId,
        Category = "UserManagement",
        Service = "Authentication Methods",
        Activity = call.IsSelf(user) ? activity.Replace("Admin", "User", StringComparison.Ordinal) : activity,
        OperationType = "ServiceApi",
        Result = "success",
        ResultReason = call.IsSelf(user) ? reason.Replace("Admin", "User", StringComparison.Ordinal) : reason,
        At = call.Now,
        Actor = call.Caller.Actor,
        TargetId = user.Id,
        TargetName = user.UserPrincipalName,
    });

    private static bool ManagesMethods(Role role) =>
        role == Roles.AuthenticationAdministrator || role == Roles.PrivilegedAuthenticationAdministrator
            || role == Roles.GlobalAdministrator;
}
