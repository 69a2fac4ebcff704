using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace PasswordOps.Graph.Models;

// The service's objects as far as this adapter reads them. Property names are the service's own in camel case; a test holds each
// against the service's client library, by the name that GraphModel gives. Anything may be absent: null then.
internal sealed class Page<T>
{
    [JsonPropertyName("@odata.nextLink")]
    public string? NextLink { get; set; }

    public List<T>? Value { get; set; }
}

[AttributeUsage(AttributeTargets.Class)]
internal sealed class GraphModelAttribute : Attribute
{
    public GraphModelAttribute(params string[] names)
    {
        Names = names;
    }

    /// <summary>Types of the service of which at least one has each property.</summary>
    public IReadOnlyList<string> Names { get; }
}

[GraphModel("User")]
internal sealed class WireUser
{
    public string? Id { get; set; }

    public string? UserPrincipalName { get; set; }

    public string? DisplayName { get; set; }

    public string? Department { get; set; }

    public string? UserType { get; set; }

    public bool? AccountEnabled { get; set; }

    public bool? OnPremisesSyncEnabled { get; set; }

    public string? OnPremisesDomainName { get; set; }

    public string? OnPremisesSamAccountName { get; set; }

    public string? OnPremisesSecurityIdentifier { get; set; }

    public string? OnPremisesDistinguishedName { get; set; }

    public DateTimeOffset? OnPremisesLastSyncDateTime { get; set; }

    public DateTimeOffset? DeletedDateTime { get; set; }

    public DateTimeOffset? LastPasswordChangeDateTime { get; set; }

    public string? PasswordPolicies { get; set; }

    public bool? IsManagementRestricted { get; set; }

    public string? CreationType { get; set; }

    public string? ExternalUserState { get; set; }

    public List<WireAssignedLicense>? AssignedLicenses { get; set; }

    public List<WireIdentity>? Identities { get; set; }

    public string? MobilePhone { get; set; }

    public List<string>? BusinessPhones { get; set; }

    public List<string>? OtherMails { get; set; }
}

[GraphModel("ObjectIdentity")]
internal sealed class WireIdentity
{
    public string? SignInType { get; set; }

    public string? Issuer { get; set; }
}

[GraphModel("AssignedLicense")]
internal sealed class WireAssignedLicense
{
    public string? SkuId { get; set; }

    public List<string>? DisabledPlans { get; set; }
}

[GraphModel("OnPremisesSyncBehavior")]
internal sealed class WireSyncBehavior
{
    public bool? IsCloudManaged { get; set; }
}

[GraphModel("PhoneAuthenticationMethod")]
internal sealed class WirePhone
{
    public string? Id { get; set; }

    public string? PhoneNumber { get; set; }

    public string? PhoneType { get; set; }

    public string? SmsSignInState { get; set; }
}

[GraphModel("EmailAuthenticationMethod")]
internal sealed class WireEmail
{
    public string? EmailAddress { get; set; }
}

[GraphModel("LicenseDetails")]
internal sealed class WireLicense
{
    public string? SkuId { get; set; }

    public string? SkuPartNumber { get; set; }

    public List<WirePlan>? ServicePlans { get; set; }
}

[GraphModel("ServicePlanInfo")]
internal sealed class WirePlan
{
    public string? ServicePlanId { get; set; }

    public string? ServicePlanName { get; set; }

    public string? ProvisioningStatus { get; set; }
}

[GraphModel("SubscribedSku")]
internal sealed class WireSku
{
    public string? SkuId { get; set; }

    public string? SkuPartNumber { get; set; }

    public string? CapabilityStatus { get; set; }

    public string? AppliesTo { get; set; }

    public int? ConsumedUnits { get; set; }

    public WireUnits? PrepaidUnits { get; set; }

    public List<WirePlan>? ServicePlans { get; set; }
}

[GraphModel("LicenseUnitsDetail")]
internal sealed class WireUnits
{
    public int? Enabled { get; set; }

    public int? Warning { get; set; }
}

[GraphModel("CompanySubscription")]
internal sealed class WireSubscription
{
    public string? SkuPartNumber { get; set; }

    public bool? IsTrial { get; set; }

    public DateTimeOffset? CreatedDateTime { get; set; }

    public string? Status { get; set; }
}

[GraphModel("UserRegistrationDetails")]
internal sealed class WireRegistration
{
    public string? Id { get; set; }

    public bool? IsAdmin { get; set; }

    public bool? IsSsprEnabled { get; set; }

    public bool? IsSsprRegistered { get; set; }

    public bool? IsSsprCapable { get; set; }

    public bool? IsMfaRegistered { get; set; }

    public bool? IsMfaCapable { get; set; }

    public bool? IsPasswordlessCapable { get; set; }

    public List<string>? MethodsRegistered { get; set; }

    public string? UserPreferredMethodForSecondaryAuthentication { get; set; }

    public DateTimeOffset? LastUpdatedDateTime { get; set; }
}

[GraphModel("UserRegistrationFeatureSummary")]
internal sealed class WireRegistrationTotals
{
    public int? TotalUserCount { get; set; }

    public List<WireFeatureCount>? UserRegistrationFeatureCounts { get; set; }
}

[GraphModel("UserRegistrationFeatureCount")]
internal sealed class WireFeatureCount
{
    public string? Feature { get; set; }

    public int? UserCount { get; set; }
}

[GraphModel("Group")]
internal sealed class WireGroup
{
    public string? Id { get; set; }

    public string? DisplayName { get; set; }

    public string? Visibility { get; set; }
}

