using System;
using System.Collections.Generic;
using System.Text;
using PasswordOps.Core.Access;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Graph;

/// <summary>A method and path of Microsoft Graph v1.0, and the operation whose permissions it needs.</summary>
internal sealed class Route
{
    private readonly string operationName;
    private GraphOperation? operation;

    public Route(string method, string template, string operation, string query = "", bool isAdvanced = false)
    {
        IsAdvanced = isAdvanced;
        Method = method;
        Template = template;
        Query = query;
        operationName = operation;
    }

    public string Method { get; }

    /// <summary>Path below the version, with <c>{id}</c> where a value goes.</summary>
    public string Template { get; }

    /// <summary>Query string with its question mark, or nothing; <c>{id}</c> where a value goes.</summary>
    public string Query { get; }

    /// <summary>True for a query that the service answers only for a caller who takes answers that lag behind, and says so.</summary>
    public bool IsAdvanced { get; }

    public bool IsRead => Method == "GET";

    /// <summary>With which requests the service counts it.</summary>
    public PaceBudget Budget =>
        Template.Contains("/authentication/") ? (IsRead ? PaceBudget.MethodReads : PaceBudget.MethodWrites)
        : Template.StartsWith("/reports/", StringComparison.Ordinal) || Template.StartsWith("/auditLogs/", StringComparison.Ordinal)
            ? PaceBudget.Reports
        : IsRead ? PaceBudget.DirectoryReads : PaceBudget.DirectoryWrites;

    public GraphOperation Operation => operation ??= GraphOperation.Named(operationName);

    /// <summary>Path and query with the values in place, each escaped: <c>#</c> of a guest's name must not begin a fragment.</summary>
    public string With(params string[] values)
    {
        StringBuilder filled = new();
        string whole = Template + Query;
        int from = 0;
        foreach (string value in values)
        {
            int at = whole.IndexOf("{id}", from, StringComparison.Ordinal);
            filled.Append(whole, from, at - from).Append(Uri.EscapeDataString(value));
            from = at + 4;
        }

        return filled.Append(whole, from, whole.Length - from).ToString();
    }

    public override string ToString() => Method + " " + Template;
}

/// <summary>Every route that this adapter uses. A test holds them against the metadata of the service's own client library.</summary>
internal static class Routes
{
    internal const string UserSelect =
        "id,userPrincipalName,displayName,department,userType,accountEnabled,onPremisesSyncEnabled,onPremisesDomainName,"
        + "onPremisesSamAccountName,onPremisesSecurityIdentifier,onPremisesDistinguishedName,onPremisesLastSyncDateTime,"
        + "externalUserState,assignedLicenses,lastPasswordChangeDateTime,passwordPolicies,isManagementRestricted,creationType,identities,"
        + "mobilePhone,businessPhones,otherMails";

    internal const string OrganizationSelect =
        "id,displayName,tenantType,createdDateTime,onPremisesSyncEnabled,onPremisesLastSyncDateTime,verifiedDomains";

    internal const string MembershipSelect = "id,displayName,roleTemplateId,isAssignableToRole,isMemberManagementRestricted";

    internal const string OwnedGroupSelect = "id,displayName,isAssignableToRole";

    internal const string DeletedSelect = "id,userPrincipalName,deletedDateTime";

    internal const string AssignmentSelect = "principalId,roleDefinitionId,directoryScopeId";

    internal const string DefinitionSelect = "id,templateId,displayName,isBuiltIn,rolePermissions";

    internal const string SourceSelect = "id,userPrincipalName,onPremisesSyncEnabled,identities,isManagementRestricted";

    internal const string DomainSelect =
        "id,authenticationType,isDefault,isInitial,isVerified,passwordValidityPeriodInDays,passwordNotificationWindowInDays";

    internal const string SkuSelect = "skuId,skuPartNumber,capabilityStatus,appliesTo,consumedUnits,prepaidUnits,servicePlans";

    internal const string SubscriptionSelect = "skuPartNumber,isTrial,createdDateTime,status";

    internal const string LicenseSelect = "skuId,skuPartNumber,servicePlans";

    internal const string GroupSelect = "id,displayName,visibility";

    internal const string UnitSelect = "id,isMemberManagementRestricted";

    internal static readonly Route User = new("GET", "/users/{id}", "users.read", "?$select=" + UserSelect);

    /// <summary>A user principal name that begins with a dollar sign would read as a system segment.</summary>
    internal static readonly Route UserInParentheses = new("GET", "/users('{id}')", "users.read", "?$select=" + UserSelect);

    internal static readonly Route UserSource = new("GET", "/users/{id}", "users.read", "?$select=" + SourceSelect);

    /// <summary>In pages as large as the service allows.</summary>
    internal static readonly Route Users = new("GET", "/users", "users.read", "?$select=" + UserSelect + "&$top=999");

