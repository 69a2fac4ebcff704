using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Directory;

/// <summary>A user as the directory shows it, with the properties that password work needs. Times are UTC.</summary>
public sealed record DirectoryUser
{
    /// <summary>Object id.</summary>
    public required string Id { get; init; }

    /// <summary>User principal name; empty for the rare user without one.</summary>
    public required string UserPrincipalName { get; init; }

    /// <summary>Name shown to people; null when unset.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Department of the profile; null when unset.</summary>
    public string? Department { get; init; }

    /// <summary>True for a user whose userType is Guest. It says nothing of the home directory.</summary>
    public bool IsGuest { get; init; }

    /// <summary>False when sign-in is blocked; null when it was not read.</summary>
    public bool? AccountEnabled { get; init; }

    /// <summary>True when Active Directory masters the user, false when it did once, null when it never did.</summary>
    public bool? OnPremisesSyncEnabled { get; init; }

    /// <summary>DNS name of the user's Active Directory domain; null for a cloud user.</summary>
    public string? OnPremisesDomainName { get; init; }

    /// <summary>Account name in Active Directory; null for a cloud user.</summary>
    public string? OnPremisesSamAccountName { get; init; }

    /// <summary>Security identifier in Active Directory (<c>S-1-5-...</c>); null for a user who was never synced.</summary>
    public string? OnPremisesSecurityIdentifier { get; init; }

    /// <summary>Distinguished name in Active Directory; null for a user who was never synced.</summary>
    public string? OnPremisesDistinguishedName { get; init; }

    /// <summary>Last time the sync wrote this user, UTC; null for a user who was never synced.</summary>
    public DateTimeOffset? OnPremisesLastSync { get; init; }

    /// <summary>
    /// True when the source of authority was transferred from Active Directory to this tenant (<c>onPremisesSyncBehavior</c>); null when it
    /// was not read.
    /// </summary>
    public bool? IsCloudManaged { get; init; }

    /// <summary>State of a guest's invitation: PendingAcceptance, Accepted; null for others.</summary>
    public string? ExternalUserState { get; init; }

    /// <summary>Licences of the user, direct and through groups.</summary>
    public IReadOnlyList<AssignedLicense> AssignedLicenses { get; init; } = Array.Empty<AssignedLicense>();

    /// <summary>Last change of the cloud password, or creation of the user.</summary>
    public DateTimeOffset? LastPasswordChange { get; init; }

    /// <summary>Words such as <c>DisablePasswordExpiration</c>; empty when none.</summary>
    public string PasswordPolicies { get; init; } = string.Empty;

    /// <summary>True when the user is a member of a restricted management administrative unit; null when it was not read.</summary>
    public bool? IsManagementRestricted { get; init; }

    /// <summary>How the account came to be: Invitation, LocalAccount, EmailVerified, SelfServiceSignUp; null for an ordinary one.</summary>
    public string? CreationType { get; init; }

    /// <summary>Ways in which the user signs in.</summary>
    public IReadOnlyList<SignInIdentity> Identities { get; init; } = Array.Empty<SignInIdentity>();

    /// <summary>Mobile phone of the profile; null when unset.</summary>
    public string? MobilePhone { get; init; }

    /// <summary>Office phone of the profile; null when unset.</summary>
    public string? OfficePhone { get; init; }

    /// <summary>Alternate mail addresses of the profile.</summary>
    public IReadOnlyList<string> OtherMails { get; init; } = Array.Empty<string>();

    /// <summary>The name by which messages call this user.</summary>
    public string Name => UserPrincipalName.Length > 0 ? UserPrincipalName : Id;

    /// <summary>Only the name: the record holds phone numbers.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
