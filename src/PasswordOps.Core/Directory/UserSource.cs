using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Directory;

/// <summary>
/// Where a user's password is mastered, and by what that is known (users-reset-password-azure-portal, 2025-04-02;
/// external-id user-properties, 2024-01-04; how-to-user-source-of-authority-configure, 2025-08-07).
/// </summary>
/// <param name="Authority">Where.</param>
/// <param name="Evidence">The properties that show it.</param>
/// <param name="Provider">Name of the other provider or domain; null for users of this tenant.</param>
public sealed record UserSource(SourceOfAuthority Authority, string Evidence, string? Provider)
{
    private static readonly Dictionary<string, SourceOfAuthority> Issuers = KnowledgeTable.Load("identity-issuers").Rows.ToDictionary(
        row => row["issuer"],
        row => (SourceOfAuthority)Enum.Parse(typeof(SourceOfAuthority), row["authority"]),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// True when this tenant, or Active Directory behind it, can give the user a password; also where that cannot be told, and the service
    /// decides.
    /// </summary>
    public bool IsHere => Authority is SourceOfAuthority.Cloud or SourceOfAuthority.ActiveDirectory or SourceOfAuthority.LocalAccount
        or SourceOfAuthority.Unknown;

    /// <summary>
    /// True when the resetPassword action serves the user; consumers' local accounts get a password through the profile only.
    /// </summary>
    public bool TakesResetAction => Authority is SourceOfAuthority.Cloud or SourceOfAuthority.ActiveDirectory;

    /// <summary>True when the source of authority was transferred from Active Directory to this tenant.</summary>
    public bool IsTransferred { get; init; }

    /// <summary>What makes the answer doubtful; null when nothing does.</summary>
    public string? Caveat { get; init; }

    /// <summary>
    /// True when only <see cref="DirectoryUser.IsCloudManaged"/>, which was not read, could tell a transferred user from one just rolled
    /// back to Active Directory.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <returns>Whether reading it is worth the request.</returns>
    public static bool DependsOnTransfer(DirectoryUser user) =>
        user.OnPremisesSyncEnabled is null && user.IsCloudManaged is null && WasOnPremises(user);

    /// <summary>
    /// Decides by <c>onPremisesSyncEnabled</c>, the issuers of <c>identities</c> and how the account came to be; userType says nothing of
    /// the home directory.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <param name="ownDomains">Verified domains of the tenant; empty when they could not be read.</param>
    /// <returns>The source.</returns>
    public static UserSource Of(DirectoryUser user, IReadOnlyCollection<string> ownDomains)
    {
        if (user.OnPremisesSyncEnabled == true)
        {
            return Synced(user);
        }

        bool IsOwn(SignInIdentity identity) => ownDomains.Contains(identity.Issuer, StringComparer.OrdinalIgnoreCase);

        // A consumer may have linked other identities to the local account: there is a password here all the same.
        SignInIdentity? local = user.Identities.FirstOrDefault(identity =>
            Is(identity.SignInType, "emailAddress", "userName") && (IsOwn(identity) || ownDomains.Count == 0));
        if (local is not null || Is(user.CreationType, "LocalAccount"))
        {
            return new UserSource(
                SourceOfAuthority.LocalAccount,
                local is null ? "creationType is LocalAccount" : $"identities has the sign-in type {local.SignInType} of {local.Issuer}",
                null);
        }

        UserSource? elsewhere = user.Identities.Select(identity => OfIdentity(identity, IsOwn(identity), ownDomains.Count > 0))
            .FirstOrDefault(source => source is not null);
        return elsewhere ?? Undecided(user) ?? InCloud(user);
    }

    private static UserSource Synced(DirectoryUser user)
    {
        string domain = user.OnPremisesDomainName ?? "an Active Directory domain";
        return user.IsCloudManaged == true
            ? new UserSource(
                SourceOfAuthority.Cloud, "onPremisesSyncEnabled is true and isCloudManaged is true", user.OnPremisesDomainName)
            {
                IsTransferred = true,
                Caveat = Text.Of($"The user counts as synced and as transferred to this tenant at once, a state that is not documented; "
                    + $"a transfer may be under way."),
            }
            : new UserSource(
                SourceOfAuthority.ActiveDirectory, "onPremisesSyncEnabled is true, domain " + domain, user.OnPremisesDomainName);
    }

    private static UserSource? OfIdentity(SignInIdentity identity, bool isOwn, bool ownDomainsKnown)
    {
        string issuer = identity.Issuer;
        if (Issuers.TryGetValue(issuer, out SourceOfAuthority known))
        {
            return new UserSource(known, $"identities has the issuer {issuer}", issuer);
        }

        if (isOwn || !Is(identity.SignInType, "federated"))
        {
            return null;
        }

        string evidence = $"identities has the federated issuer {issuer}";
        return issuer.IndexOf("://", StringComparison.Ordinal) >= 0 || issuer.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)
            ? new UserSource(SourceOfAuthority.SamlOrWsFederation, evidence, issuer)
            : issuer.IndexOf('.') <= 0 ? new UserSource(SourceOfAuthority.OtherProvider, evidence, issuer)
            : ownDomainsKnown ? new UserSource(SourceOfAuthority.OtherTenant, evidence + ", no domain of this tenant", issuer)
            : new UserSource(SourceOfAuthority.Unknown, evidence + "; the tenant's own domains could not be read", issuer);
    }

