namespace PasswordOps.Core.Writeback.Connection;

/// <summary>What an endpoint is there for.</summary>
public enum EndpointRole
{
    /// <summary>The reset service, which the sync server registers with.</summary>
    PasswordReset,

    /// <summary>The relay over which passwords arrive.</summary>
    Relay,

    /// <summary>The sign-in of relays that versions of before 2016 need.</summary>
    AccessControl,
}
