using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>The phone numbers that a user can be called or texted on to prove who it is.</summary>
internal static partial class PhoneMethods
{
    private const string List = "/users/{id}/authentication/phoneMethods";
    private const string One = List + "/{method}";

    private static readonly (PhoneKind Kind, string Id, string Name)[] s_kinds =
    [
        (PhoneKind.Mobile, "3179e48a-750b-4051-897c-87b9720928f7", "mobile"),
        (PhoneKind.AlternateMobile, "b6332ec1-7057-4abe-9331-3d72feddfe41", "alternateMobile"),
        (PhoneKind.Office, "e37fc753-ff3b-4958-9484-eaa9425c82bc", "office"),
    ];

    internal static void Map(RouteTable routes)
    {
        routes.Map("GET", List, 0, GetAll);
        routes.Map("GET", One, 0, GetOne);
        routes.Map("POST", List, 0, Create);
        routes.Map("PATCH", One, 0, Update);
        routes.Map("DELETE", One, 0, Delete);
    }

    /// <summary>Country code, one blank, number; an extension behind x.</summary>
    internal static bool IsNumber(string text) => Format().IsMatch(text);

    internal static bool TryKind(string name, out PhoneKind kind)
    {
        int index = Array.FindIndex(s_kinds, known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase));
        kind = index < 0 ? default : s_kinds[index].Kind;
        return index >= 0;
    }

    internal static IEnumerable<PhoneKind> Present(User user) =>
        s_kinds.Where(known => user.Methods.Phone(known.Kind) is not null).Select(known => known.Kind);

    internal static void Write(Utf8JsonWriter writer, Call call, User user, PhoneKind kind)
    {
        (_, string id, string name) = Array.Find(s_kinds, known => known.Kind == kind);
        writer.WriteString("phoneNumber", MethodRights.Shown(call, user, user.Methods.Phone(kind)!));
        writer.WriteString("phoneType", name);
        writer.WriteString("smsSignInState", kind == PhoneKind.Mobile ? user.Methods.SmsSignInState : "notSupported");
        writer.WriteString("id", id);
    }

    private static Answer GetAll(Call call)
    {
        User user = call.TargetUser();
        MethodRights.RequireRead(call, user);
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context($"users('{user.Id}')/authentication/phoneMethods"));
            writer.WriteStartArray("value");
            foreach (PhoneKind kind in Present(user))
            {
                writer.WriteStartObject();
                Write(writer, call, user, kind);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    private static Answer GetOne(Call call)
    {
        User user = call.TargetUser();
        MethodRights.RequireRead(call, user);
        return Single(call, user, Existing(user, call.Values[1]), 200);
    }

    private static Answer Create(Call call)
    {
        User user = call.TargetUser();
        MethodRights.RequireWrite(call, user);
        (string? number, string? type) = Read(call);
        if (number is null || type is null || !TryKind(type, out PhoneKind kind))
            throw GraphException.MethodBadRequest("phoneNumber and a valid phoneType are required.");
        RequireFormat(number);
        User after = call.Tenant.Users.Update(user, current =>
        {
            MethodSet methods = current.Methods;
            if (methods.Phone(kind) is not null)
                throw GraphException.MethodBadRequest("A phone method of this type already exists for the user.");
            if (kind == PhoneKind.AlternateMobile && methods.Mobile is null)
                throw GraphException.MethodBadRequest("An alternate mobile phone cannot be added before a mobile phone.");
            return current with { Methods = Changed(call.Tenant, methods, kind, number) };
        });
        MethodRights.WriteAudit(call, after, "Admin registered security info", "Admin registered phone method for user");
        return Single(call, after, kind, 201);
    }

    private static Answer Update(Call call)
    {
        User user = call.TargetUser();
        MethodRights.RequireOther(call, user);
        (string? number, string? type) = Read(call);
        PhoneKind kind = Existing(user, call.Values[1]);
        if (type is not null && !(TryKind(type, out PhoneKind asked) && asked == kind))
            throw GraphException.MethodBadRequest("The type of a phone method cannot be changed.");
        if (number is not null)
            RequireFormat(number);
        User after = call.Tenant.Users.Update(user, current =>
        {
            Existing(current, call.Values[1]);
            return number is null ? current : current with { Methods = Changed(call.Tenant, current.Methods, kind, number) };
        });
        MethodRights.WriteAudit(call, after, "Admin updated security info", "Admin changed phone method for user");
        return Answer.NoContent;
    }

    private static Answer Delete(Call call)
    {
        User user = call.TargetUser();
        MethodRights.RequireWrite(call, user);
        User after = call.Tenant.Users.Update(user, current =>
        {
            PhoneKind kind = Existing(current, call.Values[1]);
            MethodSet methods = current.Methods;
            if (IsDefault(methods.Preferred, kind))
            {
                throw GraphException.MethodBadRequest(
                    $"The requested authentication method id of [{call.Values[1]}] matches the user's current default authentication "
                    + "method, and cannot be deleted until the default authentication method is changed");
            }
            if (kind == PhoneKind.Mobile && methods.AlternateMobile is not null)
                throw GraphException.MethodBadRequest("The mobile phone cannot be deleted while an alternate mobile phone exists.");
            return current with { Methods = methods.WithPhone(kind, null) };
        });
        MethodRights.WriteAudit(call, after, "Admin deleted security info", "Admin deleted phone method for user");
        return Answer.NoContent;
    }

    private static Answer Single(Call call, User user, PhoneKind kind, int status) => Answer.Json(
        writer =>
        {
            writer.WriteString("@odata.context", call.Context($"users('{user.Id}')/authentication/phoneMethods/$entity"));
            Write(writer, call, user, kind);
        },
        status);

    private static (string? Number, string? Type) Read(Call call)
    {
        string? number = null, type = null;
        foreach (JsonProperty property in MethodBody.Properties(call))
        {
            switch (property.Name)
            {
                case "phoneNumber":
                    number = MethodBody.Text(property);
                    break;
                case "phoneType":
                    type = MethodBody.Text(property);
                    break;
                default:
                    throw GraphException.MethodBadRequest($"The property '{property.Name}' cannot be set on a phone method.");
            }
        }
        return (number, type);
    }

    private static void RequireFormat(string number)
    {
        if (!IsNumber(number))
            throw GraphException.MethodBadRequest("Phone number is not in the correct format.");
    }

    private static PhoneKind Existing(User user, string id)
    {
        foreach ((PhoneKind kind, string known, _) in s_kinds)
        {
            if (string.Equals(known, id, StringComparison.OrdinalIgnoreCase) && user.Methods.Phone(kind) is not null)
                return kind;
        }
        throw GraphException.MethodNotFound($"The user has no phone method with id [{id}].");
    }

    private static MethodSet Changed(TenantState tenant, MethodSet methods, PhoneKind kind, string number)
    {
        methods = methods.WithPhone(kind, number);
        if (kind != PhoneKind.Mobile)
            return methods;
        bool sms = tenant.Policies.Methods.Any(method => method is { Id: "Sms", Enabled: true });
        return methods with { SmsSignInState = sms ? "ready" : "notAllowedByPolicy" };
    }

    private static bool IsDefault(string preferred, PhoneKind kind) => kind switch
    {
        PhoneKind.Mobile => preferred is "sms" or "voiceMobile",
        PhoneKind.AlternateMobile => preferred == "voiceAlternateMobile",
        _ => preferred == "voiceOffice",
    };

    [GeneratedRegex(@"^\+[1-9][0-9]{0,2} [0-9]{4,14}(x[0-9]{1,10})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Format();
}
