namespace PasswordOps.Core.Writeback.Chain;

/// <summary>A link of the chain from the cloud to the domain controller, in the order in which a password passes them.</summary>
public enum ChainLink
{
    /// <summary>Entra ID: licence, switch, synchronisation, what the audit log proves.</summary>
    Cloud,

    /// <summary>The way from the sync server to the cloud.</summary>
    Network,

    /// <summary>The server with Entra Connect Sync.</summary>
    Server,

    /// <summary>What the listener on it wrote to its log.</summary>
    Events,

    /// <summary>The provisioning agent of cloud sync, which can stand in the place of the server.</summary>
    CloudSync,

    /// <summary>The connector account's rights in Active Directory.</summary>
    Rights,

    /// <summary>The domain controllers and their password policy.</summary>
    Domain,

    /// <summary>The one user who was asked about.</summary>
    User,
}
