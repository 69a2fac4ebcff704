using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Writeback;

/// <summary>Judges password writeback by the events that a sync server wrote.</summary>
public static class WritebackHealth
{
    private const int EventsBetweenLooks = 512;
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Reads an exported event log and judges it.</summary>
    /// <param name="source">Reader of events.</param>
    /// <param name="path">Export.</param>
    /// <param name="clock">Time, to tell an old export from a dead listener.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The report.</returns>
    /// <exception cref="PasswordOpsException">
    /// The export cannot be read; see <see cref="IEventSource.Read(string, EventReadSummary, CancellationToken)"/>.
    /// </exception>
    public static WritebackHealthReport FromEventLog(
        IEventSource source, string path, IClock clock, IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        EventReadSummary summary = new();
        return Evaluate(Watched(source.Read(path, summary, stop), summary, clock, progress), summary, clock.UtcNow);
    }

    /// <summary>Judges events. They are gone through once, in any order, and none is kept.</summary>
    /// <param name="events">Events of the two providers.</param>
    /// <param name="summary">What the reader met; complete once the events are read.</param>
    /// <param name="now">The moment to judge for.</param>
    /// <returns>The report.</returns>
    public static WritebackHealthReport Evaluate(IEnumerable<WritebackEvent> events, EventReadSummary summary, DateTimeOffset now)
    {
        WritebackLog log = new(now, summary);
        foreach (WritebackEvent found in events)
        {
            log.Take(found);
        }

        CheckResult[] checks = CheckCatalog.Writeback.Select(check => check.Run(log, null)).ToArray();
        Verdict verdict = checks.Max(check => check.Verdict);
        CheckResult? weakest = verdict > Verdict.Pass ? checks.First(check => check.Verdict == verdict) : null;
        EventTally? failure = log.Tallies.Where(tally => tally.IsFailure).OrderByDescending(tally => tally.Last).FirstOrDefault();
        return new WritebackHealthReport
        {
            Verdict = verdict,
            Headline = Headline(verdict, weakest, log),
            WeakestLink = weakest,
            NextStep = weakest?.Fix,
            Checks = checks,
            LastStart = log.Started?.Time,
            LastStop = log.Stopped?.Time,
            LastHeartbeat = log.Heartbeat?.Time,
            LastSuccess = log.Success?.Time,
            LastFailure = failure?.Last.Time,
            Events = log.Tallies.Select(tally => Count(tally, log.Success)).ToList(),
            From = log.From,
            To = log.To,
            Servers = log.Servers.ToList(),
            Read = summary,
            Limits = Limits(log).ToList(),
            JudgedAt = now,
        };
    }

    private static IEnumerable<WritebackEvent> Watched(
        IEnumerable<WritebackEvent> events, EventReadSummary summary, IClock clock, IProgress<BulkProgress>? progress)
    {
        DateTimeOffset start = clock.UtcNow;
        DateTimeOffset told = start;
        long read = 0;
        foreach (WritebackEvent found in events)
        {
            yield return found;
            if (progress is null || ++read % EventsBetweenLooks != 0)
            {
                continue;
            }

            DateTimeOffset now = clock.UtcNow;
            if (now - told >= ProgressEvery)
            {
                told = now;
                long done = summary.Taken + summary.Other;
                progress.Report(new BulkProgress(Text.Of($"Reading events"), done, null, done / (now - start).TotalSeconds, null));
            }
        }
    }

    private static string Headline(Verdict verdict, CheckResult? weakest, WritebackLog log) => verdict switch
    {
        Verdict.Fail => Text.Of($"Password writeback is broken: {weakest!.Reason}"),
        Verdict.Warn => Text.Of($"Password writeback needs a look: {weakest!.Reason}"),
        Verdict.Unknown => Text.Of($"Cannot tell whether password writeback works: {weakest!.Reason}"),
        _ => Text.Of($"Password writeback works; Active Directory last took a password at {When.Stamp(log.Success!.Value.Time)}."),
    };

    internal static WritebackEventCount Count(EventTally tally, EventMoment? success) => new()
    {
        Meaning = tally.Meaning,
        Count = tally.Count,
        SinceSuccess = tally.CountAfter(success),
        First = tally.First.Time,
        Last = tally.Last.Time,
        LastTrackingId = tally.LastTrackingId,
        Codes = tally.Codes(),
    };

    private static IEnumerable<string> Limits(WritebackLog log)
    {
        if (log.From is DateTimeOffset from)
        {
            yield return Text.Of($"The file begins at {When.Stamp(from)}: what happened before was overwritten or not exported.");
        }

        if (log.Servers.Count > 1)
        {
            string names = string.Join(", ", log.Servers.Take(5));
            yield return Text.Of($"Events of {log.Servers.Count} servers are mixed ({names}): export each server alone to judge it alone.");
        }
        else if (log.Servers.Count == 1)
        {
            yield return Text.Of($"Only {log.Servers.First()} was looked at: another sync server has a log of its own.");
        }

        if (log.Count > 0 && log.Summary.Other == 0)
        {
            yield return Text.Of($"Only events of writeback were exported: a server that fell silent looks like an export that was made "
                + $"earlier.");
        }

        yield return Text.Of($"The log shows what reached the server: whether password reset and writeback are on in Entra ID is not in "
            + $"it.");
    }
}
