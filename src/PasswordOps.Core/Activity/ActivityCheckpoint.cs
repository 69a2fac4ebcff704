using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Activity;

/// <summary>
/// Where a run over the audit log ended, for the next one to go on. Rows arrive late, so the next run looks back over
/// <see cref="Overlap"/> and passes over those that were given already.
/// </summary>
public sealed record ActivityCheckpoint
{
    /// <summary>How far the next run looks back: far more than rows are late as a rule.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(6);

    /// <summary>Tenant that it is of.</summary>
    public required string TenantId { get; init; }

    /// <summary>The user whom the run was about; null for all.</summary>
    public string? User { get; init; }

    /// <summary>True when rows were given, false for attempts.</summary>
    public bool StepsOnly { get; init; }

    /// <summary>All that began before this moment was given, as far as it had arrived, UTC.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Ids of the rows that were given, of the time that the next run looks back over.</summary>
    public required IReadOnlyCollection<string> Given { get; init; }

    /// <summary>Moment from which the next run reads.</summary>
    public DateTimeOffset From => Until - Overlap;
}
