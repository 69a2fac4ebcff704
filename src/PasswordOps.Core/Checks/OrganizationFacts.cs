using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Checks;

/// <summary>What every question needs to know of the tenant, each part by itself, so that one unreadable part leaves the others
/// standing.</summary>
internal record OrganizationFacts
{
    private IReadOnlyCollection<string>? ownDomains;

    public required DateTimeOffset Now { get; init; }

    public required ConnectionContext Caller { get; init; }

    public required Reading<Organization> Organization { get; init; }

    public required Reading<IReadOnlyList<Domain>> Domains { get; init; }

    public required Reading<IReadOnlyList<SubscribedSku>> Skus { get; init; }

    /// <summary>The caller's own account; null for an application.</summary>
    public required Reading<DirectoryUser>? CallerUser { get; init; }

    /// <summary>Names of the tenant's own domains, from whichever list could be read.</summary>
    public IReadOnlyCollection<string> OwnDomains => ownDomains ??=
        Organization.IsKnown ? Organization.Value.VerifiedDomains.Select(domain => domain.Name).ToArray()
        : Domains.IsKnown ? Domains.Value.Select(domain => domain.Name).ToArray()
        : Array.Empty<string>();

    /// <summary>Whether identities are synced from Active Directory; null when that could not be read.</summary>
    public bool? IsSynced =>
        Organization.IsKnown && Organization.Value.IsComplete ? Organization.Value.OnPremisesSyncEnabled == true : null;
}
