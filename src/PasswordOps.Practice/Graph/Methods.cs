using System;
using System.Text.Json;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>All authentication methods of a user together, and the password among them.</summary>
internal static class Methods
{
    internal const string PasswordId = "28c10230-6103-485e-b985-444c60001490";

    internal static void Map(RouteTable routes)
    {
        routes.Map("GET", "/users/{id}/authentication/methods", 0, All);
        routes.Map("GET", "/users/{id}/authentication/passwordMethods", 0, Passwords);
        routes.Map("GET", "/users/{id}/authentication/passwordMethods/{method}", 0, Password);
    }

    private static Answer All(Call call)
    {
        User user = call.TargetUser();
        MethodRights.RequireRead(call, user);
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context($"users('{user.Id}')/authentication/methods"));
            writer.WriteStartArray("value");
            Item(writer, "password", () => WritePassword(writer, call, user));
            foreach (PhoneKind kind in PhoneMethods.Present(user))
                Item(writer, "phone", () => PhoneMethods.Write(writer, call, user, kind));
            if (user.Methods.Email is not null)
                Item(writer, "email", () => EmailMethods.Write(writer, user));
            foreach (OtherMethod other in user.Methods.Others)
                Item(writer, other.Type, () => WriteOther(writer, other));
            writer.WriteEndArray();
        });
    }

    private static Answer Passwords(Call call)
    {
        User user = call.TargetUser();
        MethodRights.RequireRead(call, user);
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context($"users('{user.Id}')/authentication/passwordMethods"));
            writer.WriteStartArray("value");
            writer.WriteStartObject();
            WritePassword(writer, call, user);
            writer.WriteEndObject();
            writer.WriteEndArray();
        });
    }

    private static Answer Password(Call call)
    {
        User user = call.TargetUser();
        MethodRights.RequireRead(call, user);
        if (!string.Equals(call.Values[1], PasswordId, StringComparison.OrdinalIgnoreCase))
            throw GraphException.MethodNotFound($"The user has no password method with id [{call.Values[1]}].");
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context($"users('{user.Id}')/authentication/passwordMethods/$entity"));
            WritePassword(writer, call, user);
        });
    }

    private static void Item(Utf8JsonWriter writer, string type, Action write)
    {
        writer.WriteStartObject();
        writer.WriteString("@odata.type", $"#microsoft.graph.{type}AuthenticationMethod");
        write();
        writer.WriteEndObject();
    }

    private static void WritePassword(Utf8JsonWriter writer, Call call, User user)
    {
        writer.WriteString("id", PasswordId);
        writer.WriteNull("password");
        writer.Write("createdDateTime", call.Tenant.ShownPasswordChange(user));
    }

    private static void WriteOther(Utf8JsonWriter writer, OtherMethod other)
    {
        writer.WriteString("id", other.Id);
        if (other.Type == "softwareOath")
        {
            writer.WriteNull("secretKey");
            return;
        }
        writer.WriteString("displayName", other.DisplayName);
        writer.Write("createdDateTime", other.CreatedDateTime);
    }
}
