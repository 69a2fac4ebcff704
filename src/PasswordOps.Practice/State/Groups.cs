using System;
using System.Collections.Generic;

namespace PasswordOps.Practice.State;

/// <summary>A group; members and owners are object ids of users, groups or service principals.</summary>
internal sealed record Group
{
    public required Guid Id { get; init; }

    public required string DisplayName { get; init; }

    public string? Description { get; init; }

    public bool AssignableToRole { get; init; }

    public bool SecurityEnabled { get; init; } = true;

    public bool MailEnabled { get; init; }

    /// <summary>Only callers with a permission of its own see who is in it.</summary>
    public bool HiddenMembership { get; init; }

    public IReadOnlyList<Guid> Members { get; init; } = [];

    public IReadOnlyList<Guid> Owners { get; init; } = [];
}

/// <summary>An administrative unit; members are object ids of users.</summary>
internal sealed record AdministrativeUnit
{
    public required Guid Id { get; init; }

    public required string DisplayName { get; init; }

    public string? Description { get; init; }

    public bool Restricted { get; init; }

    public IReadOnlyList<Guid> Members { get; init; } = [];
}

/// <summary>An active role of a principal over a scope: "/" or "/administrativeUnits/{id}" or "/{object id}".</summary>
internal sealed record RoleAssignment(string Id, Guid PrincipalId, Guid RoleId, string Scope)
{
    internal const string TenantScope = "/";
    internal const string UnitScope = "/administrativeUnits/";

    /// <summary>The principal was eligible for the role and activated it.</summary>
    public bool Activated { get; init; }

    public DateTimeOffset? Start { get; init; }

    /// <summary>When the role goes away by itself; null for a lasting one.</summary>
    public DateTimeOffset? End { get; init; }

    public bool TenantWide => Scope == TenantScope;

    /// <summary>The unit that the role is limited to, if it is.</summary>
    public Guid? Unit =>
        Scope.StartsWith(UnitScope, StringComparison.OrdinalIgnoreCase) && Guid.TryParse(Scope.AsSpan(UnitScope.Length), out Guid id)
            ? id
            : null;

    internal static RoleAssignment Of(Guid role, Guid principal, string scope = TenantScope) =>
        new(MakeId(role, principal, scope), principal, role, scope);

    /// <summary>The service's ids are these 32 bytes in base64url, with a counter behind.</summary>
    internal static string MakeId(Guid role, Guid principal, string scope)
    {
        byte[] bytes = [.. role.ToByteArray(), .. principal.ToByteArray()];
        string text = System.Buffers.Text.Base64Url.EncodeToString(bytes);
        return scope == TenantScope ? text + "-1" : text + "-" + scope[^4..] + "-1";
    }
}

/// <summary>A role that a principal may activate but does not hold now.</summary>
internal sealed record RoleEligibility(
    string Id, Guid PrincipalId, Guid RoleId, string Scope, DateTimeOffset Start, DateTimeOffset? End, Guid ScheduleId)
{
    public bool IsOpen(DateTimeOffset now) => Start <= now && (End is null || End > now);
}
