using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Writeback;
using static PasswordOps.Core.Tests.Writeback.WritebackSample;

namespace PasswordOps.Core.Tests.Writeback;

public class StoryJoinerTests
{
    private const string Refused = "Reason: Synchronization Engine returned an error hr=80230626, message=x, "
        + "Context: cloudAnchor: User_6b1cbb4e-6d4e-4f0c-9f0e-3a5cbd1f2c11, SourceAnchorValue: AAECAwQFBgcICQoLDA0ODw==, "
        + "UserPrincipalName: anna@contoso.com, Details: x";

    [Theory]
    [InlineData(31001, 31002, WritebackOperation.Reset, WritebackOutcome.Succeeded)]
    [InlineData(31001, 31003, WritebackOperation.Reset, WritebackOutcome.Failed)]
    [InlineData(31006, 31007, WritebackOperation.Change, WritebackOutcome.Succeeded)]
    [InlineData(31006, 31008, WritebackOperation.Change, WritebackOutcome.Failed)]
    [InlineData(31009, 31010, WritebackOperation.AdminReset, WritebackOutcome.Succeeded)]
    [InlineData(31009, 31011, WritebackOperation.AdminReset, WritebackOutcome.Failed)]
    public void Start_and_result_make_a_story(int start, int result, WritebackOperation operation, WritebackOutcome outcome)
    {
        WritebackStory story = Assert.Single(Join(Record(start, 0, 1), Record(result, 1.5, 1)));
        Assert.Equal((operation, outcome, false), (story.Operation, story.Outcome, story.IsPartial));
        Assert.Equal(TimeSpan.FromSeconds(1.5), story.Duration);
        Assert.Equal((Noon, Tracking(1), 2L), (story.Started, story.TrackingId, story.EventCount));
    }

    [Fact]
    public void A_failure_is_told_with_user_cause_and_what_stands_beside_it_in_whatever_order_the_events_come()
    {
        WritebackEventRecord[] events =
        {
            Record(31001, 0, 1, record: 1), Record(6329, 1, text: "0x80230619 x", record: 2), Record(33004, 1, 1, Refused, record: 3),
            Record(31003, 2, 1, record: 4), Record(31006, 2, 2, record: 5), Record(31007, 3, 2, record: 6), Record(31019, 3, 9, record: 7),
            Record(6329, 300, text: "0x80230405 y", record: 8), Record(6329, 1, text: "x", server: "sync02", record: 2),
        };
        string? expected = null;
        Random random = new(1);
        for (int round = 0; round < 200; round++)
        {
            WritebackEventRecord[] mixed = round == 0 ? events : events.OrderBy(_ => random.Next()).ToArray();
            List<WritebackStory> stories = Join(mixed);
            string told = string.Join("\n", stories.OrderBy(story => story.Started).ThenBy(story => story.Server)
                .Select(story => $"{story} {story.User} {story.Cause} {string.Join(",", story.Events.Select(one => one.Id))} "
                    + $"{string.Join(",", story.Beside.Select(one => one.Id))} {story.IsPartial}"));
            expected ??= told;
            Assert.Equal(expected, told);
        }

        List<WritebackStory> all = Join(events);
        Assert.Equal(4, all.Count);
        WritebackStory failed = Assert.Single(all, story => story.TrackingId == Tracking(1));
        Assert.Equal(new[] { 31001, 33004, 31003 }, failed.Events.Select(one => one.Id));
        Assert.Equal(Noon.AddSeconds(1), Assert.Single(failed.Beside).Time);
        Assert.Equal("anna@contoso.com", failed.User);
        Assert.Equal(new Guid("6b1cbb4e-6d4e-4f0c-9f0e-3a5cbd1f2c11"), failed.UserId);
        Assert.Equal(WritebackCode.Of("80230626").Cause, failed.Cause);
        Assert.Equal(2, all.Count(story => story.Operation == WritebackOperation.Service));
    }

    [Theory]
    [InlineData(33001, WritebackCertainty.Likely, "80230619")]
    [InlineData(33005, WritebackCertainty.Confirmed, null)]
    public void What_stands_beside_explains_only_what_names_no_cause_itself(int id, WritebackCertainty certainty, string? code)
    {
        WritebackStory story = Assert.Single(Join(
            Record(31001, 0, 1), Record(6329, 1, text: "0x80230619"), Record(id, 1, 1), Record(31003, 2, 1)));
        string? cause = code is null ? WritebackEventMeaning.Of("PasswordResetService", id).Cause : WritebackCode.Of(code).Cause;
        Assert.Equal((cause, certainty), (story.Cause, story.Certainty));
        Assert.Empty(story.Codes);
    }

