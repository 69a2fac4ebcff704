namespace PasswordOps.Core.Writeback;

/// <summary>What an event of password writeback tells.</summary>
public enum WritebackEventGroup
{
    /// <summary>Microsoft publishes nothing about this id.</summary>
    Unlisted,

    /// <summary>Something began.</summary>
    Start,

    /// <summary>Something succeeded.</summary>
    Ok,

    /// <summary>Something that somebody should look at when it stays or comes often.</summary>
    Warn,

    /// <summary>Something failed.</summary>
    Fail,
}
