using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Checks;

/// <summary>What one check found.</summary>
public record CheckResult
{
    /// <summary>Stable id of the check, for example <c>license.writeback</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The answer.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, in one or two sentences.</summary>
    public required string Reason { get; init; }

    /// <summary>What was read, with the service's own words where it has any.</summary>
    public required string Evidence { get; init; }

    /// <summary>When the evidence was read, UTC.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>One step that mends it; null when nothing needs mending.</summary>
    public string? Fix { get; init; }

    /// <summary>What is missing, by name: roles, permissions, licences; empty when nothing is, or when it is no such thing.</summary>
    public IReadOnlyList<string> Missing { get; init; } = Array.Empty<string>();

    /// <summary>The document that the rule comes from.</summary>
    public required string Source { get; init; }

    /// <summary>User or object that the check looked at; null for the tenant.</summary>
    public string? Target { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Verdict}";
}
