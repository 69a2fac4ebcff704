using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasswordOps.Core.Writeback;
using static PasswordOps.Core.Tests.Writeback.WritebackSample;

namespace PasswordOps.Core.Tests.Writeback;

public class WritebackEventReaderTests
{
    private const string Named = "Reason: hr=80230626, Context: cloudAnchor: User_6b1cbb4e-6d4e-4f0c-9f0e-3a5cbd1f2c11, "
        + "UserPrincipalName: anna@contoso.com, Details: on sync01.contoso.com";

    [Fact]
    public void An_event_that_stands_in_several_files_is_given_once()
    {
        WritebackEvent first = Event(31019, 0, record: 7);
        WritebackEvent[] others =
        {
            Event(31019, 0, record: 8), Event(31019, 1, record: 7), Event(31019, 0, record: 7, server: "sync02"), Event(31019, 0),
            Event(31019, 0),
        };
        WritebackEventReader reader = new(
            new Files(new[] { first }, others, new[] { first with { Computer = "SYNC01.contoso.com" } }, others));
        Assert.Equal(8, Enumerable.Range(0, 4).Sum(i => reader.Read(new EventQuery { Path = $"{i}" }, new(), default).Count()));
        Assert.Equal(4, reader.Repeated);
        Assert.False(reader.MayRepeat);
    }

    [Fact]
    public void What_is_remembered_is_bounded_and_too_much_is_said()
    {
        WritebackEventReader reader = new(
            new Files(Enumerable.Range(0, 5_000).Select(i => Event(31019, i, record: i)).ToArray()), new SeenKeys(4_096));
        Assert.Equal(5_000, reader.Read(new EventQuery { Path = "0" }, new(), default).Count());
        Assert.True(reader.MayRepeat);
        Assert.InRange(reader.Read(new EventQuery { Path = "0" }, new(), default).Count(), 5_000 - 4_096, 5_000 - 3_000);
    }

    [Fact]
    public void No_two_keys_of_a_large_log_are_taken_for_one()
    {
        SeenKeys keys = new();
        for (int i = 0; i < 500_000; i++)
        {
            Assert.True(keys.Add(SeenKeys.Of(Event(1, i / 100, record: i))));
        }

        Assert.False(keys.Add(SeenKeys.Of(Event(1, 0, record: 0))));
        Assert.False(keys.IsFull);
    }

    [Fact]
    public void A_record_says_all_that_is_known()
    {
        WritebackEventRecord found = Record(33004, 0, 1, Named, record: 48211);
        Assert.Equal(("ADPermissionsError", WritebackEventGroup.Fail), (found.Name, found.Group));
        Assert.Equal(WritebackCertainty.Likely, found.Certainty);
        Assert.Equal((WritebackCode.Of("80230626").Cause, WritebackCode.Of("80230626").Fix), (found.Cause, found.Fix));
        Assert.Equal((Tracking(1), "anna@contoso.com", "events.xml"), (found.TrackingId, found.User, found.Path));
        Assert.Contains("Details: on", found.Message);
        Assert.Equal(found.Time.LocalDateTime, found.LocalTime);
        Assert.DoesNotContain("contoso", found.ToString());
        WritebackEventRecord plain = Record(33005, 0);
        Assert.Equal(WritebackEventMeaning.Of("PasswordResetService", 33005).Cause, plain.Cause);
        Assert.Equal(WritebackCertainty.Confirmed, plain.Certainty);
        WritebackEventRecord unlisted = Record(31021, 0, text: "raw");
        Assert.Equal(
            (null, null, null, null, "raw"), (unlisted.Name, unlisted.Cause, unlisted.Fix, unlisted.Certainty, unlisted.Message));
    }

    [Fact]
    public void Filters_ask_for_time_id_user_operation_server_and_failure()
    {
        WritebackEventRecord found = Record(33004, 60, 1, Named);
        Assert.True(new WritebackEventFilter().Wants(found));
        (WritebackEventFilter Filter, bool Wanted)[] cases =
        {
            (new() { Since = Noon.AddSeconds(60), Until = Noon.AddSeconds(60) }, true),
            (new() { Since = Noon.AddSeconds(61) }, false),
            (new() { Until = Noon.AddSeconds(59) }, false),
            (new() { Ids = new[] { 1, 33004 } }, true),
            (new() { Ids = new[] { 1 } }, false),
            (new() { User = user => user == "anna@contoso.com" }, true),
            (new() { User = user => user == "6b1cbb4e-6d4e-4f0c-9f0e-3a5cbd1f2c11" }, true),
            (new() { User = user => user == "bram" }, false),
            (new() { TrackingIds = new[] { Tracking(1) } }, true),
            (new() { TrackingIds = new[] { Tracking(2) } }, false),
            (new() { Server = server => server.StartsWith("sync01", StringComparison.Ordinal) }, true),
            (new() { Server = server => server == "sync02" }, false),
            (new() { FailedOnly = true }, true),
        };
        StoryJoiner joiner = new();
        Assert.Empty(joiner.Take(found));
        WritebackStory story = Assert.Single(joiner.Finish());
        foreach ((WritebackEventFilter filter, bool wanted) in cases)
        {
            Assert.Equal((wanted, wanted), (filter.Wants(found), filter.Wants(story)));
        }

        Assert.False(new WritebackEventFilter { FailedOnly = true }.Wants(Record(31002, 0, 1)));
    }

