using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>The registration report: who can prove itself by which method.</summary>
internal static class Reports
{
    private const string Context = "reports/authenticationMethods/userRegistrationDetails";

    internal static void Map(RouteTable routes)
    {
        routes.Map("GET", "/reports/authenticationMethods/userRegistrationDetails", 0, List);
        routes.Map("GET", "/reports/authenticationMethods/userRegistrationDetails/{id}", 0, One);
        routes.Map("GET", "/reports/authenticationMethods/usersRegisteredByFeature(includedUserTypes)/{types}", 0, ByFeature);
    }

    internal static GraphException NotPremium() => new(
        403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "Neither tenant is B2C or tenant doesn't have premium license");

    private static Answer List(Call call)
    {
        RequireRights(call);
        Func<User, bool> fits = user => IsListed(call.Tenant, user);
        if (call.Query.Filter is { } text)
        {
            Filter<User> filter = Filter<User>.Parse(text, "microsoft.graph.userRegistrationDetails", name => Property(call.Tenant, name));
            fits = user => IsListed(call.Tenant, user) && filter.Fits(user);
        }
        IReadOnlyList<User> users = call.Tenant.Users;
        if (call.Query.OrderBy is { } order)
        {
            string[] words = order.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            FilterValue<User> key = words.Length is 1 or 2 && words[0].StartsWith("user", StringComparison.OrdinalIgnoreCase)
                ? Property(call.Tenant, words[0]) ?? throw CannotSort(order)
                : throw CannotSort(order);
            users = words.Length == 2 && string.Equals(words[1], "desc", StringComparison.OrdinalIgnoreCase)
                ? users.OrderByDescending(user => key(user) as string, StringComparer.OrdinalIgnoreCase).ToList()
                : users.OrderBy(user => key(user) as string, StringComparer.OrdinalIgnoreCase).ToList();
        }
        IReadOnlyList<string> selected = call.Query.Select ?? [];
        return Paging.Page(
            call, selected.Count == 0 ? Context : $"{Context}({string.Join(',', selected)})", users, fits, 500, 999,
            (writer, user) => Write(writer, call.Tenant, user, selected), countable: false);
    }