    internal static readonly Route UserCount = new("GET", "/users/$count", "users.read", isAdvanced: true);

    internal static readonly Route DeletedUser = new(
        "GET", "/directory/deletedItems/microsoft.graph.user", "deletedUsers.read",
        "?$filter=id%20eq%20'{id}'&$select=" + DeletedSelect);

    /// <summary>The service puts the object id before the name of a user whom it deletes.</summary>
    internal static readonly Route DeletedUsersNamed = new(
        "GET", "/directory/deletedItems/microsoft.graph.user", "deletedUsers.read",
        "?$filter=endsWith(userPrincipalName,'{id}')&$count=true&$select=" + DeletedSelect, isAdvanced: true);

    /// <summary>Takes no query options.</summary>
    internal static readonly Route SyncBehavior = new("GET", "/users/{id}/onPremisesSyncBehavior", "syncBehavior.read");

    internal static readonly Route PhoneProfile = new("PATCH", "/users/{id}", "profile.phones.write");
    internal static readonly Route MailProfile = new("PATCH", "/users/{id}", "profile.mails.write");
    internal static readonly Route PasswordProfile = new("PATCH", "/users/{id}", "password.set");

    internal static readonly Route ChangePassword = new("POST", "/me/changePassword", "password.change");
    internal static readonly Route RevokeSessions = new("POST", "/users/{id}/revokeSignInSessions", "sessions.revoke");

    internal static readonly Route Phones = new("GET", "/users/{id}/authentication/phoneMethods", "phones.read");
    internal static readonly Route AddPhone = new("POST", "/users/{id}/authentication/phoneMethods", "phones.write");
    internal static readonly Route ReplacePhone = new("PATCH", "/users/{id}/authentication/phoneMethods/{id}", "phones.write");
    internal static readonly Route RemovePhone = new("DELETE", "/users/{id}/authentication/phoneMethods/{id}", "phones.write");

    internal static readonly Route Emails = new("GET", "/users/{id}/authentication/emailMethods", "emails.read");
    internal static readonly Route AddEmail = new("POST", "/users/{id}/authentication/emailMethods", "emails.write");
    internal static readonly Route ReplaceEmail = new("PATCH", "/users/{id}/authentication/emailMethods/{id}", "emails.write");
    internal static readonly Route RemoveEmail = new("DELETE", "/users/{id}/authentication/emailMethods/{id}", "emails.write");

    internal static readonly Route ResetPassword =
        new("POST", "/users/{id}/authentication/methods/{id}/resetPassword", "password.reset");

    /// <summary>Read at the address that the reset itself named, never at one built here.</summary>
    internal static readonly Route ResetOperation = new("GET", "/users/{id}/authentication/operations/{id}", "password.reset.read");

    internal static readonly Route Licenses = new("GET", "/users/{id}/licenseDetails", "licenses.read", "?$select=" + LicenseSelect);

    /// <summary>The report promises no $select.</summary>
    internal static readonly Route Registration =
        new("GET", "/reports/authenticationMethods/userRegistrationDetails/{id}", "registrations.read");

    /// <summary>The filter is appended.</summary>
    internal static readonly Route Audits =
        new("GET", "/auditLogs/directoryAudits", "audits.read", "?$top=999&$orderby=activityDateTime%20");

    /// <summary>In pages as large as other lists have; $top is not promised, so a refusal of it is answered without.</summary>
    internal static readonly Route Registrations =
        new("GET", "/reports/authenticationMethods/userRegistrationDetails", "registrations.read", "?$top=999");

    internal static readonly Route RegistrationsPlain =
        new("GET", "/reports/authenticationMethods/userRegistrationDetails", "registrations.read");

    internal static readonly Route NotRegistered = new(
        "GET", "/reports/authenticationMethods/userRegistrationDetails", "registrations.read",
        "?$filter=isSsprRegistered%20eq%20false&$top=999");

    internal static readonly Route NotRegisteredPlain = new(
        "GET", "/reports/authenticationMethods/userRegistrationDetails", "registrations.read",
        "?$filter=isSsprRegistered%20eq%20false");

    internal static readonly Route RegistrationTotals = new(
        "GET", "/reports/authenticationMethods/usersRegisteredByFeature(includedUserTypes='{id}',includedUserRoles='{id}')",
        "registrations.read");

    internal static readonly Route Group = new("GET", "/groups/{id}", "groupMembers.read", "?$select=" + GroupSelect);

    internal static readonly Route GroupsNamed =
        new("GET", "/groups", "groupMembers.read", "?$filter=displayName%20eq%20'{id}'&$select=" + GroupSelect);

    internal static readonly Route GroupUsers = new(
        "GET", "/groups/{id}/transitiveMembers/microsoft.graph.user", "groupMembers.read",
        "?$count=true&$select=" + UserSelect + "&$top=999", isAdvanced: true);

