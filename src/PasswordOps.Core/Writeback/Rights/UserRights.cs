using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Whether writeback can serve a user, as far as rights go.</summary>
public record UserRights
{
    /// <summary>Distinguished name.</summary>
    public required string DistinguishedName { get; init; }

    /// <summary>Most specific class.</summary>
    public required string ObjectClass { get; init; }

    /// <summary>What stands in the way.</summary>
    public required UserObstacle Obstacle { get; init; }

    /// <summary>Why, in a sentence; null when nothing stands in the way.</summary>
    public string? Reason { get; init; }

    /// <summary>The rights one by one, Change Password included; empty when the descriptor could not be judged.</summary>
    public required IReadOnlyList<RightVerdict> Rights { get; init; }

    /// <summary>adminCount is above zero.</summary>
    public bool IsProtected { get; init; }

    /// <summary>The object inherits nothing.</summary>
    public bool InheritanceBlocked { get; init; }

    /// <summary>The account lacks a right, but could give it to itself: it owns the object or may write its list.</summary>
    public bool CouldGrantItself { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{DistinguishedName} {Obstacle}";
}