    // The documents do not say what an invitation or a self-service sign-up became where no identity shows it.
    private static UserSource? Undecided(DirectoryUser user) =>
        Is(user.ExternalUserState, "PendingAcceptance")
            ? new UserSource(SourceOfAuthority.Unknown, "externalUserState is PendingAcceptance: the invitation was not redeemed", null)
        : Is(user.CreationType, "Invitation", "SelfServiceSignUp")
            ? new UserSource(SourceOfAuthority.Unknown, $"creationType is {user.CreationType} and no identity is from elsewhere", null)
        : user.IsGuest && user.Identities.Count == 0
            ? new UserSource(SourceOfAuthority.Unknown, "userType is Guest and identities shows nothing", null)
        : null;

    private static UserSource InCloud(DirectoryUser user)
    {
        string flag = user.OnPremisesSyncEnabled is null ? "not set" : "false";
        string evidence = $"onPremisesSyncEnabled is {flag} and no identity is from elsewhere"
            + (user.IsGuest ? ", userType is Guest: internal credentials" : string.Empty);
        UserSource cloud = new(SourceOfAuthority.Cloud, evidence, null);
        if (user.IsCloudManaged == true)
        {
            return cloud with { Evidence = evidence + "; isCloudManaged is true: transferred from Active Directory", IsTransferred = true };
        }

        if (user.OnPremisesSyncEnabled is not null || !WasOnPremises(user))
        {
            return cloud;
        }

        return user.IsCloudManaged == false
            ? cloud with
            {
                Evidence = evidence + "; isCloudManaged is false, and properties of Active Directory are there",
                Caveat = Text.Of($"The user looks like one of the cloud only until the next sync run: authority seems to have been given "
                    + $"back to Active Directory, which then masters the password again."),
            }
            : cloud with
            {
                Evidence = evidence + "; properties of Active Directory are there, and isCloudManaged was not read",
                Caveat = Text.Of($"The user came from Active Directory. Transferred to this tenant, the password is mastered here; just "
                    + $"given back to Active Directory, it is so only until the next sync run. What tells them apart was not read."),
            };
    }

    private static bool WasOnPremises(DirectoryUser user) =>
        user.OnPremisesSecurityIdentifier is not null
        || user.OnPremisesDistinguishedName is not null
        || user.OnPremisesSamAccountName is not null
        || user.OnPremisesDomainName is not null
        || user.OnPremisesLastSync is not null;

    private static bool Is(string? value, params string[] words) => words.Contains(value, StringComparer.OrdinalIgnoreCase);
}
