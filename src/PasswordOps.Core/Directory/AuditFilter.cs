using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Directory;

/// <summary>Which rows of the audit log are wanted; what is null or empty leaves nothing out.</summary>
public sealed record AuditFilter
{
    /// <summary>Service that wrote them, for example <c>Self-service Password Management</c>.</summary>
    public string? Service { get; init; }

    /// <summary>Names of activities, of which a row has one; a few at most.</summary>
    public IReadOnlyList<string> Activities { get; init; } = Array.Empty<string>();

    /// <summary>Earliest moment.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Latest moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Object id of what the act was done to, for most acts a user.</summary>
    public string? TargetId { get; init; }

    /// <summary>True for the latest rows first, as whoever wants only the last act asks; false for the earliest first.</summary>
    public bool NewestFirst { get; init; }
}
