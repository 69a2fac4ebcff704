using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Writeback;

/// <summary>A story while its events come in.</summary>
internal sealed class OpenStory
{
    private const int EventLimit = 32;

    // What these say is told more closely by the event of the sync engine.
    private static readonly int[] General = { 31003, 31008, 31011, 33001, 33004, 33009 };

    private readonly List<WritebackEventRecord> events = new();
    private EventMoment? first;
    private EventMoment? last;
    private EventMoment? success;
    private EventMoment? failure;
    private WritebackOperation operation;
    private bool failed;
    private bool hasStart;
    private long count;

    public OpenStory(Guid? trackingId) => TrackingId = trackingId;

    public Guid? TrackingId { get; }

    /// <summary>True when a piece with the same tracking id was told before.</summary>
    public bool IsContinued { get; set; }

    /// <summary>True when it is an event of the sync engine that stands beside a story.</summary>
    public bool IsClaimed { get; set; }

    public LinkedListNode<OpenStory>? Node { get; set; }

    public List<WritebackEventRecord> Beside { get; } = new();

    /// <summary>Where it is found by time.</summary>
    public List<(Dictionary<(string, long), List<StoryJoiner.Place>> Places, (string, long) Key)> Places { get; } = new();

    public WritebackEventRecord First => events[0];

    /// <summary>Characters of the texts that it holds.</summary>
    public long TextLength { get; private set; }

    /// <summary>Takes an event.</summary>
    /// <returns>Characters that it holds more.</returns>
    public long Take(WritebackEventRecord found)
    {
        EventMoment moment = EventMoment.Of(found.Source);
        count++;
        first = first is EventMoment oldest && oldest.CompareTo(moment) <= 0 ? oldest : moment;
        last = EventMoment.Latest(last, moment);
        Follow(found, moment);
        long before = TextLength;
        int at = events.FindIndex(other => Order(found, other) < 0);
        events.Insert(at < 0 ? events.Count : at, found);
        TextLength += found.Message.Length;
        if (events.Count > EventLimit)
        {
            TextLength -= events[EventLimit].Message.Length;
            events.RemoveAt(EventLimit);
        }

        return TextLength - before;
    }

    /// <summary>The story; null for good news of the service itself, which is no story.</summary>
    public WritebackStory? Told()
    {
        bool isOperation = operation != WritebackOperation.Service;
        if (!isOperation && events.TrueForAll(found => found.Group is WritebackEventGroup.Ok or WritebackEventGroup.Start))
        {
            return null;
        }

        WritebackOutcome outcome = success is null && !failed ? WritebackOutcome.NoResult
            : EventMoment.After(success, failure) ? WritebackOutcome.Succeeded
            : WritebackOutcome.Failed;
        List<WritebackEventRecord> beside = Beside.OrderBy(found => found, ByMoment).ToList();
        (string? cause, WritebackCertainty? certainty, string? fix) = outcome == WritebackOutcome.Succeeded ? default : Why(beside);
        return new WritebackStory
        {
            TrackingId = TrackingId,
            Operation = operation,
            Outcome = outcome,
            Started = first!.Value.Time,
            Ended = last!.Value.Time,
            Server = events[0].Server,
            User = events.Select(found => found.User).FirstOrDefault(user => user is not null),
            UserId = events.Select(found => found.UserId).FirstOrDefault(id => id is not null),
            Cause = cause,
            Certainty = certainty,
            Fix = fix,
            Codes = events.SelectMany(found => found.Codes).Distinct().ToList(),
            IsPartial = IsContinued || (isOperation && !(hasStart && (success ?? failure) is not null)),
            Events = events.ToList(),
            EventCount = count,
            Beside = beside,
        };
    }

    private static IComparer<WritebackEventRecord> ByMoment { get; } = Comparer<WritebackEventRecord>.Create(Order);

    // The text decides where all else is the same, so that the order of the file does not.
    private static int Order(WritebackEventRecord one, WritebackEventRecord other)
    {
        int order = EventMoment.Of(one.Source).CompareTo(EventMoment.Of(other.Source));
        order = order != 0 ? order : one.Id.CompareTo(other.Id);
        return order != 0 ? order : string.CompareOrdinal(one.Message, other.Message);
    }

    private void Follow(WritebackEventRecord found, EventMoment moment)
    {
        failed |= found.Group == WritebackEventGroup.Fail;
        if (found.Provider != "PasswordResetService")
        {
            return;
        }

        WritebackOperation meant = found.Id switch
        {
            >= 31001 and <= 31003 => WritebackOperation.Reset,
            >= 31006 and <= 31008 => WritebackOperation.Change,
            >= 31009 and <= 31011 => WritebackOperation.AdminReset,
            >= 33001 and <= 33009 => WritebackOperation.Unknown,
            _ => WritebackOperation.Service,
        };
        operation = meant > operation ? meant : operation;
        if (meant > WritebackOperation.Unknown)
        {
            hasStart |= found.Group == WritebackEventGroup.Start;
            success = found.Group == WritebackEventGroup.Ok ? EventMoment.Latest(success, moment) : success;
            failure = found.Group == WritebackEventGroup.Fail ? EventMoment.Latest(failure, moment) : failure;
        }
    }

    // An explained code of its own says most, then an event that names one cause, then what the sync engine said at the same time.
    private (string? Cause, WritebackCertainty? Certainty, string? Fix) Why(List<WritebackEventRecord> beside)
    {
        if (WritebackEventRecord.Best(events.SelectMany(found => found.Codes)) is WritebackCode code)
        {
            return (code.Cause, code.Certainty, code.Fix);
        }

        WritebackEventRecord? telling = events.Where(found => found.Cause is not null)
            .OrderBy(found => Array.IndexOf(General, found.Id) < 0 ? 0 : found.Id >= 33001 ? 1 : 2).FirstOrDefault();
        bool isGeneral = telling is null || Array.IndexOf(General, telling.Id) >= 0;
        return isGeneral && WritebackEventRecord.Best(beside.SelectMany(found => found.Codes)) is WritebackCode near
            ? (near.Cause, WritebackCertainty.Likely, near.Fix)
            : (telling?.Cause, telling?.Certainty, telling?.Fix);
    }
}
