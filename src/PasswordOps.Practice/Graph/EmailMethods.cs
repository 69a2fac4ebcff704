using System;
using System.Text.Json;
using System.Text.RegularExpressions;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>The one mail address that a user can prove itself by.</summary>
internal static partial class EmailMethods
{
    internal const string Id = "3ddfcfc8-9383-446f-83cc-3ab9be4be18f";
    private const string List = "/users/{id}/authentication/emailMethods";
    private const string One = List + "/{method}";

    internal static void Map(RouteTable routes)
    {
        routes.Map("GET", List, 0, GetAll);
        routes.Map("GET", One, 0, GetOne);
        routes.Map("POST", List, 0, Create);
        routes.Map("PATCH", One, 0, Update);
        routes.Map("DELETE", One, 0, Delete);
    }

    internal static bool IsAddress(string text) => text.Length <= 254 && Format().IsMatch(text);

    internal static void Write(Utf8JsonWriter writer, User user)
    {
        writer.WriteString("id", Id);
        writer.WriteString("emailAddress", user.Methods.Email);
    }

    private static Answer GetAll(Call call)
    {
        User user = call.TargetUser();
        MethodRights.RequireRead(call, user);
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context($"users('{user.Id}')/authentication/emailMethods"));
            writer.WriteStartArray("value");
            if (user.Methods.Email is not null)
            {
                writer.WriteStartObject();
                Write(writer, user);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    private static Answer GetOne(Call call)
    {
        User user = call.TargetUser();
        MethodRights.RequireRead(call, user);
        RequireExisting(user, call.Values[1]);
        return Single(call, user, 200);
    }

    private static Answer Create(Call call)
    {
        User user = call.TargetUser();
        MethodRights.RequireOther(call, user);
        string address = Read(call);
        User after = call.Tenant.Users.Update(user, current => current.Methods.Email is null
            ? current with { Methods = current.Methods with { Email = address } }
            : throw GraphException.MethodBadRequest("An email method already exists for the user."));
        MethodRights.WriteAudit(call, after, "Admin registered security info", "Admin registered email method for user");
        return Single(call, after, 201);
    }

    private static Answer Update(Call call)
    {
        User user = call.TargetUser();
        MethodRights.RequireOther(call, user);
        string address = Read(call);
        User after = call.Tenant.Users.Update(user, current =>
        {
            RequireExisting(current, call.Values[1]);
            return current with { Methods = current.Methods with { Email = address } };
        });
        MethodRights.WriteAudit(call, after, "Admin updated security info", "Admin changed email method for user");
        return Answer.NoContent;
    }

    private static Answer Delete(Call call)
    {
        User user = call.TargetUser();
        MethodRights.RequireWrite(call, user);
        User after = call.Tenant.Users.Update(user, current =>
        {
            RequireExisting(current, call.Values[1]);
            return current with { Methods = current.Methods with { Email = null } };
        });
        MethodRights.WriteAudit(call, after, "Admin deleted security info", "Admin deleted email method for user");
        return Answer.NoContent;
    }

    private static string Read(Call call)
    {
        string? address = null;
        foreach (JsonProperty property in MethodBody.Properties(call))
        {
            if (property.Name != "emailAddress")
                throw GraphException.MethodBadRequest($"The property '{property.Name}' cannot be set on an email method.");
            address = MethodBody.Text(property);
        }
        return address is not null && IsAddress(address)
            ? address
            : throw GraphException.MethodBadRequest("The email address is not in the correct format.");
    }

    private static void RequireExisting(User user, string id)
    {
        if (user.Methods.Email is null || !string.Equals(id, Id, StringComparison.OrdinalIgnoreCase))
            throw GraphException.MethodNotFound($"The user has no email method with id [{id}].");
    }

    private static Answer Single(Call call, User user, int status) => Answer.Json(
        writer =>
        {
            writer.WriteString("@odata.context", call.Context($"users('{user.Id}')/authentication/emailMethods/$entity"));
            Write(writer, user);
        },
        status);

    [GeneratedRegex(
        @"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Format();
}
