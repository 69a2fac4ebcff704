namespace PasswordOps.Core.Activity;

/// <summary>A reason why attempts did not give what was wanted, with how often.</summary>
public sealed record ActivityReasonCount
{
    /// <summary>Stable name of the reason.</summary>
    public required string ReasonId { get; init; }

    /// <summary>What was wanted.</summary>
    public required ActivityKind Kind { get; init; }

    /// <summary>The reason in plain words, of the first attempt that had it.</summary>
    public required string Why { get; init; }

    /// <summary>One thing to do; null when there is nothing to do.</summary>
    public string? NextStep { get; init; }

    /// <summary>Attempts.</summary>
    public required int Attempts { get; init; }

    /// <summary>Users who had it.</summary>
    public required int Users { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ReasonId + " " + Attempts.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
