namespace PasswordOps.Core.Writeback.Servers;

/// <summary>The provisioning agent of cloud sync.</summary>
public sealed record ProvisioningAgent
{
    /// <summary>It is installed on this server.</summary>
    public required bool IsInstalled { get; init; }

    /// <summary>Version of its program; null when it is not known.</summary>
    public string? Version { get; init; }

    /// <summary>Running, Stopped or another of Windows' words.</summary>
    public string? State { get; init; }

    /// <summary>The service signs in as a group managed service account; null when it is not known.</summary>
    public bool? IsManagedAccount { get; init; }
}
