using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Directory;

namespace PasswordOps.Graph.Models;

/// <summary>From the service's objects to the product's.</summary>
internal static class Translate
{
    private static readonly (ContactField Field, PhoneType Type, string Id, string Name)[] PhoneMethods =
    {
        (ContactField.Mobile, PhoneType.Mobile, "3179e48a-750b-4051-897c-87b9720928f7", "mobile"),
        (ContactField.AlternateMobile, PhoneType.AlternateMobile, "b6332ec1-7057-4abe-9331-3d72feddfe41", "alternateMobile"),
        (ContactField.Office, PhoneType.Office, "e37fc753-ff3b-4958-9484-eaa9425c82bc", "office"),
    };

    /// <summary>The constant id of a phone method, and its type in the service's word.</summary>
    public static (string Id, string Type) PhoneMethod(ContactField field)
    {
        (_, _, string id, string name) = PhoneMethods.First(method => method.Field == field);
        return (id, name);
    }

    public static DirectoryUser User(WireUser user) => new()
    {
        Id = user.Id ?? string.Empty,
        UserPrincipalName = user.UserPrincipalName ?? string.Empty,
        DisplayName = user.DisplayName,
        Department = user.Department,
        IsGuest = string.Equals(user.UserType, "Guest", StringComparison.OrdinalIgnoreCase),
        AccountEnabled = user.AccountEnabled,
        OnPremisesSyncEnabled = user.OnPremisesSyncEnabled,
        OnPremisesDomainName = user.OnPremisesDomainName,
        OnPremisesSamAccountName = user.OnPremisesSamAccountName,
        OnPremisesSecurityIdentifier = user.OnPremisesSecurityIdentifier,
        OnPremisesDistinguishedName = user.OnPremisesDistinguishedName,
        OnPremisesLastSync = user.OnPremisesLastSyncDateTime?.ToUniversalTime(),
        ExternalUserState = user.ExternalUserState,
        AssignedLicenses = Each(
            user.AssignedLicenses, one => new AssignedLicense(one.SkuId ?? string.Empty, Each(one.DisabledPlans, plan => plan))),
        LastPasswordChange = user.LastPasswordChangeDateTime?.ToUniversalTime(),
        PasswordPolicies = user.PasswordPolicies ?? string.Empty,
        IsManagementRestricted = user.IsManagementRestricted,
        CreationType = user.CreationType,
        Identities = Each(user.Identities, one => new SignInIdentity(one.SignInType ?? string.Empty, one.Issuer ?? string.Empty)),
        MobilePhone = user.MobilePhone,
        OfficePhone = user.BusinessPhones?.FirstOrDefault(),
        OtherMails = Each(user.OtherMails, mail => mail),
    };

    public static ContactData Contact(Page<WirePhone> phones, Page<WireEmail>? emails)
    {
        Dictionary<PhoneType, string> numbers = new();
        string? smsSignIn = null;
        foreach (WirePhone phone in phones.Value ?? new List<WirePhone>())
        {
            foreach ((_, PhoneType type, string id, string name) in PhoneMethods)
            {
                if (phone.PhoneNumber is string number
                    && (string.Equals(phone.PhoneType, name, StringComparison.OrdinalIgnoreCase)
                        || (phone.PhoneType is null && string.Equals(phone.Id, id, StringComparison.OrdinalIgnoreCase))))
                {
                    numbers[type] = number;
                    smsSignIn = type == PhoneType.Mobile ? phone.SmsSignInState : smsSignIn;
                }
            }
        }

        return new ContactData
        {
            Phones = numbers, Email = emails?.Value?.FirstOrDefault()?.EmailAddress, SmsSignInState = smsSignIn,
        };
    }

    public static LicenseDetail License(WireLicense license) =>
        new(license.SkuId ?? string.Empty, (license.SkuPartNumber ?? string.Empty).Trim(), Plans(license.ServicePlans));

    public static RegistrationDetail Registration(WireRegistration line) => new()
    {
        Id = line.Id ?? string.Empty,
        IsAdmin = line.IsAdmin,
        IsSsprEnabled = line.IsSsprEnabled ?? false,
        IsSsprRegistered = line.IsSsprRegistered ?? false,
        IsSsprCapable = line.IsSsprCapable ?? false,
        IsMfaRegistered = line.IsMfaRegistered ?? false,
        IsMfaCapable = line.IsMfaCapable ?? false,
        IsPasswordlessCapable = line.IsPasswordlessCapable ?? false,
        MethodsRegistered = Each(line.MethodsRegistered, method => method),
        PreferredMethod = line.UserPreferredMethodForSecondaryAuthentication,
        LastUpdated = line.LastUpdatedDateTime?.ToUniversalTime(),
    };

    public static RegistrationTotals Totals(WireRegistrationTotals totals)
    {
        int? Of(string feature) => totals.UserRegistrationFeatureCounts?
            .FirstOrDefault(count => string.Equals(count.Feature, feature, StringComparison.OrdinalIgnoreCase))?.UserCount;

        return new RegistrationTotals(totals.TotalUserCount, Of("ssprEnabled"), Of("ssprRegistered"), Of("ssprCapable"));
    }

    public static DirectoryGroup Group(WireGroup group) =>
        new(
            group.Id ?? string.Empty,
            group.DisplayName ?? string.Empty,
            string.Equals(group.Visibility, "HiddenMembership", StringComparison.OrdinalIgnoreCase));

    public static SyncFeatures? Features(WireSynchronization? synchronization) =>
        synchronization?.Features is WireSyncFeatures features
            ? new SyncFeatures(
                features.PasswordSyncEnabled,
                features.PasswordWritebackEnabled,
                features.CloudPasswordPolicyForPasswordSyncedUsersEnabled,
                features.UserForcePasswordChangeOnLogonEnabled)
            : null;