    [Fact]
    public void Without_start_or_result_a_story_says_that_it_is_not_the_whole()
    {
        List<WritebackStory> stories = Join(Record(31001, 0, 1), Record(33008, 5, 2), Record(31002, 9, 3));
        Assert.All(stories, story => Assert.True(story.IsPartial));
        Assert.All(stories, story => Assert.Null(story.Duration));
        Assert.Equal(
            new List<WritebackOutcome> { WritebackOutcome.NoResult, WritebackOutcome.Failed, WritebackOutcome.Succeeded },
            stories.Select(story => story.Outcome));
        Assert.Equal(
            new List<WritebackOperation> { WritebackOperation.Reset, WritebackOperation.Unknown, WritebackOperation.Reset },
            stories.Select(story => story.Operation));
    }

    [Fact]
    public void Parts_that_stand_too_far_apart_are_told_as_parts()
    {
        StoryJoiner joiner = new(limit: 10);
        List<WritebackStory> stories = new();
        stories.AddRange(joiner.Take(Record(31001, 0, 0)));
        for (int i = 1; i <= 20; i++)
        {
            stories.AddRange(joiner.Take(Record(31001, i, i)));
            stories.AddRange(joiner.Take(Record(31002, i + 0.5, i)));
        }

        stories.AddRange(joiner.Take(Record(31002, 30, 0)));
        Assert.Equal(12, stories.Count);
        stories.AddRange(joiner.Finish());
        Assert.Equal(22, stories.Count);
        WritebackStory[] pieces = stories.Where(story => story.TrackingId == Tracking(0)).ToArray();
        Assert.Equal(new List<WritebackOutcome> { WritebackOutcome.NoResult, WritebackOutcome.Succeeded },
            pieces.Select(story => story.Outcome));
        Assert.All(pieces, story => Assert.True(story.IsPartial));
        Assert.All(stories.Except(pieces), story => Assert.False(story.IsPartial));
    }

    [Fact]
    public void What_is_held_is_bounded_by_text_too_and_one_story_by_its_events()
    {
        StoryJoiner joiner = new(limit: 1_000, textLimit: 10_000);
        int told = 0;
        for (int i = 0; i < 100; i++)
        {
            told += joiner.Take(Record(33001, i, i, new string('x', 1_000))).Count;
        }

        Assert.InRange(told, 88, 95);
        joiner = new StoryJoiner();
        for (int i = 0; i < 100_000; i++)
        {
            Assert.Empty(joiner.Take(Record(33001, i, 1)));
        }

        WritebackStory story = Assert.Single(joiner.Finish());
        Assert.Equal((32, 100_000L), (story.Events.Count, story.EventCount));
        Assert.Equal(TimeSpan.FromSeconds(99_999), story.Ended - story.Started);
    }

    [Fact]
    public void Trouble_of_the_service_is_told_by_itself_and_its_good_news_is_not()
    {
        List<WritebackStory> stories = Join(
            Record(31019, 0), Record(31015, 1, 1), Record(31044, 2, 2, "No serviceHost"), Record(6800, 3), Record(31020, 4),
            Record(31016, 5));
        Assert.Equal(new[] { 31044, 6800, 31020, 31016 }.OrderBy(id => id), stories.Select(story => story.Events[0].Id).OrderBy(id => id));
        Assert.All(stories, story => Assert.Equal(WritebackOperation.Service, story.Operation));
        Assert.Equal(2, stories.Count(story => story.Outcome == WritebackOutcome.Failed));
    }

    [Fact]
    public void Many_at_the_same_moment_do_not_take_forever()
    {
        StoryJoiner joiner = new();
        int told = 0;
        for (int i = 0; i < 20_000; i++)
        {
            told += joiner.Take(i % 2 == 0 ? Record(6329, 0) : Record(33001, 0, i)).Count;
        }

        Assert.InRange(told + joiner.Finish().Count(), 10_000, 20_000);
    }

    private static List<WritebackStory> Join(params WritebackEventRecord[] events)
    {
        StoryJoiner joiner = new();
        List<WritebackStory> stories = events.SelectMany(joiner.Take).ToList();
        stories.AddRange(joiner.Finish());
        return stories;
    }
}
