using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Writeback;

/// <summary>What is kept of the events of one id; does not grow with their number.</summary>
internal sealed class EventTally
{
    private const int CodeLimit = 32;

    private readonly NewestMoments failures = new();
    private readonly SortedDictionary<string, CodeTally> codes = new(StringComparer.OrdinalIgnoreCase);
    private EventMoment? tracked;

    public EventTally(WritebackEventMeaning meaning, EventMoment first)
    {
        Meaning = meaning;
        First = first;
        Last = first;
    }

    public WritebackEventMeaning Meaning { get; }

    public long Count { get; private set; }

    public EventMoment First { get; private set; }

    public EventMoment Last { get; private set; }

    public Guid? LastTrackingId { get; private set; }

    public bool IsFailure => Meaning.Group == WritebackEventGroup.Fail;

    public void Take(WritebackEvent source)
    {
        EventMoment moment = EventMoment.Of(source);
        Count++;
        First = moment.CompareTo(First) < 0 ? moment : First;
        Last = moment.CompareTo(Last) > 0 ? moment : Last;
        if (Meaning.Group is WritebackEventGroup.Start or WritebackEventGroup.Ok)
        {
            return;
        }

        if (IsFailure)
        {
            failures.Add(moment);
        }

        TakeTrackingId(source, moment);
        foreach (WritebackCode code in WritebackCode.In(source.Data))
        {
            TakeCode(code, moment);
        }
    }

    public int CountAfter(EventMoment? border) => failures.CountAfter(border);

    public IReadOnlyList<WritebackCode> Codes() => codes.Values.Select(tally => tally.Code).ToList();

    public IReadOnlyList<WritebackCode> CodesAfter(EventMoment? border) =>
        codes.Values.Where(tally => EventMoment.After(tally.Last, border)).Select(tally => tally.Code).ToList();

    // Of two with the same moment the greater id stays, so that the order of the file does not matter.
    private void TakeTrackingId(WritebackEvent source, EventMoment moment)
    {
        if (WritebackEventDetails.TrackingIdIn(source.Data) is not Guid id)
        {
            return;
        }

        int order = tracked is EventMoment known ? moment.CompareTo(known) : 1;
        if (order > 0 || (order == 0 && id.CompareTo(LastTrackingId!.Value) > 0))
        {
            tracked = moment;
            LastTrackingId = id;
        }
    }

    // Beyond the limit the codes that sort first stay, for the same reason.
    private void TakeCode(WritebackCode code, EventMoment moment)
    {
        if (codes.TryGetValue(code.Code, out CodeTally? tally))
        {
            tally.Last = moment.CompareTo(tally.Last) > 0 ? moment : tally.Last;
            return;
        }

        codes[code.Code] = new CodeTally(code, moment);
        if (codes.Count > CodeLimit)
        {
            codes.Remove(codes.Keys.Last());
        }
    }

    private sealed class CodeTally
    {
        public CodeTally(WritebackCode code, EventMoment last)
        {
            Code = code;
            Last = last;
        }

        public WritebackCode Code { get; }

        public EventMoment Last { get; set; }
    }
}