    internal static readonly Route Memberships =
        new("GET", "/users/{id}/transitiveMemberOf", "memberships.read", "?$select=" + MembershipSelect);

    internal static readonly Route OwnedGroups =
        new("GET", "/users/{id}/ownedObjects/microsoft.graph.group", "memberships.read", "?$select=" + OwnedGroupSelect);

    internal static readonly Route AppMemberships =
        new("GET", "/servicePrincipals/{id}/transitiveMemberOf", "appMemberships.read", "?$select=" + MembershipSelect);

    internal static readonly Route AppOwnedGroups =
        new("GET", "/servicePrincipals/{id}/ownedObjects/microsoft.graph.group", "appMemberships.read", "?$select=" + OwnedGroupSelect);

    internal static readonly Route RoleAssignments =
        new("GET", "/roleManagement/directory/roleAssignments", "roles.read", "?$filter=principalId%20eq%20'{id}'&$expand=roleDefinition");

    internal static readonly Route EligibleRoles = new(
        "GET", "/roleManagement/directory/roleEligibilityScheduleInstances", "eligibleRoles.read",
        "?$filter=principalId%20eq%20'{id}'&$expand=roleDefinition");

    internal static readonly Route AllRoleAssignments = new(
        "GET", "/roleManagement/directory/roleAssignments", "roles.read", "?$select=" + AssignmentSelect + "&$top=999");

    /// <summary>Takes no $top.</summary>
    internal static readonly Route RoleDefinitions =
        new("GET", "/roleManagement/directory/roleDefinitions", "roles.read", "?$select=" + DefinitionSelect);

    internal static readonly Route AllEligibleRoles = new(
        "GET", "/roleManagement/directory/roleEligibilityScheduleInstances", "eligibleRoles.read", "?$select=" + AssignmentSelect);

    internal static readonly Route RoleGroups = new(
        "GET", "/groups", "groups.read", "?$filter=isAssignableToRole%20eq%20true&$select=" + OwnedGroupSelect + "&$top=999");

    internal static readonly Route GroupMembers =
        new("GET", "/groups/{id}/transitiveMembers", "groups.read", "?$select=id&$top=999");

    internal static readonly Route GroupOwners = new("GET", "/groups/{id}/owners", "groups.read", "?$select=id&$top=999");

    internal static readonly Route Units =
        new("GET", "/directory/administrativeUnits", "units.read", "?$select=" + UnitSelect + "&$top=999");

    internal static readonly Route UnitMembers =
        new("GET", "/directory/administrativeUnits/{id}/members", "units.read", "?$select=id&$top=999");

    internal static readonly Route Unit = new("GET", "/directory/administrativeUnits/{id}", "units.read", "?$select=" + UnitSelect);

    internal static readonly Route Organization = new("GET", "/organization", "organization.read", "?$select=" + OrganizationSelect);
    internal static readonly Route Domains = new("GET", "/domains", "domains.read", "?$select=" + DomainSelect);
    internal static readonly Route Skus = new("GET", "/subscribedSkus", "products.read", "?$select=" + SkuSelect);

    internal static readonly Route Subscriptions =
        new("GET", "/directory/subscriptions", "subscriptions.read", "?$select=" + SubscriptionSelect);

    internal static readonly Route AuthorizationPolicy =
        new("GET", "/policies/authorizationPolicy", "authorizationPolicy.read", "?$select=id,allowedToUseSSPR");

    /// <summary>A list of one, or of none.</summary>
    internal static readonly Route Synchronization = new("GET", "/directory/onPremisesSynchronization", "syncFeatures.read");

    /// <summary>Takes no query options.</summary>
    internal static readonly Route MethodsPolicy = new("GET", "/policies/authenticationMethodsPolicy", "methodsPolicy.read");

    /// <summary>All of the above.</summary>
    internal static IReadOnlyList<Route> All { get; } = new[]
    {
        User, UserInParentheses, UserSource, Users, UserCount, DeletedUser, DeletedUsersNamed, SyncBehavior,
        PhoneProfile, MailProfile, PasswordProfile, ChangePassword, RevokeSessions,
        Phones, AddPhone, ReplacePhone, RemovePhone, Emails, AddEmail, ReplaceEmail, RemoveEmail,
        ResetPassword, ResetOperation, Licenses, Registration, Audits,
        Registrations, RegistrationsPlain, NotRegistered, NotRegisteredPlain, RegistrationTotals, Group, GroupsNamed, GroupUsers,
        Memberships, OwnedGroups, AppMemberships, AppOwnedGroups, RoleAssignments, EligibleRoles, Unit,
        AllRoleAssignments, RoleDefinitions, AllEligibleRoles, RoleGroups, GroupMembers, GroupOwners, Units, UnitMembers,
        Organization, Domains, Skus, Subscriptions, AuthorizationPolicy, MethodsPolicy, Synchronization,
    };
}
