namespace PasswordOps.Core.Writeback.Chain;

/// <summary>What carries passwords from the cloud to Active Directory.</summary>
public enum WritebackEngine
{
    /// <summary>Entra Connect Sync.</summary>
    ConnectSync,

    /// <summary>The provisioning agents of cloud sync.</summary>
    CloudSync,
}
