using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Activity;

/// <summary>
/// Counts attempts as they come, without keeping them: what it holds grows with days, reasons and users, not with attempts.
/// </summary>
public sealed class ActivityTally
{
    private readonly TimeZoneInfo zone;
    private readonly Dictionary<(ActivityKind, AttemptOutcome), int> counts = new();
    private readonly Dictionary<DateTime, Day> days = new();
    private readonly Dictionary<(ActivityKind, string), Cause> causes = new();
    private readonly Dictionary<OnPremisesAgent, Carried> agents = new();
    private readonly HashSet<string> users = new(StringComparer.OrdinalIgnoreCase);
    private int attempts;

    /// <summary>Begins at nothing.</summary>
    /// <param name="zone">Time zone of the days.</param>
    public ActivityTally(TimeZoneInfo zone)
    {
        this.zone = zone;
    }

    /// <summary>Counts one.</summary>
    /// <param name="attempt">The attempt.</param>
    public void Add(ActivityAttempt attempt)
    {
        attempts++;
        (ActivityKind, AttemptOutcome) count = (attempt.Kind, attempt.Outcome);
        counts[count] = (counts.TryGetValue(count, out int sofar) ? sofar : 0) + 1;
        string? user = attempt.UserId ?? attempt.User;
        if (user is not null)
        {
            users.Add(user);
        }

        DateTime day = DayOf(attempt.At);
        if (!days.TryGetValue(day, out Day? ofDay))
        {
            days[day] = ofDay = new Day();
        }

        ofDay.Add(attempt);
        bool hasSucceeded = IsSuccess(attempt.Outcome);
        if (attempt.Agent != OnPremisesAgent.Unknown && (hasSucceeded || attempt.IsFailure))
        {
            Carried carried = agents.TryGetValue(attempt.Agent, out Carried? known) ? known : agents[attempt.Agent] = new Carried();
            carried.Succeeded += hasSucceeded ? 1 : 0;
            carried.Failed += hasSucceeded ? 0 : 1;
            carried.LastSuccess = hasSucceeded && !(attempt.Ended < carried.LastSuccess) ? attempt.Ended : carried.LastSuccess;
        }

        if (attempt.IsFailure)
        {
            // The service's words may hold anything: those that are not known are told apart by their text.
            string id = attempt.ReasonId is null or "Unlisted" ? attempt.Why ?? string.Empty : attempt.ReasonId;
            if (!causes.TryGetValue((attempt.Kind, id), out Cause? cause))
            {
                causes[(attempt.Kind, id)] = cause = new Cause(attempt);
            }

            cause.Attempts++;
            cause.Users.Add(user ?? string.Empty);
        }
    }

    /// <summary>What was counted.</summary>
    /// <param name="reading">How the log was read.</param>
    /// <returns>The summary.</returns>
    public ActivitySummary Tell(ActivityReading reading) => new()
    {
        Since = reading.Since,
        Until = reading.Until,
        FirstRow = reading.FirstRow,
        KeptDays = reading.KeptDays,
        TimeZone = zone.Id,
        Rows = reading.Rows,
        Attempts = attempts,
        Users = users.Count,
        Counts = counts.Select(count => new ActivityCount(count.Key.Item1, count.Key.Item2, count.Value))
            .OrderBy(count => count.Kind).ThenBy(count => count.Outcome).ToArray(),
        Days = Calendar(reading).Select(day => (days.TryGetValue(day, out Day? known) ? known : new Day()).Tell(day)).ToArray(),
        Reasons = causes.Values.Select(cause => cause.Tell())
            .OrderByDescending(cause => cause.Attempts).ThenBy(cause => cause.ReasonId, StringComparer.Ordinal)
            .ThenBy(cause => cause.Why, StringComparer.Ordinal).ThenBy(cause => cause.Kind).ToArray(),
        Agents = agents.OrderBy(agent => agent.Key)
            .Select(agent => new ActivityAgentCount(agent.Key, agent.Value.Succeeded, agent.Value.Failed, agent.Value.LastSuccess))
            .ToArray(),
        Gaps = reading.Gaps,
    };

    private static bool IsSuccess(AttemptOutcome outcome) => outcome is AttemptOutcome.Succeeded or AttemptOutcome.SucceededOnPremises;

    private DateTime DayOf(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).Date;

    private IEnumerable<DateTime> Calendar(ActivityReading reading)
    {
        DateTime first = DayOf(reading.Since);
        DateTime last = DayOf(reading.Until);
        foreach (DateTime counted in days.Keys)
        {
            // A row that came late is older than what was asked for.
            first = counted < first ? counted : first;
            last = counted > last ? counted : last;
        }

        // By the calendar, since a day may have 23 or 25 hours.
        for (DateTime day = first; day <= last; day = day.AddDays(1))
        {
            yield return day;
        }
    }

    private sealed class Day
    {
        private int succeeded;
        private int failed;
        private int blocked;
        private int abandoned;
        private int administratorResets;
        private int administratorFailures;
        private int changes;
        private int changeFailures;
        private int registrations;

        public void Add(ActivityAttempt attempt)
        {
            bool hasSucceeded = IsSuccess(attempt.Outcome);
            int good = hasSucceeded ? 1 : 0;
            int bad = attempt.IsFailure ? 1 : 0;
            switch (attempt.Kind)
            {
                case ActivityKind.SelfServiceReset:
                case ActivityKind.Unlock:
                    succeeded += good;
                    failed += attempt.Outcome == AttemptOutcome.Failed ? 1 : 0;
                    blocked += attempt.Outcome == AttemptOutcome.Blocked ? 1 : 0;
                    abandoned += attempt.Outcome == AttemptOutcome.Abandoned ? 1 : 0;
                    break;
                case ActivityKind.AdministratorReset:
                    administratorResets += good;
                    administratorFailures += bad;
                    break;
                case ActivityKind.PasswordChange:
                    changes += good;
                    changeFailures += bad;
                    break;
                case ActivityKind.Registration:
                    registrations += good;
                    break;
            }
        }

        public ActivityDay Tell(DateTime day) => new()
        {
            Day = day,
            Succeeded = succeeded,
            Failed = failed,
            Blocked = blocked,
            Abandoned = abandoned,
            AdministratorResets = administratorResets,
            AdministratorFailures = administratorFailures,
            Changes = changes,
            ChangeFailures = changeFailures,
            Registrations = registrations,
        };
    }

    private sealed class Cause
    {
        private readonly ActivityAttempt first;

        public Cause(ActivityAttempt first)
        {
            this.first = first with { Steps = Array.Empty<ActivityStep>() };
        }

        public int Attempts { get; set; }

        public HashSet<string> Users { get; } = new(StringComparer.OrdinalIgnoreCase);

        public ActivityReasonCount Tell() => new()
        {
            ReasonId = first.ReasonId ?? "Unlisted",
            Kind = first.Kind,
            Why = first.ReasonId == "LeftOff" ? Text.Of($"left off before the end") : first.Why ?? string.Empty,
            NextStep = first.NextStep,
            Attempts = Attempts,
            Users = Users.Count,
        };
    }

    private sealed class Carried
    {
        public int Succeeded { get; set; }

        public int Failed { get; set; }

        public DateTimeOffset? LastSuccess { get; set; }
    }
}
