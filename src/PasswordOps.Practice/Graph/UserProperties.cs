using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>The properties of a user that this tenant knows, how to read them, and which of them an answer holds.</summary>
internal static class UserProperties
{
    internal const string SignInActivity = "signInActivity";

    /// <summary>What the service sends when nobody says what to send.</summary>
    private static readonly string[] s_standard =
    [
        "businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone", "officeLocation", "preferredLanguage", "surname",
        "userPrincipalName", "id",
    ];

    /// <summary>Properties that live with another service, which a list cannot ask.</summary>
    private static readonly HashSet<string> s_notOnLists = new(StringComparer.OrdinalIgnoreCase)
    {
        "aboutMe", "birthday", "hireDate", "interests", "mySite", "pastProjects", "preferredName", "responsibilities", "schools", "skills",
        "mailboxSettings",
    };

    private static readonly Dictionary<string, (string Name, Func<TenantState, User, object?> Get)> s_all =
        new List<(string Name, Func<TenantState, User, object?> Get)>
    {
        ("id", (_, user) => user.Id.ToString()),
        ("userPrincipalName", (_, user) => user.Unnamed ? null : user.UserPrincipalName),
        ("displayName", (_, user) => user.DisplayName),
        ("givenName", (_, user) => user.GivenName),
        ("surname", (_, user) => user.Surname),
        ("jobTitle", (_, user) => user.JobTitle),
        ("department", (_, user) => user.Department),
        ("officeLocation", (_, user) => user.OfficeLocation),
        ("preferredLanguage", (_, user) => user.PreferredLanguage),
        ("usageLocation", (_, user) => user.UsageLocation),
        ("mail", (_, user) => user.Mail),
        ("mailNickname", (_, user) => user.UserPrincipalName[..user.UserPrincipalName.LastIndexOf('@')]),
        ("mobilePhone", (_, user) => user.MobilePhone),
        ("businessPhones", (_, user) => user.BusinessPhones),
        ("otherMails", (_, user) => user.OtherMails),
        ("proxyAddresses", (_, user) => user.Mail is null || user.Guest ? [] : new[] { "SMTP:" + user.Mail }),
        ("accountEnabled", (_, user) => user.AccountEnabled),
        ("userType", (_, user) => user.Guest ? "Guest" : "Member"),
        ("creationType", (_, user) => user.CreationType),
        ("externalUserState", (_, user) => user.ExternalUserState),
        ("createdDateTime", (_, user) => user.CreatedDateTime),
        ("deletedDateTime", (_, user) => user.DeletedDateTime),
        ("lastPasswordChangeDateTime", (tenant, user) => tenant.ShownPasswordChange(user)),
        ("signInSessionsValidFromDateTime", (_, user) => Later(user.SignInSessionsValidFrom, user.CreatedDateTime)),
        ("passwordPolicies", (_, user) => user.PasswordPolicies),
        ("passwordProfile", (_, _) => null),
        ("isManagementRestricted", (tenant, user) => tenant.IsRestricted(user.Id)),
        ("onPremisesSyncEnabled", (_, user) => user.OnPremisesSyncEnabled),
        ("onPremisesImmutableId", (_, user) => user.OnPremises?.ImmutableId),
        ("onPremisesDomainName", (_, user) => user.OnPremises?.DomainName),
        ("onPremisesSamAccountName", (_, user) => user.OnPremises?.SamAccountName),
        ("onPremisesUserPrincipalName", (_, user) => user.OnPremises?.UserPrincipalName),
        ("onPremisesDistinguishedName", (_, user) => user.OnPremises?.DistinguishedName),
        ("onPremisesSecurityIdentifier", (_, user) => user.OnPremises?.SecurityIdentifier),
        ("onPremisesLastSyncDateTime", (_, user) => user.OnPremises?.LastSync),
        ("onPremisesProvisioningErrors", (_, _) => Array.Empty<string>()),
        ("identities", (tenant, user) => Identities(tenant, user)),
        ("assignedLicenses", (_, user) => AssignedLicenses(user)),
        ("assignedPlans", (tenant, user) => AssignedPlans(tenant, user)),
        (SignInActivity, (_, user) => user.LastSignIn is { } at ? Activity(at) : null),
    }.ToDictionary(property => property.Name, property => property, StringComparer.OrdinalIgnoreCase);

