using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Writeback;

/// <summary>Counts events and stories, in any order. What it holds grows with users and days, up to a limit, and not with events.</summary>
public sealed class ActivityCounter
{
    private const int DayLimit = 4_000;

    private readonly int userLimit;
    private readonly WritebackLog log = new(default, new EventReadSummary());
    private readonly Dictionary<string, WritebackUserCount> users = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<DateTime, WritebackDayCount> days = new();
    private readonly Dictionary<string, WritebackCauseCount> causes = new(StringComparer.Ordinal);
    private long succeeded;
    private long failed;
    private long noResult;
    private long serviceFailures;
    private long unlisted;

    /// <summary>Creates it.</summary>
    public ActivityCounter()
        : this(50_000)
    {
    }

    internal ActivityCounter(int userLimit) => this.userLimit = userLimit;

    /// <summary>Counts an event.</summary>
    /// <param name="found">The event.</param>
    public void Take(WritebackEventRecord found) => log.Take(found.Source);

    /// <summary>Counts a story; its events are to be given by themselves.</summary>
    /// <param name="story">The story.</param>
    public void Take(WritebackStory story)
    {
        bool isOperation = story.Operation != WritebackOperation.Service;
        if (!isOperation && story.Outcome != WritebackOutcome.Failed)
        {
            return;
        }

        bool isListed = TakeDay(story, isOperation);
        if (isOperation)
        {
            succeeded += story.Outcome == WritebackOutcome.Succeeded ? 1 : 0;
            failed += story.Outcome == WritebackOutcome.Failed ? 1 : 0;
            noResult += story.Outcome == WritebackOutcome.NoResult ? 1 : 0;
            isListed &= TakeUser(story);
        }
        else
        {
            serviceFailures++;
        }

        unlisted += isListed ? 0 : 1;
        if (story.Outcome == WritebackOutcome.Failed)
        {
            TakeCause(story);
        }
    }

    /// <summary>The counts.</summary>
    /// <returns>What was counted up to now.</returns>
    public WritebackActivity Counted() => new()
    {
        From = log.From,
        To = log.To,
        Servers = log.Servers.ToList(),
        EventCount = log.Count,
        Succeeded = succeeded,
        Failed = failed,
        NoResult = noResult,
        ServiceFailures = serviceFailures,
        Users = users.OrderByDescending(user => user.Value.Failed).ThenByDescending(user => user.Value.NoResult)
            .ThenBy(user => user.Key, StringComparer.OrdinalIgnoreCase).Select(user => user.Value).ToList(),
        Days = days.Values.OrderBy(day => day.Day).ToList(),
        Events = log.Tallies.Select(tally => WritebackHealth.Count(tally, log.Success)).ToList(),
        Causes = causes.Values.OrderByDescending(cause => cause.Count).ThenBy(cause => cause.Cause, StringComparer.Ordinal).ToList(),
        Unlisted = unlisted,
    };

    private bool TakeDay(WritebackStory story, bool isOperation)
    {
        DateTime key = story.Started.UtcDateTime.Date;
        if (!days.TryGetValue(key, out WritebackDayCount? day))
        {
            if (days.Count >= DayLimit)
            {
                return false;
            }

            day = new WritebackDayCount { Day = key };
        }

        days[key] = day with
        {
            Succeeded = day.Succeeded + (isOperation && story.Outcome == WritebackOutcome.Succeeded ? 1 : 0),
            Failed = day.Failed + (isOperation && story.Outcome == WritebackOutcome.Failed ? 1 : 0),
            NoResult = day.NoResult + (isOperation && story.Outcome == WritebackOutcome.NoResult ? 1 : 0),
            ServiceFailures = day.ServiceFailures + (isOperation ? 0 : 1),
        };
        return true;
    }

    // By object id where there is one: names change.
    private bool TakeUser(WritebackStory story)
    {
        string key = story.UserId?.ToString("D") ?? story.User ?? string.Empty;
        if (!users.TryGetValue(key, out WritebackUserCount? user))
        {
            if (users.Count >= userLimit)
            {
                return false;
            }

            user = new WritebackUserCount { UserId = story.UserId, Last = DateTimeOffset.MinValue };
        }

        bool isLater = story.Started >= user.Last;
        bool hasFailed = story.Outcome == WritebackOutcome.Failed;
        users[key] = user with
        {
            User = isLater ? story.User ?? user.User : user.User ?? story.User,
            Succeeded = user.Succeeded + (story.Outcome == WritebackOutcome.Succeeded ? 1 : 0),
            Failed = user.Failed + (hasFailed ? 1 : 0),
            NoResult = user.NoResult + (story.Outcome == WritebackOutcome.NoResult ? 1 : 0),
            Last = isLater ? story.Started : user.Last,
            LastOutcome = isLater ? story.Outcome : user.LastOutcome,
            LastFailed = hasFailed && story.Started >= user.LastFailed ? story.Started : user.LastFailed,
            LastCause = hasFailed && story.Started >= user.LastFailed ? story.Cause : user.LastCause,
        };
        return true;
    }

    // Causes come from tables, so there are few.
    private void TakeCause(WritebackStory story)
    {
        string key = story.Cause ?? string.Empty;
        causes.TryGetValue(key, out WritebackCauseCount? cause);
        cause ??= new WritebackCauseCount { Cause = story.Cause, Certainty = story.Certainty, Fix = story.Fix, Last = story.Started };
        causes[key] = cause with
        {
            Count = cause.Count + 1,
            Certainty = story.Certainty > cause.Certainty ? story.Certainty : cause.Certainty,
            Last = story.Started > cause.Last ? story.Started : cause.Last,
        };
    }
}
