using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Servers;

/// <summary>What the collector found on a sync server. Holds no secret; names only where they were not redacted.</summary>
public sealed record SyncServer
{
    /// <summary>The format that this version writes and knows whole.</summary>
    public const int KnownSchema = 1;

    /// <summary>Format of the evidence; a newer one may hold what is not read here.</summary>
    public required int Schema { get; init; }

    /// <summary>What collected it, with its version.</summary>
    public required string Tool { get; init; }

    /// <summary>When it was collected by the server's own clock, UTC.</summary>
    public required DateTimeOffset CollectedAt { get; init; }

    /// <summary>Name of the server; a pseudonym where the evidence is redacted.</summary>
    public required string Computer { get; init; }

    /// <summary>Names were replaced by pseudonyms.</summary>
    public required bool IsRedacted { get; init; }

    /// <summary>Version of the sync engine's program miiserver.exe.</summary>
    public required Collected<string> EngineFile { get; init; }

    /// <summary>Version that the sync engine gives of its configuration.</summary>
    public required Collected<string> EngineConfiguration { get; init; }

    /// <summary>Windows.</summary>
    public required Collected<ServerSystem> Windows { get; init; }

    /// <summary>.NET Framework.</summary>
    public required Collected<FrameworkRelease> Framework { get; init; }

    /// <summary>Registry values that switch TLS 1.2 on or off.</summary>
    public required Collected<TlsSettings> Tls { get; init; }

    /// <summary>The server's clock beside another.</summary>
    public required Collected<ServerClock> Clock { get; init; }

    /// <summary>The service ADSync.</summary>
    public required Collected<ServiceState> Service { get; init; }

    /// <summary>The scheduler of the sync engine.</summary>
    public required Collected<SyncScheduler> Scheduler { get; init; }

    /// <summary>The writeback setting of the connector to Entra ID.</summary>
    public required Collected<WritebackSetting> Writeback { get; init; }

    /// <summary>The connectors to Active Directory.</summary>
    public required Collected<IReadOnlyList<DomainConnector>> Connectors { get; init; }

    /// <summary>The registry value RestrictRemoteSam.</summary>
    public required Collected<RemoteSamSetting> RemoteSam { get; init; }

    /// <summary>Who holds the right "Impersonate a client after authentication": SIDs.</summary>
    public required Collected<IReadOnlyList<string>> Impersonation { get; init; }

    /// <summary>The provisioning agent of cloud sync on this server.</summary>
    public required Collected<ProvisioningAgent> Agent { get; init; }

    /// <summary>Whether the Application log was exported.</summary>
    public required Collected<EventExport> Events { get; init; }

    /// <summary>What the reader has to say of the evidence itself, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = Array.Empty<string>();

    /// <inheritdoc/>
    public override string ToString() => Computer;
}