    /// <summary>Properties that a filter can name.</summary>
    internal static Func<string, FilterValue<User>?> Filterable(TenantState tenant) => name => name.ToLowerInvariant() switch
    {
        "id" => user => user.Id,
        "onpremisesprovisioningerrors" or "passwordprofile" or "assignedplans" or "ismanagementrestricted" => null,
        "signinactivity/lastsignindatetime" or "signinactivity/lastsuccessfulsignindatetime" => user => user.LastSignIn,
        "assignedlicenses/skuid" => user => user.Licenses.Select(license => license.SkuId.ToString()),
        "identities/issuer" => user => IdentitiesOf(tenant, user).Select(identity => identity.Issuer),
        "identities" or "assignedlicenses" or "signinactivity" => null,
        _ => s_all.TryGetValue(name, out var property) ? user => property.Get(tenant, user) : null,
    };

    /// <summary>The names to send, as the caller wrote them, for a valid $select. A list cannot have all of them.</summary>
    internal static IReadOnlyList<string> Selected(Query query, bool list)
    {
        IReadOnlyList<string> asked = query.Select ?? [];
        foreach (string name in asked)
        {
            if (list && s_notOnLists.Contains(name))
                throw new GraphException(501, "NotImplemented", $"The property '{name}' cannot be asked of a list of users.");
            if (name != "*" && !s_all.ContainsKey(name) && !s_notOnLists.Contains(name))
            {
                throw new GraphException(
                    400, "BadRequest",
                    $"Parsing OData Select and Expand failed: Could not find a property named '{name}' on type 'microsoft.graph.user'.");
            }
        }
        return asked;
    }

    internal static void Write(Utf8JsonWriter writer, TenantState tenant, User user, IReadOnlyList<string> selected) =>
        Writer(selected)(writer, tenant, user);

    /// <summary>Looks the names up once, for a page of users.</summary>
    internal static Action<Utf8JsonWriter, TenantState, User> Writer(IReadOnlyList<string> selected)
    {
        var properties = (selected.Count == 0 || selected[0] == "*" ? s_standard : selected)
            .Where(s_all.ContainsKey).Select(name => s_all[name]).ToArray();
        return (writer, tenant, user) =>
        {
            foreach ((string name, Func<TenantState, User, object?> get) in properties)
            {
                object? value = get(tenant, user);
                // Somebody who never signed in has no such member at all.
                if (value is not null || name != SignInActivity)
                    writer.WriteAny(name, value);
            }
        };
    }

    internal static string ContextOf(IReadOnlyList<string> selected) =>
        selected.Count == 0 ? "users" : $"users({string.Join(',', selected)})";

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static IReadOnlyList<UserIdentity> IdentitiesOf(TenantState tenant, User user) =>
        user.Identities ?? (user.Unnamed ? [] : [new UserIdentity("userPrincipalName", tenant.InitialDomain, user.UserPrincipalName)]);

    private static Action<Utf8JsonWriter> Identities(TenantState tenant, User user) => writer =>
    {
        writer.WriteStartArray();
        foreach (UserIdentity identity in IdentitiesOf(tenant, user))
        {
            writer.WriteStartObject();
            writer.WriteString("signInType", identity.SignInType);
            writer.WriteString("issuer", identity.Issuer);
            writer.WriteString("issuerAssignedId", identity.IssuerAssignedId);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    };

    private static Action<Utf8JsonWriter> AssignedLicenses(User user) => writer =>
    {
        writer.WriteStartArray();
        foreach (License license in user.Licenses)
        {
            writer.WriteStartObject();
            writer.WriteString("skuId", license.SkuId);
            writer.Write("disabledPlans", license.DisabledPlans.Select(plan => plan.ToString()));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    };

    private static Action<Utf8JsonWriter> AssignedPlans(TenantState tenant, User user) => writer =>
    {
        writer.WriteStartArray();
        foreach (License license in user.Licenses)
        {
            SubscribedSku? sku = tenant.SubscribedSkus.FirstOrDefault(sku => sku.Product.SkuId == license.SkuId);
            foreach (ServicePlan plan in (sku?.Product ?? Products.Find(license.SkuId))?.Plans ?? [])
            {
                writer.WriteStartObject();
                writer.Write("assignedDateTime", user.CreatedDateTime);
                writer.WriteString(
                    "capabilityStatus", license.DisabledPlans.Contains(plan.Id) ? "Deleted" : sku?.CapabilityStatus ?? "Enabled");
                writer.WriteString("service", plan.Name.StartsWith("AAD_", StringComparison.Ordinal) ? "AADPremiumService" : "exchange");
                writer.WriteString("servicePlanId", plan.Id);
                writer.WriteEndObject();
            }
        }
        writer.WriteEndArray();
    };

    private static Action<Utf8JsonWriter> Activity(DateTimeOffset at) => writer =>
    {
        writer.WriteStartObject();
        writer.Write("lastSignInDateTime", at);
        writer.Write("lastSuccessfulSignInDateTime", at);
        writer.WriteNull("lastNonInteractiveSignInDateTime");
        writer.WriteEndObject();
    };
}
