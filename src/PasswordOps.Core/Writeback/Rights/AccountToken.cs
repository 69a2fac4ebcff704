using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>As whom a domain controller sees an account.</summary>
public sealed record AccountToken
{
    /// <summary>The identities, each once or more often, with where each comes from.</summary>
    public required IReadOnlyList<TokenPart> Parts { get; init; }

    /// <summary>
    /// tokenGroups came back with values. False stands for "may not be read": an account has at least its primary group, so that an empty
    /// answer is never the truth.
    /// </summary>
    public required bool GroupsRead { get; init; }

    /// <summary>The groups that well-known identities and groups are members of could be looked for; false when one of these searches was
    /// refused.</summary>
    public required bool MembershipsRead { get; init; }

    /// <summary>What could not be read, a sentence each.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = Array.Empty<string>();
}
