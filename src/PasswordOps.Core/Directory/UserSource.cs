using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Directory;

/// <summary>
/// Where a user's password is mastered, and by what that is known (users-reset-password-azure-portal, 2025-04-02;
/// external-id user-properties, 2024-01-04).
/// </summary>
/// <param name="Authority">Where.</param>
/// <param name="Evidence">The properties that show it.</param>
/// <param name="Provider">Name of the other provider or domain; null for users of this tenant.</param>
public sealed record UserSource(SourceOfAuthority Authority, string Evidence, string? Provider)
{
    /// <summary>True when this tenant, or Active Directory behind it, can give the user a password.</summary>
    public bool IsHere => Authority is SourceOfAuthority.Cloud or SourceOfAuthority.ActiveDirectory;

    /// <summary>
    /// Decides by <c>onPremisesSyncEnabled</c> and the issuers of <c>identities</c>; userType says nothing of the home directory.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <param name="ownDomains">Verified domains of the tenant.</param>
    /// <returns>The source.</returns>
    public static UserSource Of(DirectoryUser user, IReadOnlyCollection<string> ownDomains)
    {
        if (user.OnPremisesSyncEnabled == true)
        {
            string domain = user.OnPremisesDomainName ?? "an Active Directory domain";
            return new UserSource(
                SourceOfAuthority.ActiveDirectory, "onPremisesSyncEnabled is true, domain " + domain, user.OnPremisesDomainName);
        }

        foreach (SignInIdentity identity in user.Identities)
        {
            string issuer = identity.Issuer;
            bool federated = string.Equals(identity.SignInType, "federated", StringComparison.OrdinalIgnoreCase);
            if (string.Equals(issuer, "ExternalAzureAD", StringComparison.OrdinalIgnoreCase))
            {
                return new UserSource(SourceOfAuthority.OtherTenant, "identities has the issuer ExternalAzureAD", issuer);
            }

            if (string.Equals(issuer, "MicrosoftAccount", StringComparison.OrdinalIgnoreCase)
                || string.Equals(issuer, "Microsoft account", StringComparison.OrdinalIgnoreCase))
            {
                return new UserSource(SourceOfAuthority.MicrosoftAccount, "identities has the issuer MicrosoftAccount", issuer);
            }

            if (federated && !ownDomains.Contains(issuer, StringComparer.OrdinalIgnoreCase))
            {
                return new UserSource(SourceOfAuthority.OtherProvider, $"identities has the federated issuer {issuer}", issuer);
            }
        }

        string flag = user.OnPremisesSyncEnabled is null ? "not set" : "false";
        return new UserSource(SourceOfAuthority.Cloud, $"onPremisesSyncEnabled is {flag} and no identity is from elsewhere", null);
    }
}
