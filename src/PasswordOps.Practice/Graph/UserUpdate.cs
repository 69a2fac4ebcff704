using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>PATCH of a user: contact data, account state, a new password.</summary>
internal static class UserUpdate
{
    internal const string Mastered =
        "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing "
        + "migration.";

    private const string External =
        "Unable to update the specified properties for objects that have originated within an external service.";

    private static readonly string[] s_general = ["User.ReadWrite.All", "Directory.ReadWrite.All"];

    internal static void Map(RouteTable routes) => routes.Map("PATCH", "/users/{id}", 1, Patch);

    private static Answer Patch(Call call)
    {
        JsonElement body = call.RequireBody();
        User user = call.TargetUser();
        List<(UserPropertyRule Rule, JsonElement Value)> changes = Changes(body);
        RequirePermissions(call, user, changes);
        RequireRoles(call, user, changes);
        User after = call.Tenant.Users.Update(
            user,
            current =>
            {
                RequireSource(call.Tenant, current, changes);
                foreach ((UserPropertyRule rule, JsonElement value) in changes)
                    current = Apply(call, current, rule, value);
                return current;
            },
            NameTaken);
        WriteAudit(call, after, changes);
        return Answer.NoContent;
    }

    /// <summary>The acts that one PATCH is to the directory's own log.</summary>
    private static void WriteAudit(Call call, User user, List<(UserPropertyRule Rule, JsonElement Value)> changes)
    {
        foreach ((UserPropertyRule rule, JsonElement value) in changes)
        {
            if (rule.Kind == PropertyKind.Password)
            {
                bool password = value.TryGetProperty("password", out JsonElement text) && text.ValueKind == JsonValueKind.String;
                WriteAudit(call, user, password ? "Reset user password" : "Set force change user password", ["PasswordProfile"]);
            }
            else if (rule.Name == "accountEnabled")
            {
                WriteAudit(call, user, value.GetBoolean() ? "Enable account" : "Disable account", ["AccountEnabled"]);
            }
        }
        string[] names = changes.Where(change => change.Rule.Kind != PropertyKind.Password)
            .Select(change => char.ToUpperInvariant(change.Rule.Name[0]) + change.Rule.Name[1..]).ToArray();
        if (names.Length > 0)
            WriteAudit(call, user, "Update user", names);
    }

    /// <summary>One row of the directory's own log.</summary>
    internal static void WriteAudit(
        Call call, User user, string activity, IReadOnlyList<string> properties, string operation = "Update",
        string? failure = null) =>
        call.Tenant.Audit.Add(suffix =>
        new AuditRow
        {
            Id = $"Directory_{call.RequestId}_{suffix}",
            CorrelationId = call.RequestId,
            Category = "UserManagement",
            Service = "Core Directory",
            Activity = activity,
            OperationType = operation,
            Result = failure is null ? "success" : "failure",
            ResultReason = failure ?? "",
            At = call.Now,
            Actor = call.Caller.Actor,
            TargetId = user.Id,
            TargetName = user.Unnamed ? null : user.UserPrincipalName,
            ModifiedProperties = properties,
            Details = call.UserAgent is { } agent ? [new("User-Agent", agent)] : [],
        });