[GraphModel("OnPremisesDirectorySynchronization")]
internal sealed class WireSynchronization
{
    public WireSyncFeatures? Features { get; set; }
}

[GraphModel("OnPremisesDirectorySynchronizationFeature")]
internal sealed class WireSyncFeatures
{
    public bool? PasswordSyncEnabled { get; set; }

    public bool? PasswordWritebackEnabled { get; set; }

    public bool? CloudPasswordPolicyForPasswordSyncedUsersEnabled { get; set; }

    public bool? UserForcePasswordChangeOnLogonEnabled { get; set; }
}

/// <summary>A role, a group or an administrative unit: the list of memberships mixes them.</summary>
[GraphModel("DirectoryRole", "Group", "AdministrativeUnit")]
internal sealed class WireMembership
{
    [JsonPropertyName("@odata.type")]
    public string? Type { get; set; }

    public string? Id { get; set; }

    public string? DisplayName { get; set; }

    public string? RoleTemplateId { get; set; }

    public bool? IsAssignableToRole { get; set; }

    public bool? IsMemberManagementRestricted { get; set; }
}

/// <summary>A role that somebody holds, or may activate.</summary>
[GraphModel("UnifiedRoleAssignment")]
internal sealed class WireRoleAssignment
{
    public string? PrincipalId { get; set; }

    public string? RoleDefinitionId { get; set; }

    public string? DirectoryScopeId { get; set; }

    public WireRoleDefinition? RoleDefinition { get; set; }
}

[GraphModel("UnifiedRoleDefinition")]
internal sealed class WireRoleDefinition
{
    public string? Id { get; set; }

    public string? TemplateId { get; set; }

    public string? DisplayName { get; set; }

    public bool? IsBuiltIn { get; set; }

    public List<WireRolePermission>? RolePermissions { get; set; }
}

[GraphModel("UnifiedRolePermission")]
internal sealed class WireRolePermission
{
    public List<string>? AllowedResourceActions { get; set; }
}

[GraphModel("Organization")]
internal sealed class WireOrganization
{
    public string? Id { get; set; }

    public string? DisplayName { get; set; }

    public string? TenantType { get; set; }

    public DateTimeOffset? CreatedDateTime { get; set; }

    public bool? OnPremisesSyncEnabled { get; set; }

    public DateTimeOffset? OnPremisesLastSyncDateTime { get; set; }

    public List<WireVerifiedDomain>? VerifiedDomains { get; set; }
}

[GraphModel("VerifiedDomain")]
internal sealed class WireVerifiedDomain
{
    public string? Name { get; set; }

    public bool? IsDefault { get; set; }

    public bool? IsInitial { get; set; }
}

[GraphModel("Domain")]
internal sealed class WireDomain
{
    public string? Id { get; set; }

    public string? AuthenticationType { get; set; }

    public bool? IsDefault { get; set; }

    public bool? IsInitial { get; set; }

    public bool? IsVerified { get; set; }

    public int? PasswordValidityPeriodInDays { get; set; }

    public int? PasswordNotificationWindowInDays { get; set; }
}

[GraphModel("AuthorizationPolicy")]
internal sealed class WireAuthorizationPolicy
{
    public bool? AllowedToUseSSPR { get; set; }
}

[GraphModel("AuthenticationMethodsPolicy")]
internal sealed class WireMethodsPolicy
{
    public string? PolicyMigrationState { get; set; }

    public List<WireMethodConfiguration>? AuthenticationMethodConfigurations { get; set; }
}

[GraphModel("AuthenticationMethodConfiguration")]
internal sealed class WireMethodConfiguration
{
    public string? Id { get; set; }

    public string? State { get; set; }
}

/// <summary>Its times are malformed at the source, so nothing but the words is read.</summary>
[GraphModel("LongRunningOperation")]
internal sealed class WireOperation
{
    public string? Status { get; set; }

    public string? StatusDetail { get; set; }
}

[GraphModel("DirectoryAudit")]
internal sealed class WireAudit
{
    public string? Id { get; set; }

    public DateTimeOffset? ActivityDateTime { get; set; }

    public string? ActivityDisplayName { get; set; }

    public string? Category { get; set; }

    public string? LoggedByService { get; set; }

    public string? Result { get; set; }

    public string? ResultReason { get; set; }

    public string? CorrelationId { get; set; }

    public WireAuditInitiator? InitiatedBy { get; set; }

    public List<WireAuditTarget>? TargetResources { get; set; }

    public List<WireAuditDetail>? AdditionalDetails { get; set; }
}

[GraphModel("AuditActivityInitiator")]
internal sealed class WireAuditInitiator
{
    public WireAuditUser? User { get; set; }

    public WireAuditApp? App { get; set; }
}

[GraphModel("UserIdentity")]
internal sealed class WireAuditUser
{
    public string? Id { get; set; }

    public string? UserPrincipalName { get; set; }

    public string? DisplayName { get; set; }
}

[GraphModel("AppIdentity")]
internal sealed class WireAuditApp
{
    public string? AppId { get; set; }

    public string? ServicePrincipalId { get; set; }

    public string? DisplayName { get; set; }
}

[GraphModel("TargetResource")]
internal sealed class WireAuditTarget
{
    public string? Type { get; set; }

    public string? Id { get; set; }

    public string? UserPrincipalName { get; set; }

    public string? DisplayName { get; set; }
}

[GraphModel("KeyValue")]
internal sealed class WireAuditDetail
{
    public string? Key { get; set; }

    public string? Value { get; set; }
}
