namespace PasswordOps.NetworkEndpoints;

/// <summary>How a listener behaves.</summary>
public enum Manner
{
    /// <summary>Refuses a request without a token, as a relay does: 401.</summary>
    Relay,

    /// <summary>Answers with a page, as a filter does: 200.</summary>
    Page,

    /// <summary>Answers 404.</summary>
    NotFound,

    /// <summary>Answers 503.</summary>
    Unavailable,

    /// <summary>Takes the connection and never says anything.</summary>
    Filtered,

    /// <summary>Takes the handshake of TLS and a request, and never answers.</summary>
    Mute,

    /// <summary>Answers the handshake of TLS with something else.</summary>
    Garbage,

    /// <summary>Answers the handshake of TLS with an alert.</summary>
    Alert,

    /// <summary>Resets the connection in the handshake of TLS.</summary>
    ResetHandshake,

    /// <summary>Closes the connection in the handshake of TLS.</summary>
    CloseHandshake,

    /// <summary>Answers a request with something that is not HTTP.</summary>
    GarbageAnswer,

    /// <summary>Answers with headers that do not end.</summary>
    Endless,

    /// <summary>Answers a byte at a time.</summary>
    Drip,

    /// <summary>Closes the connection when a request comes.</summary>
    CloseAnswer,

    /// <summary>Takes a second for the handshake and another for the answer; 401 after all.</summary>
    Slow,

    /// <summary>Resets a connection that was silent for a time.</summary>
    IdleReset,

    /// <summary>Closes a connection that was silent for a time, without a word of TLS.</summary>
    IdleClose,

    /// <summary>Says goodbye in TLS to a connection that was silent for a time, and closes it.</summary>
    IdleGoodbye,

    /// <summary>Forgets a connection that was silent for a time: nothing comes any more, and nothing is said.</summary>
    IdleDrop,

    /// <summary>A proxy that opens tunnels.</summary>
    Proxy,

    /// <summary>A proxy that wants sign-in: 407.</summary>
    ProxySignIn,

    /// <summary>A proxy that forbids: 403.</summary>
    ProxyForbids,

    /// <summary>Plain HTTP that answers 200, as a server of revocation lists does.</summary>
    Plain,
}
