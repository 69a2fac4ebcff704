using System.Collections.Generic;

namespace PasswordOps.Core.Directory;

/// <summary>A licence that a user has, as the user object names it: the product's plans come from the tenant's products.</summary>
/// <param name="SkuId">Product.</param>
/// <param name="DisabledPlans">Ids of the product's service plans that are switched off for this user.</param>
public sealed record AssignedLicense(string SkuId, IReadOnlyList<string> DisabledPlans);