    private static List<(UserPropertyRule Rule, JsonElement Value)> Changes(JsonElement body)
    {
        var changes = new List<(UserPropertyRule, JsonElement)>();
        foreach (JsonProperty property in body.EnumerateObject())
        {
            if (property.Name.StartsWith('@'))
                continue;
            UserPropertyRule rule = Permissions.Property(property.Name)
                ?? throw GraphException.BadRequest($"Property '{property.Name}' is read-only or does not exist and cannot be set.");
            bool valid = rule.Type switch
            {
                "bool" => property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False,
                "string" => property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null,
                "strings" => property.Value.ValueKind == JsonValueKind.Array
                    && property.Value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String),
                _ => property.Value.ValueKind == JsonValueKind.Object,
            };
            if (!valid)
                throw GraphException.BadRequest($"Invalid value specified for property '{rule.Name}' of resource 'User'.");
            changes.Add((rule, property.Value));
        }
        return changes;
    }

    private static void RequirePermissions(Call call, User user, List<(UserPropertyRule Rule, JsonElement Value)> changes)
    {
        foreach ((UserPropertyRule rule, _) in changes)
        {
            bool open = call.Caller.HasAny(rule.Permissions)
                || (rule.Kind != PropertyKind.Password && call.Caller.HasAny(s_general))
                || (rule.Name == "mobilePhone" && call.IsSelf(user) && call.Caller.Permissions.Contains("User.ReadWrite"));
            if (!open)
                throw GraphException.Denied();
        }
    }

    private static void RequireRoles(Call call, User user, List<(UserPropertyRule Rule, JsonElement Value)> changes)
    {
        foreach ((UserPropertyRule rule, _) in changes)
        {
            bool allowed = rule.Kind switch
            {
                PropertyKind.Basic => MayUpdateBasics(call, user),
                PropertyKind.Password => MayUpdateSensitive(call, user, Role.UpdatePassword),
                _ => MayUpdateSensitive(call, user) || MayWithoutRole(call, user) || (rule.Name == "mobilePhone" && call.IsSelf(user)),
            };
            if (!allowed)
                throw GraphException.Denied();
        }
    }

    private static bool MayUpdateBasics(Call call, User user)
    {
        if (MayUpdateSensitive(call, user))
            return true;
        if (call.Tenant.IsRestricted(user.Id))
            return false;
        return call.Caller.IsApplication || Reach.Holds(
            call.Tenant, call.Caller.ObjectId, user, Roles.UserAdministrator, Roles.AuthenticationAdministrator,
            Roles.PrivilegedAuthenticationAdministrator, Roles.GlobalAdministrator, Roles.DirectoryWriters);
    }

    private static bool MayUpdateSensitive(Call call, User user, string? action = null) =>
        Reach.May(call.Tenant, call.Caller.ObjectId, user, RoleMatrix.Sensitive)
        || (call.Tenant.Settings.DeskRolesMayPatch && Reach.May(call.Tenant, call.Caller.ObjectId, user, RoleMatrix.Reset, action));

    /// <summary>Deleting and restoring are sensitive actions, as changing contact data is.</summary>
    internal static void RequireDeleteOrRestore(Call call, User user)
    {
        if (!MayUpdateSensitive(call, user) && !MayWithoutRole(call, user))
            throw GraphException.Denied();
    }

    /// <summary>
    /// An application's permission alone reaches contact data and state of those who hold no role, or one of four harmless ones.
    /// </summary>
    private static bool MayWithoutRole(Call call, User user) =>
        call.Caller.IsApplication && !call.Tenant.IsRestricted(user.Id)
        && call.Tenant.ActiveAssignments(user.Id).All(assignment =>
            assignment.RoleId == Roles.DirectoryReaders.Id || assignment.RoleId == Roles.GuestInviter.Id
            || assignment.RoleId == Roles.MessageCenterReader.Id || assignment.RoleId == Roles.ReportsReader.Id);

    private static void RequireSource(TenantState tenant, User user, List<(UserPropertyRule Rule, JsonElement Value)> changes)
    {
        foreach ((UserPropertyRule rule, _) in changes)
        {
            bool password = rule.Kind == PropertyKind.Password;
            if (user.Synced && rule.Mastered && !(password && tenant.Settings.SyncedPasswordPatch))
                throw GraphException.BadRequest(Mastered);
            if (password)
                RequireHome(tenant, user);
        }
    }

    /// <summary>The password of the user lives in this directory, so that this directory can change it.</summary>
    internal static void RequireHome(TenantState tenant, User user)
    {
        if (tenant.IsExternal(user) || user.OriginatedInExternalService)
            throw GraphException.BadRequest(External);
        if (tenant.IsFederated(user) && !user.Synced && !tenant.Settings.FederatedReset)
            throw GraphException.BadRequest("The password of a user of a federated domain cannot be set here.");
    }

    private static User Apply(Call call, User user, UserPropertyRule rule, JsonElement value)
    {
        switch (rule.Name)
        {
            case "accountEnabled":
                return user with { AccountEnabled = value.GetBoolean() };
            case "businessPhones":
                string[] phones = Texts(value);
                if (phones.Length > 1 || Array.Exists(phones, phone => phone.Length is 0 or > 64))
                    throw Invalid(rule);
                return user with { BusinessPhones = phones };
            case "mobilePhone":
                return user with { MobilePhone = Text(rule, value, 64) };
            case "otherMails":
                string[] mails = Texts(value);
                if (mails.Length > 250 || !Array.TrueForAll(mails, IsOtherMail))
                    throw Invalid(rule);
                return user with { OtherMails = mails };
            case "userPrincipalName":
                return Renamed(call.Tenant, user, rule, value);
            case "onPremisesImmutableId":
                OnPremisesAccount account = user.OnPremises ?? new OnPremisesAccount();
                return user with { OnPremises = account with { ImmutableId = Text(rule, value, 256) } };
            case "passwordProfile":
                return NewPassword(call, user, value);
            case "displayName":
                return user with { DisplayName = Text(rule, value, 256) ?? throw Invalid(rule) };
            case "givenName":
                return user with { GivenName = Text(rule, value, 64) };
            case "surname":
                return user with { Surname = Text(rule, value, 64) };
            case "jobTitle":
                return user with { JobTitle = Text(rule, value, 128) };
            case "department":
                return user with { Department = Text(rule, value, 64) };
            case "officeLocation":
                return user with { OfficeLocation = Text(rule, value, 128) };
            case "preferredLanguage":
                return user with { PreferredLanguage = Text(rule, value, 35) };
            case "usageLocation":
                return user with { UsageLocation = Text(rule, value, 2) };
            case "passwordPolicies":
                return user with { PasswordPolicies = Policies(rule, value) };
            default:
                throw new InvalidOperationException($"user-properties.tsv names {rule.Name}, which nothing here applies.");
        }
    }

    private static bool IsOtherMail(string mail) =>
        mail.Length is > 0 and <= 250 && System.Text.Ascii.IsValid(mail) && mail.Contains('@', StringComparison.Ordinal);

    private static User Renamed(TenantState tenant, User user, UserPropertyRule rule, JsonElement value)
    {
        string name = Text(rule, value, 113) ?? throw Invalid(rule);
        int at = name.LastIndexOf('@');
        if (at is < 1 or > 64 || tenant.FindDomain(name[(at + 1)..]) is null)
            throw Invalid(rule);
        return user with { UserPrincipalName = name };
    }

    internal static GraphException NameTaken() =>
        GraphException.BadRequest("Another object with the same value for property userPrincipalName already exists.");

    private static User NewPassword(Call call, User user, JsonElement profile)
    {
        bool? force = null, forceMfa = null;
        string? password = null;
        foreach (JsonProperty property in profile.EnumerateObject())
        {
            switch (property.Name)
            {
                case "forceChangePasswordNextSignIn" when property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                    force = property.Value.GetBoolean();
                    break;
                case "forceChangePasswordNextSignInWithMfa" when property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                    forceMfa = property.Value.GetBoolean();
                    break;
                case "password" when property.Value.ValueKind == JsonValueKind.String:
                    password = property.Value.GetString();
                    break;
                default:
                    if (property.Value.ValueKind != JsonValueKind.Null && !property.Name.StartsWith('@'))
                        throw GraphException.BadRequest("Invalid value specified for property 'passwordProfile' of resource 'User'.");
                    break;
            }
        }
        if (password is null)
        {
            PasswordState kept = user.CloudPassword;
            return user with { CloudPassword = kept.WithForce(force ?? kept.ForceChange, forceMfa ?? kept.ForceChangeWithMfa) };
        }
        if (PasswordPolicy.Refusal(password, user, call.Tenant.Organization.DisplayName) is { } reason)
        {
            WriteAudit(call, user, "Reset user password", [], failure: reason);
            throw GraphException.BadRequest(PasswordPolicy.RefusalText);
        }
        return user.WithCloudPassword(PasswordState.Of(password, force ?? false, forceMfa ?? false), call.Now);
    }

    private static string? Policies(UserPropertyRule rule, JsonElement value)
    {
        string? text = Text(rule, value, 100);
        string[] known = ["None", "DisablePasswordExpiration", "DisableStrongPassword"];
        if (text is not null
            && !text.Split(',', StringSplitOptions.TrimEntries).All(part => known.Contains(part, StringComparer.OrdinalIgnoreCase)))
            throw Invalid(rule);
        return text;
    }

    private static string? Text(UserPropertyRule rule, JsonElement value, int most)
    {
        string? text = value.GetString();
        if (text is { Length: 0 } || text?.Length > most)
            throw Invalid(rule);
        return text;
    }

    private static string[] Texts(JsonElement value) => value.EnumerateArray().Select(item => item.GetString() ?? "").ToArray();

    private static GraphException Invalid(UserPropertyRule rule) =>
        GraphException.BadRequest($"Invalid value specified for property '{rule.Name}' of resource 'User'.");
}
