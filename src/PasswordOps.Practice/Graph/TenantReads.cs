using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>The organisation, its domains, its policies and what its sync engine has switched on.</summary>
internal static class TenantReads
{
    private const string Everyone = "all_users";

    internal static void Map(RouteTable routes)
    {
        routes.Map("GET", "/organization", 1, Organizations);
        routes.Map("GET", "/organization/{id}", 1, OneOrganization);
        routes.Map("GET", "/domains", 1, Domains);
        routes.Map("GET", "/domains/{id}", 1, OneDomain);
        routes.Map("GET", "/policies/authorizationPolicy", 1, AuthorizationPolicy);
        routes.Map("GET", "/policies/authenticationMethodsPolicy", 0, MethodsPolicy);
        routes.Map("GET", "/directory/onPremisesSynchronization", 1, Synchronization);
    }

    private static Answer Organizations(Call call) => Answer.Json(writer =>
    {
        writer.WriteString("@odata.context", call.Context("organization"));
        writer.WriteStartArray("value");
        writer.WriteStartObject();
        WriteOrganization(writer, call);
        writer.WriteEndObject();
        writer.WriteEndArray();
    });

    private static Answer OneOrganization(Call call)
    {
        if (!Guid.TryParse(call.Values[0], out Guid id) || id != call.Tenant.Organization.TenantId)
            throw GraphException.NotFound(call.Values[0]);
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context("organization/$entity"));
            WriteOrganization(writer, call);
        });
    }

    private static void WriteOrganization(Utf8JsonWriter writer, Call call)
    {
        Organization organization = call.Tenant.Organization;
        // Whoever may only read itself sees three properties; the rest is null, which looks like a tenant that never synced.
        bool full = call.Caller.HasAny(
            ["Organization.Read.All", "Organization.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"]);
        IReadOnlyList<string> selected = call.Query.Select ?? [];

        bool Asked(string name) => selected.Count == 0 || selected.Contains(name, StringComparer.OrdinalIgnoreCase);

        void Member(string name, object? value)
        {
            if (Asked(name))
                writer.WriteAny(name, full || name is "id" or "displayName" ? value : null);
        }

        Member("id", organization.TenantId);
        Member("deletedDateTime", null);
        Member("displayName", organization.DisplayName);
        Member("countryLetterCode", organization.CountryLetterCode);
        Member("createdDateTime", organization.CreatedDateTime);
        Member("tenantType", organization.TenantType);
        Member("preferredLanguage", organization.PreferredLanguage);
        Member("defaultUsageLocation", organization.CountryLetterCode);
        Member("onPremisesSyncEnabled", organization.OnPremisesSyncEnabled);
        Member("onPremisesLastSyncDateTime", call.Tenant.LastSync);
        Member("onPremisesSyncStatus", Array.Empty<string>());
        Member("technicalNotificationMails", organization.TechnicalNotificationMails);
        Member("businessPhones", Array.Empty<string>());
        Member("assignedPlans", AssignedPlans(call.Tenant));
        Member("provisionedPlans", Array.Empty<string>());
        if (!Asked("verifiedDomains"))
            return;
        writer.WriteStartArray("verifiedDomains");
        foreach (Domain domain in call.Tenant.Domains.Where(domain => domain.IsVerified))
        {
            writer.WriteStartObject();
            writer.WriteString("capabilities", "Email, OfficeCommunicationsOnline");
            writer.WriteBoolean("isDefault", domain.IsDefault);
            writer.WriteBoolean("isInitial", domain.IsInitial);
            writer.WriteString("name", domain.Name);
            writer.WriteString("type", domain.Federated ? "Federated" : "Managed");
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static Action<Utf8JsonWriter> AssignedPlans(TenantState tenant) => writer =>
    {
        writer.WriteStartArray();
        foreach (SubscribedSku sku in tenant.SubscribedSkus)
        {
            foreach (ServicePlan plan in sku.Product.Plans)
            {
                writer.WriteStartObject();
                writer.Write("assignedDateTime", tenant.Organization.CreatedDateTime);
                writer.WriteString("capabilityStatus", sku.CapabilityStatus);
                writer.WriteString("service", plan.Name.StartsWith("AAD_", StringComparison.Ordinal) ? "AADPremiumService" : "exchange");
                writer.WriteString("servicePlanId", plan.Id);
                writer.WriteEndObject();
            }
        }
        writer.WriteEndArray();
    };

    private static Answer Domains(Call call) => Answer.Json(writer =>
    {
        writer.WriteString("@odata.context", call.Context("domains"));
        writer.WriteStartArray("value");
        foreach (Domain domain in call.Tenant.Domains)
        {
            writer.WriteStartObject();
            WriteDomain(writer, domain);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    private static Answer OneDomain(Call call)
    {
        Domain domain = call.Tenant.FindDomain(call.Values[0]) ?? throw GraphException.NotFound(call.Values[0]);
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context("domains/$entity"));
            WriteDomain(writer, domain);
        });
    }

    private static void WriteDomain(Utf8JsonWriter writer, Domain domain)
    {
        writer.WriteString("authenticationType", domain.Federated ? "Federated" : "Managed");
        writer.WriteNull("availabilityStatus");
        writer.WriteString("id", domain.Name);
        writer.WriteBoolean("isAdminManaged", true);
        writer.WriteBoolean("isDefault", domain.IsDefault);
        writer.WriteBoolean("isInitial", domain.IsInitial);
        writer.WriteBoolean("isRoot", domain.IsRoot);
        writer.WriteBoolean("isVerified", domain.IsVerified);
        writer.Write("supportedServices", domain.IsRoot ? ["Email", "OfficeCommunicationsOnline"] : []);
        writer.WriteAny("passwordValidityPeriodInDays", domain.PasswordValidityPeriodInDays);
        writer.WriteAny("passwordNotificationWindowInDays", domain.PasswordNotificationWindowInDays);
        writer.WriteNull("state");
        writer.WriteNull("model");
        writer.WriteNull("manufacturer");
    }

    private static Answer AuthorizationPolicy(Call call) => Answer.Json(writer =>
    {
        writer.WriteString("@odata.context", call.Context("policies/authorizationPolicy/$entity"));
        writer.WriteString("id", "authorizationPolicy");
        writer.WriteString("displayName", "Authorization Policy");
        writer.WriteString("description", "Used to manage authorization related settings across the company.");
        writer.WriteString("allowInvitesFrom", "adminsGuestInvitersAndAllMembers");
        writer.WriteBoolean("allowedToSignUpEmailBasedSubscriptions", true);
        writer.WriteBoolean("allowedToUseSSPR", call.Tenant.Policies.AllowedToUseSspr);
        writer.WriteBoolean("allowEmailVerifiedUsersToJoinOrganization", false);
        writer.WriteNull("allowUserConsentForRiskyApps");
        writer.WriteBoolean("blockMsolPowerShell", false);
        writer.WriteString("guestUserRoleId", "10dae51f-b6af-4016-8d66-8c2a99b929b3");
        writer.WriteStartObject("defaultUserRolePermissions");
        writer.WriteBoolean("allowedToCreateApps", true);
        writer.WriteBoolean("allowedToCreateSecurityGroups", true);
        writer.WriteBoolean("allowedToCreateTenants", true);
        writer.WriteBoolean("allowedToReadBitlockerKeysForOwnedDevice", true);
        writer.WriteBoolean("allowedToReadOtherUsers", true);
        writer.WriteEmptyArray("permissionGrantPoliciesAssigned");
        writer.WriteEndObject();
    });

    private static Answer MethodsPolicy(Call call) => Answer.Json(writer =>
    {
        writer.WriteString("@odata.context", call.Context("authenticationMethodsPolicy"));
        writer.WriteString("id", "authenticationMethodsPolicy");
        writer.WriteString("displayName", "Authentication Methods Policy");
        writer.WriteString("description", "Tenant-wide policy for authentication methods");
        writer.WriteString("lastModifiedDateTime", JsonText.Precise(call.Tenant.Organization.CreatedDateTime.AddYears(4)));
        writer.WriteString("policyVersion", "1.5");
        writer.WriteString("policyMigrationState", call.Tenant.Policies.MigrationState);
        writer.WriteStartObject("registrationEnforcement");
        writer.WriteStartObject("authenticationMethodsRegistrationCampaign");
        writer.WriteNumber("snoozeDurationInDays", 1);
        writer.WriteString("state", "default");
        writer.WriteEmptyArray("excludeTargets");
        writer.WriteEmptyArray("includeTargets");
        writer.WriteEndObject();
        writer.WriteEndObject();
        string configurations = "policies/authenticationMethodsPolicy/authenticationMethodConfigurations";
        writer.WriteString("authenticationMethodConfigurations@odata.context", call.Context(configurations));
        writer.WriteStartArray("authenticationMethodConfigurations");
        foreach (MethodConfiguration method in call.Tenant.Policies.Methods)
        {
            string type = $"microsoft.graph.{method.Type}AuthenticationMethodConfiguration";
            writer.WriteStartObject();
            writer.WriteString("@odata.type", "#" + type);
            writer.WriteString("id", method.Id);
            writer.WriteString("state", method.Enabled ? "enabled" : "disabled");
            writer.WriteEmptyArray("excludeTargets");
            writer.WriteString("includeTargets@odata.context", call.Context($"{configurations}('{method.Id}')/{type}/includeTargets"));
            writer.WriteStartArray("includeTargets");
            writer.WriteStartObject();
            writer.WriteString("targetType", "group");
            writer.WriteString("id", Everyone);
            writer.WriteBoolean("isRegistrationRequired", false);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    private static Answer Synchronization(Call call)
    {
        if (!Reach.Holds(call.Tenant, call.Caller.ObjectId, null, Roles.GlobalAdministrator))
            throw GraphException.Denied();
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context("directory/onPremisesSynchronization"));
            writer.WriteStartArray("value");
            if (call.Tenant.Organization.OnPremisesSyncEnabled is not null)
                WriteSynchronization(writer, call.Tenant);
            writer.WriteEndArray();
        });
    }

    private static void WriteSynchronization(Utf8JsonWriter writer, TenantState tenant)
    {
        SyncFeatures features = tenant.SyncFeatures;
        (string Name, bool On)[] switches =
        [
            ("allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled", false), ("blockCloudObjectTakeoverThroughHardMatchEnabled", true),
            ("blockSoftMatchEnabled", false), ("bypassDirSyncOverridesEnabled", features.BypassDirSyncOverrides),
            ("cloudPasswordPolicyForPasswordSyncedUsersEnabled", features.CloudPasswordPolicyForPasswordSyncedUsers),
            ("concurrentCredentialUpdateEnabled", false), ("concurrentOrgIdProvisioningEnabled", false), ("deviceWritebackEnabled", false),
            ("directoryExtensionsEnabled", false), ("fopeConflictResolutionEnabled", false), ("groupWriteBackEnabled", false),
            ("passwordSyncEnabled", features.PasswordSync),
            // The service does not keep this one: it says false, whether writeback works or not.
            ("passwordWritebackEnabled", false),
            ("quarantineUponProxyAddressesConflictEnabled", true), ("quarantineUponUpnConflictEnabled", true),
            ("softMatchOnUpnEnabled", true),
            ("synchronizeUpnForManagedUsersEnabled", true), ("unifiedGroupWritebackEnabled", false),
            ("userForcePasswordChangeOnLogonEnabled", features.UserForcePasswordChangeOnLogon), ("userWritebackEnabled", false),
        ];
        writer.WriteStartObject();
        writer.WriteString("id", tenant.Organization.TenantId);
        writer.WriteStartObject("configuration");
        writer.WriteStartObject("accidentalDeletionPrevention");
        writer.WriteString("synchronizationPreventionType", "enabledForCount");
        writer.WriteNumber("alertThreshold", 500);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject("features");
        foreach ((string name, bool on) in switches)
            writer.WriteBoolean(name, on);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
