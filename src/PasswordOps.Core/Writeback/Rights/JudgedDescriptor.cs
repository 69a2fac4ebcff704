using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>What a descriptor says about the account; the same for all objects of a class that have it.</summary>
internal sealed record JudgedDescriptor
{
    public static JudgedDescriptor NotReadable { get; } = new() { Rights = Array.Empty<RightVerdict>(), Cause = RightCause.NotReadable };

    /// <summary>The required rights first, then Change Password; empty when the descriptor could not be judged.</summary>
    public required IReadOnlyList<RightVerdict> Rights { get; init; }

    /// <summary>Why it could not be judged; null when it could.</summary>
    public RightCause? Cause { get; init; }

    /// <summary>What is wrong with it, when it is malformed.</summary>
    public string? Fault { get; init; }

    public bool IsProtected { get; init; }

    public bool IsInOrder { get; init; } = true;

    public int SteppedOver { get; init; }

    public bool CouldGrantItself { get; init; }

    /// <summary>The required right that is missing, else the one that cannot be told; null when all are granted.</summary>
    public RightVerdict? Missing =>
        Rights.FirstOrDefault(right => right.Outcome == RightOutcome.NotGranted && right.Right != DirectoryRight.ChangePassword)
        ?? Rights.FirstOrDefault(right => right.Outcome == RightOutcome.Unknown && right.Right != DirectoryRight.ChangePassword);

    public static JudgedDescriptor MalformedBy(string fault) =>
        new() { Rights = Array.Empty<RightVerdict>(), Cause = RightCause.Malformed, Fault = fault };

    /// <summary>What stands between writeback and an object with this descriptor.</summary>
    /// <param name="isProtected">adminCount is above zero.</param>
    public UserObstacle Obstacle(bool isProtected)
    {
        if (Cause is RightCause cause)
        {
            return cause == RightCause.Malformed ? UserObstacle.Malformed : UserObstacle.NotReadable;
        }

        return Missing switch
        {
            null => UserObstacle.None,
            { Outcome: RightOutcome.Unknown } => UserObstacle.Unknown,
            _ when isProtected && IsProtected => UserObstacle.Protected,
            { Cause: RightCause.Denied } => UserObstacle.Denied,
            _ when IsProtected => UserObstacle.InheritanceBlocked,
            { Cause: RightCause.OtherObjects } => UserObstacle.OtherClass,
            _ => UserObstacle.NoEntry,
        };
    }
}
