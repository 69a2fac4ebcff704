namespace PasswordOps.Core.Writeback.Connection;

/// <summary>Steps of a visit, in order.</summary>
public enum VisitStage
{
    /// <summary>None.</summary>
    None,

    /// <summary>The connection, of TCP.</summary>
    Connected,

    /// <summary>The tunnel of the proxy; passed by itself where there is no proxy.</summary>
    Tunnelled,

    /// <summary>The handshake of TLS; passed over where the visit asks for plain HTTP.</summary>
    Secured,

    /// <summary>The answer to a request of HTTP.</summary>
    Answered,
}
