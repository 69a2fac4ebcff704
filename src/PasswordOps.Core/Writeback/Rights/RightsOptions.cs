using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>What to judge.</summary>
public sealed record RightsOptions
{
    /// <summary>Name of the connector account, as of <see cref="IDirectoryRights.FindAccountsAsync"/>; null to look for one.</summary>
    public string? Account { get; init; }

    /// <summary>The account, where it was found already, for example in another domain; comes before <see cref="Account"/>.</summary>
    public ConnectorAccount? KnownAccount { get; init; }

    /// <summary>Distinguished names of the containers whose users are to be reset; empty for the whole domain.</summary>
    public IReadOnlyList<string> SearchBases { get; init; } = Array.Empty<string>();

    /// <summary>Look at every user, protected ones too; otherwise at some of each container.</summary>
    public bool All { get; init; }

    /// <summary>How many users of a container to look at, when not all.</summary>
    public int SampleSize { get; init; } = 200;

    /// <summary>How many users to name for each cause.</summary>
    public int Examples { get; init; } = 5;

    /// <summary>Told of every user that was looked at, one after the other; may be null.</summary>
    public Action<UserRights>? EachUser { get; init; }
}
