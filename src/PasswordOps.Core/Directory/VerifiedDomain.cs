using System;

namespace PasswordOps.Core.Directory;

/// <summary>A domain of the tenant as the organization lists it.</summary>
/// <param name="Name">DNS name.</param>
/// <param name="IsDefault">New users get it.</param>
/// <param name="IsInitial">It came with the tenant (<c>something.onmicrosoft.com</c>).</param>
public sealed record VerifiedDomain(string Name, bool IsDefault, bool IsInitial)
{
    /// <summary>True for a domain of the customer's own; the initial name and every other <c>.onmicrosoft.</c> name is none.</summary>
    public bool IsCustom => !IsInitial && Name.IndexOf(".onmicrosoft.", StringComparison.OrdinalIgnoreCase) < 0;
}