    private static Answer One(Call call)
    {
        RequireRights(call);
        User? user = Guid.TryParse(call.Values[0], out Guid id) ? call.Tenant.Users.Find(id) : null;
        if (user is null || !IsListed(call.Tenant, user))
            throw GraphException.NotFound(call.Values[0]);
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context(Context + "/$entity"));
            Write(writer, call.Tenant, user, call.Query.Select ?? []);
        });
    }

    private static void RequireRights(Call call)
    {
        if (!call.Tenant.Premium)
            throw NotPremium();
        if (!call.Caller.IsApplication && !Reach.Holds(
            call.Tenant, call.Caller.ObjectId, null, Roles.ReportsReader, Roles.SecurityReader, Roles.GlobalReader,
            Roles.ApplicationAdministrator,
            Roles.CloudApplicationAdministrator, Roles.SecurityOperator, Roles.SecurityAdministrator, Roles.GlobalAdministrator))
            throw GraphException.Denied();
    }

    /// <summary>The report leaves disabled and deleted users out, and those who are newer than it.</summary>
    private static bool IsListed(TenantState tenant, User user) =>
        user is { AccountEnabled: true, Deleted: false } && user.CreatedDateTime <= tenant.Now.AddHours(-tenant.Settings.ReportLagHours);

    /// <summary>Totals by feature. The two arguments are one key to the table of routes, as both stand in one pair of brackets.</summary>
    private static Answer ByFeature(Call call)
    {
        RequireRights(call);
        string[] arguments = call.Values[0].Split("',includedUserRoles='");
        if (arguments.Length != 2 || arguments[0] is not ("all" or "member" or "guest")
            || arguments[1] is not ("all" or "privilegedAdmin" or "admin" or "user"))
            throw new GraphException(400, "badRequest", "The arguments of usersRegisteredByFeature are not valid.");
        List<User> users = call.Tenant.Users.Where(user => IsListed(call.Tenant, user)
            && (arguments[0] == "all" || user.Guest == (arguments[0] == "guest"))
            && (arguments[1] == "all" || call.Tenant.IsAdmin(user.Id) == (arguments[1] != "user"))).ToList();
        List<Registration> all = users.ConvertAll(user => Registration.Of(call.Tenant, user));
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context("microsoft.graph.userRegistrationFeatureSummary"));
            writer.WriteNumber("totalUserCount", users.Count);
            writer.WriteString("userTypes", arguments[0]);
            writer.WriteString("userRoles", arguments[1]);
            writer.WriteStartArray("userRegistrationFeatureCounts");
            foreach ((string feature, Predicate<Registration> holds) in s_features)
            {
                writer.WriteStartObject();
                writer.WriteString("feature", feature);
                writer.WriteNumber("userCount", all.Count(one => holds(one)));
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    private static readonly (string Feature, Predicate<Registration> Holds)[] s_features =
    [
        ("ssprRegistered", one => one.SsprRegistered), ("ssprEnabled", one => one.SsprEnabled), ("ssprCapable", one => one.SsprCapable),
        ("passwordlessCapable", one => one.Passwordless), ("mfaCapable", one => one.MfaRegistered),
    ];

    private static GraphException CannotSort(string order) => GraphException.UnsupportedQuery($"Sorting by '{order}' is not supported.");

    private static FilterValue<User>? Property(TenantState tenant, string name) => name.ToLowerInvariant() switch
    {
        "id" => user => user.Id,
        "userprincipalname" => user => user.UserPrincipalName,
        "userdisplayname" => user => user.DisplayName,
        "usertype" => user => user.Guest ? "guest" : "member",
        "isadmin" => user => tenant.IsAdmin(user.Id),
        "isssprregistered" => user => Registration.Of(tenant, user).SsprRegistered,
        "isssprenabled" => user => Registration.Of(tenant, user).SsprEnabled,
        "isssprcapable" => user => Registration.Of(tenant, user).SsprCapable,
        "ismfaregistered" => user => Registration.Of(tenant, user).MfaRegistered,
        "ismfacapable" => user => Registration.Of(tenant, user).MfaRegistered,
        "ispasswordlesscapable" => user => Registration.Of(tenant, user).Passwordless,
        "issystempreferredauthenticationmethodenabled" => user => user.Methods.Preferred != "none",
        "methodsregistered" => user => Registration.Of(tenant, user).Methods,
        "systempreferredauthenticationmethods" => user => user.Methods.Preferred == "none" ? [] : new[] { user.Methods.Preferred },
        "userpreferredmethodforsecondaryauthentication" => user => user.Methods.Preferred,
        _ => null,
    };

    private static void Write(Utf8JsonWriter writer, TenantState tenant, User user, IReadOnlyList<string> selected)
    {
        string[] names =
        [
            "id", "userPrincipalName", "userDisplayName", "userType", "isAdmin", "isSsprRegistered", "isSsprEnabled", "isSsprCapable",
            "isMfaRegistered", "isMfaCapable", "isPasswordlessCapable", "methodsRegistered", "isSystemPreferredAuthenticationMethodEnabled",
            "systemPreferredAuthenticationMethods", "userPreferredMethodForSecondaryAuthentication",
        ];
        foreach (string name in names)
        {
            if (selected.Count == 0 || selected.Contains(name, StringComparer.OrdinalIgnoreCase))
                writer.WriteAny(name, Property(tenant, name)!(user));
        }
        if (selected.Count == 0 || selected.Contains("lastUpdatedDateTime", StringComparer.OrdinalIgnoreCase))
            writer.WriteString("lastUpdatedDateTime", JsonText.Precise(tenant.Now.AddHours(-tenant.Settings.ReportLagHours)));
    }

    /// <summary>What a user's methods amount to.</summary>
    private readonly record struct Registration(
        bool SsprRegistered, bool SsprEnabled, bool MfaRegistered, bool Passwordless, IReadOnlyList<string> Methods)
    {
        public bool SsprCapable => SsprRegistered && SsprEnabled;

        internal static Registration Of(TenantState tenant, User user)
        {
            var methods = new List<string>();
            bool mfa = false, passwordless = false;
            foreach (OtherMethod other in user.Methods.Others)
            {
                string? name = other.Type switch
                {
                    "microsoftAuthenticator" => "microsoftAuthenticatorPush",
                    "softwareOath" => "softwareOneTimePasscode",
                    "fido2" => "passKeyDeviceBound",
                    "windowsHelloForBusiness" => "windowsHelloForBusiness",
                    _ => null,
                };
                if (name is null)
                    continue;
                methods.Add(name);
                mfa = true;
                passwordless |= other.Type is "fido2" or "windowsHelloForBusiness";
            }
            if (user.Methods.Mobile is not null)
                methods.Add("mobilePhone");
            if (user.Methods.AlternateMobile is not null)
                methods.Add("alternateMobilePhone");
            if (user.Methods.Office is not null)
                methods.Add("officePhone");
            mfa |= user.Methods.Mobile is not null || user.Methods.AlternateMobile is not null || user.Methods.Office is not null;
            if (user.Methods.Email is not null)
                methods.Add("email");
            int usable = methods.Count(method => method is not ("passKeyDeviceBound" or "windowsHelloForBusiness"));
            bool admin = tenant.IsAdmin(user.Id);
            // Administrators have their own policy: two methods, and a switch of its own.
            int required = admin ? 2 : tenant.Settings.SsprMethodsRequired;
            bool enabled = !user.Guest && (admin ? tenant.Policies.AllowedToUseSspr : tenant.IsInSsprScope(user));
            return new Registration(usable >= required, enabled, mfa, passwordless, methods);
        }
    }
}
