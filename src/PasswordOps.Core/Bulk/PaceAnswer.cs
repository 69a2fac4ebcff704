using System;

namespace PasswordOps.Core.Bulk;

/// <summary>What an answer says about the pace. An answer to a batch says it of all items together.</summary>
internal sealed record PaceAnswer
{
    /// <summary>Nothing to say: all was admitted, or no answer came.</summary>
    public static PaceAnswer Admitted { get; } = new();

    /// <summary>How many requests were refused for load.</summary>
    public int Refused { get; init; }

    /// <summary>True when a batch was refused as one: limits are counted item by item, so this is none of them.</summary>
    public bool IsOfWholeBatch { get; init; }

    /// <summary>How many were admitted although they stood behind the first refused one.</summary>
    public int AdmittedBehind { get; init; }

    /// <summary>The longest time that the service asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when the service was not able to cope (503, 504).</summary>
    public bool IsBusy { get; init; }

    /// <summary>How long the service that was not able to cope asks to be left alone; null when it does not say.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>How much of the limit is used up, 1 being all of it; null below four fifths.</summary>
    public double? Used { get; init; }
}
