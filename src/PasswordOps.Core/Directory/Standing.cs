using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Directory;

/// <summary>What an account is in the tenant's order of administration: its roles, and what else protects it.</summary>
public sealed record Standing
{
    /// <summary>Object id of the account; empty when it is of no account in particular.</summary>
    public string ObjectId { get; init; } = string.Empty;

    /// <summary>Active roles, direct and through role-assignable groups.</summary>
    public IReadOnlyList<HeldRole> Roles { get; init; } = Array.Empty<HeldRole>();

    /// <summary>
    /// Roles that the account may activate in Privileged Identity Management and has not: they allow nothing until then. Null when they
    /// were not read.
    /// </summary>
    public IReadOnlyList<HeldRole>? EligibleRoles { get; init; }

    /// <summary>Names of the role-assignable groups of which the account is a member or an owner.</summary>
    public IReadOnlyList<string> RoleAssignableGroups { get; init; } = Array.Empty<string>();

    /// <summary>Object ids of the administrative units that hold the account.</summary>
    public IReadOnlyList<string> AdministrativeUnits { get; init; } = Array.Empty<string>();

    /// <summary>Object ids of those among <see cref="AdministrativeUnits"/> that restrict management.</summary>
    public IReadOnlyList<string> RestrictedUnits { get; init; } = Array.Empty<string>();

    /// <summary>
    /// Scopes among <see cref="Roles"/> that are restricted management administrative units; such a role protects its holder.
    /// </summary>
    public IReadOnlyList<string> RestrictedRoleScopes { get; init; } = Array.Empty<string>();
}