    public static Organization Organization(WireOrganization organization) => new()
    {
        Id = organization.Id ?? string.Empty,
        DisplayName = organization.DisplayName ?? string.Empty,
        TenantType = organization.TenantType,
        Created = organization.CreatedDateTime?.ToUniversalTime(),
        OnPremisesSyncEnabled = organization.OnPremisesSyncEnabled,
        LastSync = organization.OnPremisesLastSyncDateTime?.ToUniversalTime(),
        VerifiedDomains = Each(
            organization.VerifiedDomains,
            domain => new VerifiedDomain(domain.Name ?? string.Empty, domain.IsDefault ?? false, domain.IsInitial ?? false)),
    };

    public static Domain Domain(WireDomain domain) => new()
    {
        Name = domain.Id ?? string.Empty,
        IsFederated = string.Equals(domain.AuthenticationType, "Federated", StringComparison.OrdinalIgnoreCase),
        IsDefault = domain.IsDefault ?? false,
        IsInitial = domain.IsInitial ?? false,
        IsVerified = domain.IsVerified ?? false,
        PasswordValidityDays = domain.PasswordValidityPeriodInDays,
        NotificationDays = domain.PasswordNotificationWindowInDays,
    };

    public static SubscribedSku Sku(WireSku sku) => new()
    {
        SkuId = sku.SkuId ?? string.Empty,
        PartNumber = (sku.SkuPartNumber ?? string.Empty).Trim(),
        CapabilityStatus = sku.CapabilityStatus ?? string.Empty,
        AppliesTo = sku.AppliesTo ?? string.Empty,
        Units = (sku.PrepaidUnits?.Enabled ?? 0) + (sku.PrepaidUnits?.Warning ?? 0),
        ConsumedUnits = sku.ConsumedUnits ?? 0,
        Plans = Plans(sku.ServicePlans),
    };

    public static Subscription Subscription(WireSubscription subscription) =>
        new(
            (subscription.SkuPartNumber ?? string.Empty).Trim(),
            subscription.IsTrial ?? false,
            subscription.CreatedDateTime?.ToUniversalTime(),
            subscription.Status ?? string.Empty);

    public static AuthenticationMethodsPolicy MethodsPolicy(WireMethodsPolicy policy) =>
        new(
            policy.PolicyMigrationState ?? string.Empty,
            (policy.AuthenticationMethodConfigurations ?? new List<WireMethodConfiguration>())
                .Where(method => method.Id is not null && string.Equals(method.State, "enabled", StringComparison.OrdinalIgnoreCase))
                .Select(method => method.Id!)
                .ToArray());

    /// <summary>Null for a row without id, time or name, of which nothing can be told.</summary>
    public static DirectoryAudit? Audit(WireAudit row) =>
        row is { Id: string id, ActivityDateTime: DateTimeOffset at, ActivityDisplayName: string activity }
            ? new DirectoryAudit
            {
                Id = id,
                At = at.ToUniversalTime(),
                Activity = activity.Trim(),
                Category = row.Category,
                Service = row.LoggedByService ?? string.Empty,
                Result = Enum.TryParse(row.Result, true, out AuditResult result) && Enum.IsDefined(typeof(AuditResult), result)
                    ? result
                    : AuditResult.Unknown,
                ResultReason = string.IsNullOrWhiteSpace(row.ResultReason) ? null : row.ResultReason!.Trim(),
                CorrelationId = string.IsNullOrWhiteSpace(row.CorrelationId) ? null : row.CorrelationId,
                InitiatedBy = Actor(row.InitiatedBy),
                Targets = Each(
                    row.TargetResources, target => new AuditTarget(target.Type, target.Id, target.UserPrincipalName ?? target.DisplayName)),
                Details = Each(row.AdditionalDetails, detail => new AuditDetail(detail.Key ?? string.Empty, detail.Value)),
            }
            : null;

    private static AuditActor? Actor(WireAuditInitiator? initiator) =>
        initiator switch
        {
            { User: WireAuditUser user } => new AuditActor(false, user.Id, user.UserPrincipalName ?? user.DisplayName),
            { App: WireAuditApp app } => new AuditActor(true, app.ServicePrincipalId ?? app.AppId, app.DisplayName),
            _ => null,
        };

    /// <summary>Null for an assignment that does not say which role, or over what.</summary>
    public static HeldRole? Role(WireRoleAssignment assignment)
    {
        WireRoleDefinition? definition = assignment.RoleDefinition;
        if ((definition?.TemplateId ?? assignment.RoleDefinitionId) is not string template
            || assignment.DirectoryScopeId is not string scope)
        {
            return null;
        }

        return new HeldRole(template, definition?.DisplayName ?? string.Empty, scope)
        {
            IsBuiltIn = definition?.IsBuiltIn,
            Actions = definition is { IsBuiltIn: false }
                ? Each(definition.RolePermissions, permission => permission)
                    .SelectMany(permission => permission.AllowedResourceActions ?? new List<string>()).Distinct().ToArray()
                : Array.Empty<string>(),
        };
    }

    private static ServicePlan[] Plans(List<WirePlan>? plans) =>
        Each(plans, plan => new ServicePlan(
            plan.ServicePlanId ?? string.Empty, plan.ServicePlanName ?? string.Empty, plan.ProvisioningStatus ?? string.Empty));

    private static TOut[] Each<TIn, TOut>(List<TIn>? list, Func<TIn, TOut> translate) =>
        list is null ? Array.Empty<TOut>() : list.Select(translate).ToArray();
}
