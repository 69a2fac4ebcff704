namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Whether the account has one right on one object, and what decided.</summary>
internal sealed record RightAnswer(RightOutcome Outcome, RightCause Cause)
{
    /// <summary>Place of the deciding entry in the list, from 0; null when none decided.</summary>
    public int? Index { get; init; }

    /// <summary>The deciding entry; null when none decided.</summary>
    public Ace? Entry { get; init; }
}
