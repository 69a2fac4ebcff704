using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Writeback;

/// <summary>
/// What a log says, gathered in one pass over its events in any order. Does not grow with their number: what is kept is per id, and ids are
/// few.
/// </summary>
internal sealed class WritebackLog
{
    private const int ServerLimit = 32;

    private readonly Dictionary<(string Provider, int Id), EventTally> tallies = new();
    private readonly SortedSet<string> servers = new(StringComparer.OrdinalIgnoreCase);
    private DateTimeOffset? first;
    private DateTimeOffset? last;

    public WritebackLog(DateTimeOffset now, EventReadSummary summary)
    {
        Now = now;
        Summary = summary;
    }

    public DateTimeOffset Now { get; }

    public EventReadSummary Summary { get; }

    public long Count { get; private set; }

    /// <summary>Names of the servers that wrote the log, at most 32.</summary>
    public IReadOnlyCollection<string> Servers => servers;

    /// <summary>Time of the oldest event; of any provider where the reader saw them.</summary>
    public DateTimeOffset? From => Summary.Oldest is DateTimeOffset oldest && !(first < oldest) ? oldest : first;

    /// <summary>Time of the newest event; of any provider where the reader saw them.</summary>
    public DateTimeOffset? To => Summary.Newest is DateTimeOffset newest && !(last > newest) ? newest : last;

    public EventMoment? Onboarded => Last(31005);

    public EventMoment? Offboarded => Last(31013);

    public EventMoment? Started => Last(31015);

    public EventMoment? Stopped => Last(31016);

    public EventMoment? Heartbeat => Last(31019);

    /// <summary>The last operation whose password Active Directory took.</summary>
    public EventMoment? Success => EventMoment.Latest(EventMoment.Latest(Last(31002), Last(31007)), Last(31010));

    /// <summary>The last sign that the listener was in touch with the cloud.</summary>
    public EventMoment? Alive => EventMoment.Latest(Heartbeat, Success);

    public IEnumerable<EventTally> Tallies =>
        tallies.Values.OrderBy(tally => tally.Meaning.Provider, StringComparer.Ordinal).ThenBy(tally => tally.Meaning.Id);

    public void Take(WritebackEvent source)
    {
        Count++;
        first = first <= source.Time ? first : source.Time;
        last = last >= source.Time ? last : source.Time;
        if (source.Computer.Length > 0 && servers.Add(source.Computer) && servers.Count > ServerLimit)
        {
            servers.Remove(servers.Max!);
        }

        if (!tallies.TryGetValue((source.Provider, source.Id), out EventTally? tally))
        {
            tally = new EventTally(WritebackEventMeaning.Of(source.Provider, source.Id), EventMoment.Of(source));
            tallies[(source.Provider, source.Id)] = tally;
        }

        tally.Take(source);
    }

    public EventMoment? Last(int id) => tallies.TryGetValue(("PasswordResetService", id), out EventTally? tally) ? tally.Last : null;

    /// <summary>Failures that bear on a check and came after a moment, the latest first.</summary>
    public IReadOnlyList<EventTally> FailuresAfter(string check, EventMoment? border) => Tallies
        .Where(tally => tally.IsFailure && tally.Meaning.Check == check && EventMoment.After(tally.Last, border))
        .OrderByDescending(tally => tally.Last)
        .ToList();
}
