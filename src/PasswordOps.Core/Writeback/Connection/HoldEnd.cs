namespace PasswordOps.Core.Writeback.Connection;

/// <summary>What became of a connection that was left idle.</summary>
public enum HoldEnd
{
    /// <summary>It could not be opened.</summary>
    NotOpened,

    /// <summary>It still worked.</summary>
    Held,

    /// <summary>It was reset (RST).</summary>
    Reset,

    /// <summary>It was closed (FIN) without the goodbye of TLS.</summary>
    Closed,

    /// <summary>The other end of TLS said goodbye and closed it: the server's own doing, or that of one who opens the traffic.</summary>
    Goodbye,

    /// <summary>Nothing was heard, and when it was used no answer came: something forgot the connection without a word.</summary>
    Dropped,
}
