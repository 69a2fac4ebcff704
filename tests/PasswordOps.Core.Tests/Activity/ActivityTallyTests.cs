using System;
using System.Linq;
using PasswordOps.Core.Activity;
using static PasswordOps.Core.Tests.Activity.AuditRows;

namespace PasswordOps.Core.Tests.Activity;

public sealed class ActivityTallyTests
{
    [Fact]
    public void Attempts_are_counted_by_kind_outcome_reason_user_and_agent()
    {
        ActivityTally tally = new(TimeZoneInfo.Utc);
        tally.Add(Attempt(ActivityKind.SelfServiceReset, AttemptOutcome.Succeeded));
        tally.Add(Attempt(ActivityKind.Unlock, AttemptOutcome.Succeeded));
        tally.Add(Attempt(ActivityKind.SelfServiceReset, AttemptOutcome.SucceededOnPremises));
        tally.Add(Attempt(ActivityKind.SelfServiceReset, AttemptOutcome.Failed) with { ReasonId = "PasswordBanned", Why = "banned" });
        tally.Add(Attempt(ActivityKind.SelfServiceReset, AttemptOutcome.Failed) with { ReasonId = "PasswordBanned", UserId = Bram });
        tally.Add(Attempt(ActivityKind.SelfServiceReset, AttemptOutcome.Failed) with { ReasonId = "Unlisted", Why = "one" });
        tally.Add(Attempt(ActivityKind.SelfServiceReset, AttemptOutcome.Failed) with { ReasonId = "Unlisted", Why = "two" });
        tally.Add(Attempt(ActivityKind.SelfServiceReset, AttemptOutcome.Blocked) with { ReasonId = "Blocked", Why = "blocked" });
        tally.Add(Attempt(ActivityKind.SelfServiceReset, AttemptOutcome.Abandoned) with { ReasonId = "LeftOff", Why = "left off; x" });
        tally.Add(Attempt(ActivityKind.SelfServiceReset, AttemptOutcome.Open));
        tally.Add(Attempt(ActivityKind.AdministratorReset, AttemptOutcome.Succeeded) with { Agent = OnPremisesAgent.Connect });
        tally.Add(Attempt(ActivityKind.AdministratorReset, AttemptOutcome.Failed) with { Agent = OnPremisesAgent.Connect });
        tally.Add(Attempt(ActivityKind.PasswordChange, AttemptOutcome.Succeeded));
        tally.Add(Attempt(ActivityKind.Registration, AttemptOutcome.Succeeded));

        ActivitySummary summary = tally.Tell(Reading(Start.AddHours(-10), Start.AddDays(1)));

        Assert.Equal(14, summary.Attempts);
        Assert.Equal(2, summary.Users);
        Assert.Equal(4, summary.Count(ActivityKind.SelfServiceReset, AttemptOutcome.Failed));
        Assert.Equal(
            new[] { ("PasswordBanned", 2, 2), ("Blocked", 1, 1), ("LeftOff", 1, 1) },
            summary.Reasons.Where(reason => reason.ReasonId != "Unlisted").Select(r => (r.ReasonId, r.Attempts, r.Users)));
        Assert.Equal(
            new[] { "one", "the log does not say why", "two" },
            summary.Reasons.Where(reason => reason.ReasonId == "Unlisted")
                .Select(reason => reason.Why.Length > 0 ? reason.Why : "the log does not say why").OrderBy(why => why));
        Assert.DoesNotContain("x", summary.Reasons.Single(reason => reason.ReasonId == "LeftOff").Why);
        ActivityAgentCount agent = Assert.Single(summary.Agents);
        Assert.Equal(new ActivityAgentCount(OnPremisesAgent.Connect, 1, 1, Start), agent);
        ActivityDay day = summary.Days[0];
        Assert.Equal((3, 4, 1, 1), (day.Succeeded, day.Failed, day.Blocked, day.Abandoned));
        Assert.Equal((1, 1, 1, 0, 1), (
            day.AdministratorResets, day.AdministratorFailures, day.Changes, day.ChangeFailures, day.Registrations));
        Assert.Equal(new[] { 17, 18 }, summary.Days.Select(one => one.Day.Day));
        Assert.Equal(0, summary.Days[1].Succeeded);
    }

    [Fact]
    public void Days_are_those_of_the_time_zone_also_where_it_is_half_an_hour_off()
    {
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("Half", TimeSpan.FromMinutes(330), "Half", "Half");
        ActivityTally tally = new(zone);
        DateTimeOffset midnight = new(2026, 8, 17, 18, 30, 0, TimeSpan.Zero);
        tally.Add(Attempt(ActivityKind.SelfServiceReset, AttemptOutcome.Succeeded) with { At = midnight.AddTicks(-1) });
        tally.Add(Attempt(ActivityKind.SelfServiceReset, AttemptOutcome.Succeeded) with { At = midnight });
        tally.Add(Attempt(ActivityKind.SelfServiceReset, AttemptOutcome.Succeeded) with { At = midnight });

        ActivitySummary summary = tally.Tell(Reading(midnight.AddDays(-1), midnight.AddHours(3)));

        Assert.Equal("Half", summary.TimeZone);
        Assert.Equal(new[] { (17, 1), (18, 2) }, summary.Days.Select(day => (day.Day.Day, day.Succeeded)));
    }

    [Fact]
    public void Days_of_23_and_25_hours_are_one_day_each()
    {
        // By rules of its own, for a machine may have none of any place: one hour forward on 29 March at 2, back on 25 October at 3.
        TimeZoneInfo.TransitionTime spring = TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 29);
        TimeZoneInfo.TransitionTime autumn = TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 25);
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("Summer", TimeSpan.FromHours(1), "Summer", "Summer", "Summer", new[]
        {
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), spring, autumn),
        });
        foreach ((DateTimeOffset first, int hours) in new[]
        {
            (new DateTimeOffset(2026, 3, 28, 23, 0, 0, TimeSpan.Zero), 23), (new DateTimeOffset(2026, 10, 24, 22, 0, 0, TimeSpan.Zero), 25),
        })
        {
            ActivityTally tally = new(zone);
            for (int hour = -1; hour <= hours; hour++)
            {
                tally.Add(Attempt(ActivityKind.SelfServiceReset, AttemptOutcome.Succeeded) with { At = first.AddHours(hour) });
            }

            ActivitySummary summary = tally.Tell(Reading(first.AddHours(-1), first.AddHours(hours)));

            Assert.Equal(new[] { 1, hours, 1 }, summary.Days.Select(day => day.Succeeded));
        }
    }

    private static ActivityAttempt Attempt(ActivityKind kind, AttemptOutcome outcome) => new()
    {
        At = Start, Ended = Start, Kind = kind, Outcome = outcome, UserId = Adele,
    };

    private static ActivityReading Reading(DateTimeOffset since, DateTimeOffset until) => new() { Since = since, Until = until };
}