    [Fact]
    public void A_story_that_reaches_into_the_wanted_time_is_read_whole()
    {
        WritebackEventFilter filter = new() { Since = Noon, Until = Noon.AddSeconds(10) };
        Assert.Equal(Noon.AddHours(-1), filter.ReadSince);
        Assert.True(filter.MayBelong(Record(31001, -3_599)));
        Assert.False(filter.MayBelong(Record(31001, -3_601)));
        Assert.True(filter.MayBelong(Record(31001, 3_609)));
        Assert.False(filter.MayBelong(Record(31001, 3_611)));
        Assert.True(new WritebackEventFilter { Since = DateTimeOffset.MinValue, Until = DateTimeOffset.MaxValue }.MayBelong(Record(1, 0)));
    }

    [Fact]
    public void Pseudonyms_hide_every_name_and_are_the_same_for_the_same()
    {
        using Pseudonyms names = new();
        WritebackEventRecord one = names.Redacted(Record(33004, 0, 1, Named));
        WritebackEventRecord other = names.Redacted(Record(33005, 9, 2, Named.Replace("anna", "ANNA")));
        Assert.Equal((one.User, one.UserId, one.Server), (other.User, other.UserId, other.Server));
        Assert.NotEqual(one.User, names.Redacted(Record(33004, 0, 1, Named.Replace("anna", "bram"))).User);
        Assert.StartsWith("user-", one.User);
        Assert.StartsWith("server-", one.Server);
        Assert.NotEqual(new Guid("6b1cbb4e-6d4e-4f0c-9f0e-3a5cbd1f2c11"), one.UserId);
        Assert.Equal((string.Empty, null, Tracking(1), 33004), (one.Message, one.Path, one.TrackingId, one.Id));
        Assert.Equal("80230626", Assert.Single(one.Codes).Code);
        using Pseudonyms again = new();
        Assert.NotEqual(one.User, again.Redacted(Record(33004, 0, 1, Named)).User);
    }

    [Fact]
    public void Stories_and_counts_hold_no_name_either()
    {
        using Pseudonyms names = new();
        StoryJoiner joiner = new();
        ActivityCounter counter = new();
        foreach (WritebackEventRecord found in new[] { Record(31001, 0, 1), Record(6329, 1, text: Named), Record(33001, 1, 1, Named) })
        {
            Assert.Empty(joiner.Take(found));
            counter.Take(found);
        }

        WritebackStory story = Assert.Single(joiner.Finish());
        counter.Take(story);
        WritebackStory redacted = names.Redacted(story);
        WritebackActivity activity = names.Redacted(counter.Counted());
        Assert.Equal(redacted.User, Assert.Single(activity.Users).User);
        Assert.Equal(redacted.Server, Assert.Single(activity.Servers));
        string all = string.Join(" ", redacted.Events.Concat(redacted.Beside)
            .Select(found => found.User + found.Server + found.Message + found.Path + found.UserId))
            + redacted.User + redacted.Server + redacted.UserId + activity.Users[0].UserId;
        Assert.DoesNotContain("anna", all);
        Assert.DoesNotContain("sync01", all);
        Assert.DoesNotContain("6b1cbb4e", all);
    }

    [Fact]
    public void Counts_by_user_day_event_and_cause()
    {
        ActivityCounter counter = new();
        StoryJoiner joiner = new();
        List<WritebackEventRecord> events = new();
        for (int i = 0; i < 10; i++)
        {
            events.Add(Record(31001, i * 40_000, i));
            events.Add(i % 3 == 0 ? Record(33008, i * 40_000, i, "UserPrincipalName: bram@contoso.com") : Record(31002, i * 40_000, i));
            events.Add(Record(31019, i * 40_000));
        }

        events.Add(Record(31001, 500_000, 77));
        events.Add(Record(31034, 500_000, 78));
        foreach (WritebackEventRecord found in events)
        {
            counter.Take(found);
            joiner.Take(found).ToList().ForEach(counter.Take);
        }

        joiner.Finish().ToList().ForEach(counter.Take);
        WritebackActivity activity = counter.Counted();
        Assert.Equal((6L, 4L, 1L, 1L, 32L), (
            activity.Succeeded, activity.Failed, activity.NoResult, activity.ServiceFailures, activity.EventCount));
        Assert.Equal(("bram@contoso.com", 4L), (activity.Users[0].User, activity.Users[0].Failed));
        Assert.Equal((null, 6L, 1L), (activity.Users[1].User, activity.Users[1].Succeeded, activity.Users[1].NoResult));
        Assert.Equal(11, activity.Days.Sum(day => day.Succeeded + day.Failed + day.NoResult));
        Assert.Equal(activity.Days.OrderBy(day => day.Day), activity.Days);
        Assert.Equal(4, activity.Causes[0].Count);
        Assert.Equal(WritebackEventMeaning.Of("PasswordResetService", 33008).Cause, activity.Causes[0].Cause);
        Assert.Equal(10, activity.Events.Single(count => count.Id == 31019).Count);
        Assert.Equal(0, activity.Unlisted);
    }

    [Fact]
    public void Users_beyond_the_limit_are_counted_without_a_row()
    {
        ActivityCounter counter = new(userLimit: 2);
        StoryJoiner joiner = new();
        for (int i = 0; i < 5; i++)
        {
            joiner.Take(Record(33008, i, i, $"UserPrincipalName: user{i}@contoso.com"));
        }

        joiner.Finish().ToList().ForEach(counter.Take);
        WritebackActivity activity = counter.Counted();
        Assert.Equal((2, 5L, 3L), (activity.Users.Count, activity.Failed, activity.Unlisted));
    }

    private sealed class Files : IEventSource
    {
        private readonly WritebackEvent[][] files;

        public Files(params WritebackEvent[][] files) => this.files = files;

        public IEnumerable<WritebackEvent> Read(string path, EventReadSummary summary, CancellationToken stop) => files[int.Parse(path)];

        public IEnumerable<WritebackEvent> Read(EventQuery query, EventReadSummary summary, CancellationToken stop) =>
            Read(query.Path!, summary, stop);
    }
}
