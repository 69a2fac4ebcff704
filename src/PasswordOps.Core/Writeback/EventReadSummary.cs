using System;

namespace PasswordOps.Core.Writeback;

/// <summary>What a reader of events met on its way.</summary>
public sealed class EventReadSummary
{
    /// <summary>Events of the two providers.</summary>
    public long Taken { get; set; }

    /// <summary>Well-formed events of other providers.</summary>
    public long Other { get; set; }

    /// <summary>Elements that call themselves events and lack what an event must have.</summary>
    public long Malformed { get; set; }

    /// <summary>True when the file ends in the middle of an event.</summary>
    public bool Truncated { get; set; }

    /// <summary>Time of the oldest event of any provider, UTC; null when none has been read.</summary>
    public DateTimeOffset? Oldest { get; set; }

    /// <summary>Time of the newest event of any provider, UTC: the log was alive until then. Null when none has been read.</summary>
    public DateTimeOffset? Newest { get; set; }

    /// <summary>Takes the time of an event, of whatever provider, into account.</summary>
    /// <param name="time">When it was written.</param>
    public void Saw(DateTimeOffset time)
    {
        Oldest = Oldest is DateTimeOffset oldest && oldest <= time ? oldest : time;
        Newest = Newest is DateTimeOffset newest && newest >= time ? newest : time;
    }
}
