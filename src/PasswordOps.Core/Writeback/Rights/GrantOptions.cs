using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>What to grant, and where.</summary>
public sealed record GrantOptions
{
    /// <summary>Name of the connector account, as of <see cref="IDirectoryRights.FindAccountsAsync"/>; null to look for one.</summary>
    public string? Account { get; init; }

    /// <summary>The account, where it was found already; comes before <see cref="Account"/>.</summary>
    public ConnectorAccount? KnownAccount { get; init; }

    /// <summary>Distinguished names of the containers whose users are to be reset; empty for the whole domain. Unexpire Password is
    /// granted on the domain in any case, where it is missing.</summary>
    public IReadOnlyList<string> Containers { get; init; } = Array.Empty<string>();

    /// <summary>Grant the rights over accounts of the class inetOrgPerson too.</summary>
    public bool InetOrgPerson { get; init; }
}
