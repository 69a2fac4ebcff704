using System;
using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>The resetPassword action, which reaches Active Directory too, and the operation that it starts.</summary>
internal static class PasswordResets
{
    internal static void Map(RouteTable routes)
    {
        routes.Map("POST", "/users/{id}/authentication/methods/{method}/resetPassword", 0, Reset);
        routes.Map("POST", "/users/{id}/authentication/passwordMethods/{method}/resetPassword", 0, Reset);
        routes.Map("GET", "/users/{id}/authentication/operations/{operation}", 0, Status);
    }

    private static Answer Reset(Call call)
    {
        User user = call.TargetUser();
        if (!string.Equals(call.Values[1], Methods.PasswordId, StringComparison.OrdinalIgnoreCase))
            throw GraphException.MethodNotFound($"The user has no password method with id [{call.Values[1]}].");
        if (call.IsSelf(user))
            throw GraphException.MethodBadRequest("The caller's own password cannot be reset with this action.");
        if (!Reach.May(call.Tenant, call.Caller.ObjectId, user, RoleMatrix.Reset, Role.UpdatePassword))
            throw GraphException.MethodDenied();
        string? given = Read(call);
        RequirePossible(call.Tenant, user, given);

        string password = given ?? Generate();
        ResetOperation operation = call.Tenant.Operations.Start(user, password, call.Caller.Actor, call.RequestId);
        ReadOnlyMemory<byte> body = Answer.Bytes(writer =>
        {
            if (given is not null)
                return;
            writer.WriteString("@odata.context", call.Context("microsoft.graph.passwordResetResponse"));
            writer.WriteString("newPassword", password);
        });
        return new Answer(202, body, Answer.PlainJson) { Headers = Headers(call, user, operation) };
    }

    private static Dictionary<string, string> Headers(Call call, User user, ResetOperation operation)
    {
        var headers = new Dictionary<string, string>
        {
            ["Location"] = $"{call.Root}/users/{user.Id}/authentication/operations/{operation.Id}"
                + $"?aadgdc={operation.Region}&aadgsu={operation.ScaleUnit}",
        };
        int seconds = (int)Math.Ceiling(operation.Duration.TotalSeconds);
        if (seconds > 0)
            headers["Retry-after"] = seconds.ToString(CultureInfo.InvariantCulture);
        return headers;
    }

    private static void RequirePossible(TenantState tenant, User user, string? given)
    {
        if (tenant.IsExternal(user))
            throw GraphException.MethodBadRequest("The password of a user whose home is elsewhere cannot be reset here.");
        if (user.LocalAccount || tenant.Organization.TenantType == "AAD B2C")
            throw GraphException.MethodBadRequest("The password of a local account cannot be reset with this action; update the user.");
        if (!user.Synced)
            return;
        if (!tenant.Settings.Writeback)
            throw GraphException.MethodBadRequest("Password writeback is not enabled for this organization.");
        if (tenant.IsFederated(user) && !tenant.Settings.FederatedReset)
            throw GraphException.MethodBadRequest("The password of a user of a federated domain cannot be reset here.");
        if (given is null)
            throw GraphException.MethodBadRequest("A new password is required for a user that is synchronized from on-premises.");
    }

    private static Answer Status(Call call)
    {
        User user = call.TargetUser();
        ResetOperation? operation = Guid.TryParse(call.Values[1], out Guid id) ? call.Tenant.Operations.Find(id) : null;
        bool starter = operation is not null && call.Tenant.Settings.StarterReadsOperation && operation.Starter.Id == call.Caller.ObjectId;
        if (!starter)
            MethodRights.RequireRead(call, user);
        // Without the query of its Location the question ends in a region that knows nothing of the operation.
        if (operation is null || operation.User.Id != user.Id
            || call.Query["aadgdc"] != operation.Region || call.Query["aadgsu"] != operation.ScaleUnit)
            throw GraphException.MethodNotFound($"The operation [{call.Values[1]}] was not found.");
        return Answer.Json(writer => Write(writer, call, user, operation));
    }

    private static void Write(Utf8JsonWriter writer, Call call, User user, ResetOperation operation)
    {
        ResetOperation.Outcome? end = operation.End;
        TimeSpan age = call.Now - operation.Created;
        bool running = age > operation.Duration / 4;
        writer.WriteString("@odata.context", call.Context($"users('{user.Id}')/authentication/operations/$entity"));
        writer.WriteString("id", operation.Id);
        writer.WriteString("createdDateTime", JsonText.Precise(operation.Created));
        DateTimeOffset last = end?.At ?? (running ? operation.Created + operation.Duration / 4 : operation.Created);
        writer.WriteString("lastActionDateTime", JsonText.Precise(last));
        writer.WriteString("status", end is null ? running ? "running" : "notStarted" : end.Failed ? "failed" : "succeeded");
        writer.WriteString("statusDetail", end?.Detail);
        writer.WriteNull("resourceLocation");
    }

    private static string? Read(Call call)
    {
        if (call.Body is not { } body)
            return null;
        if (body.ValueKind != JsonValueKind.Object)
            throw Unreadable();
        string? password = null;
        foreach (JsonProperty property in body.EnumerateObject())
        {
            if (property.Name != "newPassword" || property.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                throw Unreadable();
            password = property.Value.GetString();
        }
        return string.IsNullOrEmpty(password) ? null : password;
    }

    private static GraphException Unreadable() => GraphException.MethodBadRequest("Unable to parse the request body.");

    /// <summary>Four letters and four digits, as the service makes them.</summary>
    private static string Generate() => string.Concat(
        RandomNumberGenerator.GetString("BCDFGHJKLMNPQRSTVWXYZ", 1),
        RandomNumberGenerator.GetString("aeiou", 1),
        RandomNumberGenerator.GetString("bcdfghjkmnpqrstvwxyz", 2),
        RandomNumberGenerator.GetString("23456789", 4));
}
