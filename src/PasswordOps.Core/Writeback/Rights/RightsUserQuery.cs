namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Which users to read.</summary>
public sealed record RightsUserQuery
{
    /// <summary>Distinguished name of the domain or organizational unit that they are in, at any depth.</summary>
    public required string SearchBase { get; init; }

    /// <summary>Only of this class or one derived from it, for example inetOrgPerson; null for user and every class derived from it
    /// that is not a computer's or a service's (sAMAccountType 805306368).</summary>
    public string? ObjectClass { get; init; }

    /// <summary>Leave out those with adminCount above zero.</summary>
    public bool LeaveOutProtected { get; init; }

    /// <summary>At most so many; null for all.</summary>
    public int? Limit { get; init; }
}
