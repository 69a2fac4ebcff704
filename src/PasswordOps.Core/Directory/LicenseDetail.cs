using System.Collections.Generic;

namespace PasswordOps.Core.Directory;

/// <summary>A product that one user has, directly or through a group.</summary>
/// <param name="SkuId">Product id.</param>
/// <param name="PartNumber">Product part number.</param>
/// <param name="Plans">Its parts; one that is switched off has status Disabled.</param>
public sealed record LicenseDetail(string SkuId, string PartNumber, IReadOnlyList<ServicePlan> Plans);
