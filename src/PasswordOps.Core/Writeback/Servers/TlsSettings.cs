namespace PasswordOps.Core.Writeback.Servers;

/// <summary>The registry values that switch TLS 1.2 on or off; null for one that is not set.</summary>
public sealed record TlsSettings
{
    /// <summary>SystemDefaultTlsVersions of .NET, 64 bit.</summary>
    public int? SystemDefault { get; init; }

    /// <summary>SchUseStrongCrypto of .NET, 64 bit.</summary>
    public int? StrongCrypto { get; init; }

    /// <summary>SystemDefaultTlsVersions of .NET, 32 bit.</summary>
    public int? SystemDefault32 { get; init; }

    /// <summary>SchUseStrongCrypto of .NET, 32 bit.</summary>
    public int? StrongCrypto32 { get; init; }

    /// <summary>Enabled of TLS 1.2, as a client.</summary>
    public int? ClientEnabled { get; init; }

    /// <summary>DisabledByDefault of TLS 1.2, as a client.</summary>
    public int? ClientDisabledByDefault { get; init; }

    /// <summary>Enabled of TLS 1.2, as a server.</summary>
    public int? ServerEnabled { get; init; }

    /// <summary>DisabledByDefault of TLS 1.2, as a server.</summary>
    public int? ServerDisabledByDefault { get; init; }
}
