using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Directory;

/// <summary>One row of the directory's audit log. Rows show up minutes after the act, at times an hour after.</summary>
public sealed record DirectoryAudit
{
    /// <summary>Id of the row.</summary>
    public required string Id { get; init; }

    /// <summary>Moment of the act, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Name of the activity (<c>activityDisplayName</c>), in the service's words, which vary in case.</summary>
    public required string Activity { get; init; }

    /// <summary>For example <c>UserManagement</c>.</summary>
    public string? Category { get; init; }

    /// <summary>Service that wrote the row, for example <c>Self-service Password Management</c>.</summary>
    public string Service { get; init; } = string.Empty;

    /// <summary>How it ended.</summary>
    public AuditResult Result { get; init; }

    /// <summary>The service's reason or step, as it stands; null when there is none.</summary>
    public string? ResultReason { get; init; }

    /// <summary>Joins the rows of one act; null when the log leaves it out.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Who acted; null when the log does not say.</summary>
    public AuditActor? InitiatedBy { get; init; }

    /// <summary>What it was done to.</summary>
    public IReadOnlyList<AuditTarget> Targets { get; init; } = Array.Empty<AuditTarget>();

    /// <summary>Further facts.</summary>
    public IReadOnlyList<AuditDetail> Details { get; init; } = Array.Empty<AuditDetail>();

    /// <summary>A further fact by its name.</summary>
    /// <param name="name">Name, whatever its case.</param>
    /// <returns>Its value; null when the row has none of that name.</returns>
    public string? Detail(string name) =>
        Details.FirstOrDefault(detail => string.Equals(detail.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <inheritdoc/>
    public override string ToString() => Activity + " " + Id;
}
