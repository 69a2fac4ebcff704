namespace PasswordOps.Core.Writeback.Rights;

/// <summary>The answer about one right in one container.</summary>
public record RightRow
{
    /// <summary>The right.</summary>
    public required DirectoryRight Right { get; init; }

    /// <summary>Writeback needs it.</summary>
    public bool IsRequired => Right != DirectoryRight.ChangePassword;

    /// <summary>Distinguished name of the container, or of the domain.</summary>
    public required string Container { get; init; }

    /// <summary>Class of the objects it is about.</summary>
    public required string ObjectClass { get; init; }

    /// <summary>What the answer rests on.</summary>
    public required RightBasis Basis { get; init; }

    /// <summary>The answer over all.</summary>
    public required RightOutcome Outcome { get; init; }

    /// <summary>Objects on which it is granted. Protected users, and those who inherit nothing, are counted by cause only.</summary>
    public int Granted { get; init; }

    /// <summary>Objects on which it is not.</summary>
    public int NotGranted { get; init; }

    /// <summary>Objects of which it cannot be told.</summary>
    public int Unknown { get; init; }

    /// <summary>Why, most often where there are several causes.</summary>
    public required RightCause Cause { get; init; }

    /// <summary>The entry that decided, most often where there are several; null when none did.</summary>
    public RightVerdict? Decided { get; init; }

    /// <summary>Name of whom that entry is for, and through what the account is that; null when none did.</summary>
    public string? Trustee { get; init; }

    /// <summary>Distinguished name of the object on which that entry stands by itself; null when it was not found.</summary>
    public string? StandsOn { get; init; }

    /// <summary>An object of which it was so.</summary>
    public string? Example { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Right} {Outcome}";
}
