using System;

namespace PasswordOps.Core.Directory;

/// <summary>A commercial subscription, which tells trials from paid ones. Times are UTC.</summary>
/// <param name="PartNumber">Product part number.</param>
/// <param name="IsTrial">True for a trial.</param>
/// <param name="Created">When it began.</param>
/// <param name="Status">Enabled, Deleted, Suspended, Warning or LockedOut.</param>
public sealed record Subscription(string PartNumber, bool IsTrial, DateTimeOffset? Created, string Status);
