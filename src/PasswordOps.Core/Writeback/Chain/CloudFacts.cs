using System;
using System.Collections.Generic;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>What the audit log says of writeback, newest first.</summary>
internal sealed record CloudFacts
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>Resets and changes of passwords.</summary>
    public required Reading<IReadOnlyList<DirectoryAudit>> Passwords { get; init; }

    /// <summary>How far back those reach; earlier rows were not read.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Switches of writeback for the directory.</summary>
    public required Reading<IReadOnlyList<DirectoryAudit>> Switches { get; init; }

    /// <summary>What carried a password, by the row's own word; null where no password left the cloud.</summary>
    public static WritebackEngine? EngineOf(DirectoryAudit row) => row.Detail("OnPremisesAgent")?.Trim().ToUpperInvariant() switch
    {
        "MICROSOFT ENTRA CONNECT" => WritebackEngine.ConnectSync,
        "CLOUDSYNC" => WritebackEngine.CloudSync,
        _ => null,
    };
}
