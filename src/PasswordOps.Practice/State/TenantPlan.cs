using System.Collections.Generic;

namespace PasswordOps.Practice.State;

/// <summary>A tenant before it runs: what the generator or a directory file asks for.</summary>
internal sealed class TenantPlan
{
    public required Organization Organization { get; init; }

    public required IReadOnlyList<Domain> Domains { get; init; }

    public IReadOnlyList<SubscribedSku> SubscribedSkus { get; init; } = [];

    public IReadOnlyList<Subscription> Subscriptions { get; init; } = [];

    public required IReadOnlyList<User> Users { get; init; }

    public IReadOnlyList<Group> Groups { get; init; } = [];

    public IReadOnlyList<AdministrativeUnit> Units { get; init; } = [];

    public IReadOnlyList<RoleAssignment> RoleAssignments { get; init; } = [];

    public IReadOnlyList<RoleEligibility> RoleEligibilities { get; init; } = [];

    public IReadOnlyList<Role> CustomRoles { get; init; } = [];

    public IReadOnlyList<Application> Applications { get; set; } = [];

    public Policies Policies { get; init; } = new();

    public SyncFeatures SyncFeatures { get; init; } = new();

    public Settings Settings { get; init; } = new();

    /// <summary>Seed of what the audit log tells of the time before the start; null for a log that is empty at the start.</summary>
    public int? AuditSeed { get; init; }
}
