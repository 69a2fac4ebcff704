using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Directory;

/// <summary>A product that the tenant bought.</summary>
public sealed record SubscribedSku
{
    /// <summary>Product id.</summary>
    public required string SkuId { get; init; }

    /// <summary>Product part number; compare trimmed and ignoring case, prefer <see cref="SkuId"/>.</summary>
    public required string PartNumber { get; init; }

    /// <summary>Enabled, Warning, Suspended, Deleted or LockedOut.</summary>
    public required string CapabilityStatus { get; init; }

    /// <summary>User or Company.</summary>
    public string AppliesTo { get; init; } = string.Empty;

    /// <summary>Units that can be assigned: enabled ones and those in their warning period.</summary>
    public int Units { get; init; }

    /// <summary>Units that are assigned.</summary>
    public int ConsumedUnits { get; init; }

    /// <summary>Its parts.</summary>
    public IReadOnlyList<ServicePlan> Plans { get; init; } = Array.Empty<ServicePlan>();
}
