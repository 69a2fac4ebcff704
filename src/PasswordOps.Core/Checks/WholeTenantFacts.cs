using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks;

/// <summary>What only the questions about the tenant itself need to know.</summary>
internal sealed record WholeTenantFacts : TenantFacts
{
    [SetsRequiredMembers]
    public WholeTenantFacts(
        TenantFacts facts, Reading<RegistrationTotals> totals, Reading<SyncFeatures?> features,
        Reading<IReadOnlyList<DirectoryUser>> globalAdministrators, Reading<IReadOnlyList<DirectoryAudit>> policyChanges,
        Reading<ResetTrials> trials)
        : base(facts)
    {
        Totals = totals;
        Features = features;
        GlobalAdministrators = globalAdministrators;
        PolicyChanges = policyChanges;
        Trials = trials;
    }

    /// <summary>Counts of the registration report.</summary>
    public Reading<RegistrationTotals> Totals { get; }

    /// <summary>Switches of directory synchronisation; a null value where the tenant has none.</summary>
    public Reading<SyncFeatures?> Features { get; }

    /// <summary>Accounts that hold Global Administrator over the tenant.</summary>
    public Reading<IReadOnlyList<DirectoryUser>> GlobalAdministrators { get; }

    /// <summary>Changes of a policy that bears on password reset in the last hour.</summary>
    public Reading<IReadOnlyList<DirectoryAudit>> PolicyChanges { get; }

    /// <summary>Who tried self-service password reset in the last day, by the newest rows of the audit log.</summary>
    public Reading<ResetTrials> Trials { get; }
}
