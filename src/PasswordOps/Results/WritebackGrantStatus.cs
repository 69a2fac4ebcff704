namespace PasswordOps;

/// <summary>What became of a grant on one object.</summary>
public enum WritebackGrantStatus
{
    /// <summary>What would be written; nothing was.</summary>
    Planned,

    /// <summary>Written, read back as written, and judged again.</summary>
    Granted,

    /// <summary>Nothing is missing, or what was to be written is there.</summary>
    AlreadyThere,

    /// <summary>Nothing was written; the reason says why.</summary>
    Refused,

    /// <summary>It was sent, and whether it took effect is not known.</summary>
    Uncertain,

    /// <summary>A grant was taken back.</summary>
    TakenBack,
}
