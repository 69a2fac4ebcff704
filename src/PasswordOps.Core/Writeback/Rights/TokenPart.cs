namespace PasswordOps.Core.Writeback.Rights;

/// <summary>One identity that an account has at a domain controller.</summary>
public sealed record TokenPart
{
    /// <summary>The identity.</summary>
    public required SecurityId Sid { get; init; }

    /// <summary>Where it comes from.</summary>
    public required TokenOrigin Origin { get; init; }

    /// <summary>Name for people, for example Password Writers; null when it is not known.</summary>
    public string? Name { get; init; }

    /// <summary>The identity that is a member of this one, for example S-1-5-11 for a group that all authenticated users are in; null
    /// for the account itself or when it is not known.</summary>
    public SecurityId? Through { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name is null ? Sid.ToString() : $"{Name} ({Sid})";
}
