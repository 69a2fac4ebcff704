using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Directory;

/// <summary>The tenant itself. Times are UTC.</summary>
public sealed record Organization
{
    /// <summary>Tenant id.</summary>
    public required string Id { get; init; }

    /// <summary>Name shown to people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>AAD, <c>AAD B2C</c> or CIAM; null when the caller may not read it.</summary>
    public string? TenantType { get; init; }

    /// <summary>When the tenant was made; null when the caller may not read it.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>
    /// True when identities are synced from Active Directory, false when they were once, null when never or not readable.
    /// </summary>
    public bool? OnPremisesSyncEnabled { get; init; }

    /// <summary>Last directory synchronisation; null when never or not readable.</summary>
    public DateTimeOffset? LastSync { get; init; }

    /// <summary>Domains that the tenant proved to own.</summary>
    public IReadOnlyList<VerifiedDomain> VerifiedDomains { get; init; } = Array.Empty<VerifiedDomain>();

    /// <summary>
    /// False when the caller got only id, name and domains: then a null of the other properties means nothing, and a tenant that syncs
    /// looks like one that never did.
    /// </summary>
    public bool IsComplete => TenantType is not null || Created is not null;
}
