using System;

namespace PasswordOps.Core.Writeback;

/// <summary>When an event was written; of two at the same time the one with the higher record number came later.</summary>
internal readonly record struct EventMoment(DateTimeOffset Time, long Record) : IComparable<EventMoment>
{
    public static EventMoment Of(WritebackEvent source) => new(source.Time, source.RecordId ?? -1);

    public static EventMoment? Latest(EventMoment? one, EventMoment? other) => After(one, other) ? one : other ?? one;

    /// <summary>True when there is one, and it came later than the other or there is no other.</summary>
    public static bool After(EventMoment? one, EventMoment? other) =>
        one is EventMoment present && (other is not EventMoment rival || present.CompareTo(rival) > 0);

    public int CompareTo(EventMoment other)
    {
        int byTime = Time.CompareTo(other.Time);
        return byTime != 0 ? byTime : Record.CompareTo(other.Record);
    }
}
