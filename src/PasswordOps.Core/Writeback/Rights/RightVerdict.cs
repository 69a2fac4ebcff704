namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Whether the account has one right on one object, and by what.</summary>
public sealed record RightVerdict
{
    /// <summary>The right.</summary>
    public required DirectoryRight Right { get; init; }

    /// <summary>The answer.</summary>
    public required RightOutcome Outcome { get; init; }

    /// <summary>Why.</summary>
    public required RightCause Cause { get; init; }

    /// <summary>The deciding entry, as SDDL; null when none decided.</summary>
    public string? Entry { get; init; }

    /// <summary>Its place in the list, from 0; null when none decided.</summary>
    public int? EntryIndex { get; init; }

    /// <summary>Whom it is for; null when none decided.</summary>
    public SecurityId? Trustee { get; init; }

    /// <summary>It was inherited from a container above.</summary>
    public bool IsInherited { get; init; }

    internal static RightVerdict Of(DirectoryRight right, RightAnswer answer) => new()
    {
        Right = right,
        Outcome = answer.Outcome,
        Cause = answer.Cause,
        Entry = answer.Entry is null ? null : Sddl.Entry(answer.Entry),
        EntryIndex = answer.Index,
        Trustee = answer.Entry?.Sid,
        IsInherited = answer.Entry?.IsInherited ?? false,
    };
}
