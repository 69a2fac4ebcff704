using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Directory;

/// <summary>An active directory role that somebody holds.</summary>
/// <param name="TemplateId">Role template id; for a custom role its definition id.</param>
/// <param name="Name">Name of the role as the service gave it; empty when it did not.</param>
/// <param name="Scope"><c>/</c> for the tenant, <c>/administrativeUnits/{id}</c>, or <c>/{id}</c> for one object.</param>
public sealed record HeldRole(string TemplateId, string Name, string Scope)
{
    /// <summary>Actions of a custom role; empty for a built-in one, whose template id says enough.</summary>
    public IReadOnlyList<string> Actions { get; init; } = Array.Empty<string>();

    /// <summary>False for a role that the tenant made itself; null when the service did not say.</summary>
    public bool? IsBuiltIn { get; init; }

    /// <summary>True when the role reaches the whole tenant.</summary>
    public bool IsTenantWide => Scope == "/";
}
