using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Users that writeback cannot serve for the same cause.</summary>
public sealed record UserGroup
{
    /// <summary>The cause.</summary>
    public required UserObstacle Obstacle { get; init; }

    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>Distinguished names of some of them.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>Why, in a sentence, as of the first.</summary>
    public required string Reason { get; init; }

    /// <summary>One step that mends it; null when it is by design.</summary>
    public string? Fix { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Obstacle}: {Count}";
}
