namespace PasswordOps.Core.Writeback.Connection;

/// <summary>What ended a step on the way to an endpoint.</summary>
public enum NetworkFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>No answer within the limit.</summary>
    TimedOut,

    /// <summary>There is no such name.</summary>
    NameUnknown,

    /// <summary>The server of names did not answer, or could not.</summary>
    NameServerFailed,

    /// <summary>The port is closed: the connection was refused at once.</summary>
    Refused,

    /// <summary>No way to the address.</summary>
    Unreachable,

    /// <summary>The connection was reset.</summary>
    Reset,

    /// <summary>The other end closed the connection before it answered.</summary>
    Closed,

    /// <summary>The proxy could not be reached.</summary>
    ProxyUnreachable,

    /// <summary>The proxy did not open a tunnel.</summary>
    ProxyRefused,

    /// <summary>The other end refused the handshake of TLS: no version or cipher in common, or by its rules.</summary>
    TlsRefused,

    /// <summary>What came is not TLS.</summary>
    NotTls,

    /// <summary>The certificate is not trusted, so nothing was asked.</summary>
    NotTrusted,

    /// <summary>What came is not HTTP.</summary>
    NotHttp,

    /// <summary>The answer did not end within what an answer may be.</summary>
    TooLong,

    /// <summary>Something else.</summary>
    Other,
}
