namespace PasswordOps.Core.Directory;

/// <summary>How a connection to a domain controller is protected. There is no way without.</summary>
public enum DomainTransport
{
    /// <summary>TLS from the first byte (port 636).</summary>
    Ldaps,

    /// <summary>TLS that is started on the plain port (389) before anything else is sent.</summary>
    StartTls,

    /// <summary>Kerberos or NTLM with signing and sealing (port 389); off Windows Kerberos from the ticket cache.</summary>
    Negotiate,
}
