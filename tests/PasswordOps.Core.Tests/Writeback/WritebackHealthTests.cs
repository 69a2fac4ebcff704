using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Writeback;

namespace PasswordOps.Core.Tests.Writeback;

public class WritebackHealthTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 18, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_chain_that_works_passes_with_its_proof()
    {
        WritebackHealthReport report = Judge(Healthy());
        Assert.Equal(Verdict.Pass, report.Verdict);
        Assert.All(report.Checks, check => Assert.Equal(Verdict.Pass, check.Verdict));
        Assert.Null(report.WeakestLink);
        Assert.Null(report.NextStep);
        Assert.Contains("2026-08-18 08:30:00 UTC", report.Headline);
        Assert.Equal(At(-600), report.LastStart);
        Assert.Null(report.LastStop);
        Assert.Equal(At(-2), report.LastHeartbeat);
        Assert.Equal(At(-30), report.LastSuccess);
        Assert.Null(report.LastFailure);
        Assert.Equal((At(-700), At(-2)), (report.From, report.To));
        Assert.Equal(new[] { "sync01" }, report.Servers);
        Assert.Equal("Password writeback: Pass", report.ToString());
    }

    [Fact]
    public void The_checks_stand_in_the_order_of_the_chain()
    {
        string[] ids = { "onboarding", "listener", "relay", "heartbeat", "errors", "proof", "log" };
        Assert.Equal(ids.Select(id => "writeback." + id), Judge(Healthy()).Checks.Select(check => check.Id));
    }

    [Theory]
    // onboarding
    [InlineData("31013@-1", "writeback.onboarding", Verdict.Fail, "switched off")]
    [InlineData("31013@-60", "writeback.onboarding", Verdict.Warn, "another server")]
    [InlineData("31014@-1", "writeback.onboarding", Verdict.Warn, "31014")]
    [InlineData("32009@-1", "writeback.onboarding", Verdict.Fail, "32009")]
    [InlineData("32009@-60", "writeback.onboarding", Verdict.Pass, "switched on")]
    // listener
    [InlineData("31016@-1", "writeback.listener", Verdict.Fail, "did not start since")]
    [InlineData("31016@-60", "writeback.listener", Verdict.Warn, "another server")]
    [InlineData("31016@-601", "writeback.listener", Verdict.Pass, "runs since")]
    // relay
    [InlineData("31034@-1", "writeback.relay", Verdict.Fail, "31034")]
    [InlineData("31044@-1", "writeback.relay", Verdict.Fail, "31044")]
    [InlineData("32001@-1", "writeback.relay", Verdict.Fail, "32001")]
    [InlineData("32002@-1", "writeback.relay", Verdict.Fail, "32002")]
    [InlineData("32015@-1", "writeback.relay", Verdict.Warn, "32015")]
    [InlineData("32014@-1", "writeback.relay", Verdict.Pass, "No failure")]
    [InlineData("32002@-60", "writeback.relay", Verdict.Warn, "was back")]
    [InlineData("32002@-1600", "writeback.relay", Verdict.Pass, "has worked since")]
    [InlineData("31034@-1 The remote certificate is invalid", "writeback.relay", Verdict.Fail, "does not trust the certificate")]
    // heartbeat
    [InlineData("-31019 31019@-40 31001@-1", "writeback.heartbeat", Verdict.Fail, "the log goes on until")]
    [InlineData("-31019 31019@-40 31010@-1", "writeback.heartbeat", Verdict.Warn, "the log goes on until")]
    [InlineData("-31019 31019@-40 31001@-1@sync02", "writeback.heartbeat", Verdict.Warn, "the log goes on until")]
    [InlineData("-31019", "writeback.heartbeat", Verdict.Warn, "no heartbeat followed")]
    [InlineData("-31019 -31015", "writeback.heartbeat", Verdict.Unknown, "no heartbeat")]
    [InlineData("31019@+20", "writeback.heartbeat", Verdict.Warn, "in the future")]
    // errors
    [InlineData("33004@-1", "writeback.errors", Verdict.Fail, "connector account")]
    [InlineData("33004@-40", "writeback.errors", Verdict.Pass, "Nothing failed since")]
    [InlineData("33008@-1", "writeback.errors", Verdict.Warn, "single accounts")]
    [InlineData("33008@-1 31003@-1 6329@-1", "writeback.errors", Verdict.Warn, "33008")]
    [InlineData("31011@-1", "writeback.errors", Verdict.Warn, "do not say")]
    [InlineData("33004@-1 hr=80231367", "writeback.errors", Verdict.Warn, "adminCount")]
    [InlineData("33004@-1 hr=80230626", "writeback.errors", Verdict.Fail, "Likely: ")]
    [InlineData("33004@-1 hr=80230626", "writeback.errors", Verdict.Fail, "may stop everybody")]
    [InlineData("33004@-1 hr=80230626 6329@-1 0x8023062C", "writeback.errors", Verdict.Fail, "neither signed")]
    [InlineData("6329@-1 0x8023062C", "writeback.errors", Verdict.Fail, "It stops everybody")]
    [InlineData("6329@-1 0x80230619", "writeback.errors", Verdict.Warn, "80230619")]
    [InlineData("6329@-1 0x8023062D", "writeback.errors", Verdict.Warn, "6329")]
    [InlineData("33004@-40 hr=80230626 33004@-1 hr=80231367", "writeback.errors", Verdict.Warn, "adminCount")]
    [InlineData("6800@-1", "writeback.errors", Verdict.Fail, "endpoint did not start")]
    [InlineData("32004@-1", "writeback.errors", Verdict.Fail, "decrypted")]
    [InlineData("31099@-1 904@-1", "writeback.errors", Verdict.Pass, "No failed operation")]
    // proof
    [InlineData("-31010", "writeback.proof", Verdict.Unknown, "No password got through")]
    [InlineData("-31010 31002@-1", "writeback.proof", Verdict.Pass, "08:59:00")]
    [InlineData("-31010 31007@-1", "writeback.proof", Verdict.Pass, "08:59:00")]
    [InlineData("-31010 31007@-60000", "writeback.proof", Verdict.Unknown, "41 days ago")]
    public void Each_change_to_a_working_chain_shows_in_its_check(string change, string id, Verdict verdict, string reason)
    {
        WritebackHealthReport report = Judge(Changed(change));
        CheckResult check = Check(report, id);
        Assert.Equal((verdict, true), (check.Verdict, check.Reason.Contains(reason)));
        Assert.Equal(verdict > Verdict.Pass, check.Fix is not null);
        Assert.Equal(verdict, report.Verdict);
        Assert.Equal(report.WeakestLink?.Fix, report.NextStep);
    }

    [Fact]
    public void Without_any_event_the_answer_says_what_to_export()
    {
        EventReadSummary others = new() { Other = 12, Newest = Now };
        WritebackHealthReport report = WritebackHealth.Evaluate(Array.Empty<WritebackEvent>(), others, Now);
        Assert.Equal(Verdict.Unknown, report.Verdict);
        Assert.Equal("writeback.log", report.WeakestLink!.Id);
        Assert.Contains("wevtutil", report.NextStep);
        Assert.Contains("none of PasswordResetService or ADSync", report.Headline);
        Assert.All(report.Checks.Where(check => check.Id != "writeback.log"), check => Assert.Equal(Verdict.NotApplicable, check.Verdict));
        Assert.Empty(report.Events);
        Assert.Equal("The file holds no events.", Judge(Array.Empty<WritebackEvent>()).WeakestLink!.Reason);
    }

    [Fact]
    public void Events_of_the_sync_engine_alone_leave_the_rest_open()
    {
        WritebackHealthReport report = Judge(new[] { Event("ADSync", 904, -5) });
        Assert.Equal(Verdict.Unknown, report.Verdict);
        Assert.Equal("writeback.onboarding", report.WeakestLink!.Id);
        Assert.Equal(Verdict.Unknown, Check(report, "writeback.listener").Verdict);
        Assert.Equal(Verdict.Unknown, Check(report, "writeback.heartbeat").Verdict);
        Assert.Equal(Verdict.Unknown, Check(report, "writeback.proof").Verdict);
    }

    [Fact]
    public void A_listener_that_is_at_work_was_switched_on_and_started_before_the_log_begins()
    {
        WritebackHealthReport report = Judge(Changed("-31005 -31015"));
        Assert.Equal(Verdict.Pass, report.Verdict);
        Assert.Contains("before the log begins", Check(report, "writeback.onboarding").Reason);
        Assert.Contains("before the log begins", Check(report, "writeback.listener").Reason);
    }

    [Fact]
    public void An_old_export_is_unknown_and_never_failed_for_its_age()
    {
        WritebackHealthReport report = WritebackHealth.Evaluate(Healthy(), new EventReadSummary(), Now.AddDays(3));
        Assert.Equal(Verdict.Unknown, report.Verdict);
        Assert.Equal("writeback.heartbeat", report.WeakestLink!.Id);
        Assert.Contains("2026-08-18 08:58:00 UTC, 3 days ago", report.WeakestLink.Reason);
        Assert.Contains("Export the log again", report.NextStep);
    }

    [Fact]
    public void Events_of_other_programs_prove_that_the_log_went_on_without_a_heartbeat()
    {
        WritebackHealthReport report = WritebackHealth.Evaluate(
            Changed("-31019 31019@-40"), new EventReadSummary { Other = 5, Oldest = At(-9000), Newest = At(-1) }, Now);
        Assert.Equal(Verdict.Fail, Check(report, "writeback.heartbeat").Verdict);
        Assert.Equal((At(-9000), At(-1)), (report.From, report.To));
        Assert.DoesNotContain(report.Limits, limit => limit.StartsWith("Only events of writeback", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, 0, "breaks off")]
    [InlineData(false, 3, "lack what an event must have")]
    public void A_damaged_export_warns(bool truncated, long malformed, string reason)
    {
        EventReadSummary damaged = new() { Truncated = truncated, Malformed = malformed };
        WritebackHealthReport report = WritebackHealth.Evaluate(Healthy(), damaged, Now);
        Assert.Equal((Verdict.Warn, "writeback.log"), (report.Verdict, report.WeakestLink!.Id));
        Assert.Contains(reason, report.WeakestLink.Reason);
    }

    [Fact]
    public void Of_two_that_are_as_bad_the_one_nearer_to_the_switch_is_the_weakest_link()
    {
        WritebackHealthReport report = Judge(Changed("-31019 31019@-60 33004@-1"));
        Assert.Equal("writeback.heartbeat", report.WeakestLink!.Id);
        Assert.Equal(Verdict.Fail, Check(report, "writeback.errors").Verdict);
        Assert.Equal("writeback.relay", Judge(Changed("-31019 31019@-60 -31010 32001@-45 33004@-1")).WeakestLink!.Id);
        Assert.Equal("writeback.listener", Judge(Changed("-31019 31019@-60 -31010 31016@-50 32001@-45 33004@-1")).WeakestLink!.Id);
    }

    [Fact]
    public void Stop_and_start_within_one_tick_are_told_apart_by_their_record_numbers()
    {
        List<WritebackEvent> events = Healthy();
        events.Add(Event("PasswordResetService", 31016, -1) with { RecordId = 900 });
        events.Add(Event("PasswordResetService", 31015, -1) with { RecordId = 901 });
        Assert.Equal(Verdict.Pass, Check(Judge(events), "writeback.listener").Verdict);
        events.Add(Event("PasswordResetService", 31016, -1) with { RecordId = 902 });
        Assert.Equal(Verdict.Fail, Check(Judge(events), "writeback.listener").Verdict);
    }

    [Fact]
    public void Counts_carry_meaning_codes_tracking_id_and_failures_since_the_success()
    {
        List<WritebackEvent> events = Healthy();
        for (int i = 0; i < 3; i++)
        {
            string id = $"1111111{i}-2222-3333-4444-555555555555";
            events.Add(Event("PasswordResetService", 33004, -40 + (i * 12), $"TrackingId: {id}, hr=8023062{i}"));
        }

        events.Add(Event("PasswordResetService", 31099, -5));
        WritebackHealthReport report = Judge(events);
        WritebackEventCount failed = Assert.Single(report.Events, count => count.Id == 33004);
        Assert.Equal((3L, 2), (failed.Count, failed.SinceSuccess));
        Assert.Equal(("ADPermissionsError", WritebackEventGroup.Fail), (failed.Name, failed.Group));
        Assert.Equal((At(-40), At(-16)), (failed.First, failed.Last));
        Assert.Equal(new Guid("11111112-2222-3333-4444-555555555555"), failed.LastTrackingId);
        Assert.Equal("80230620 80230621 80230622", string.Join(" ", failed.Codes));
        WritebackEventCount unlisted = Assert.Single(report.Events, count => count.Id == 31099);
        Assert.Equal((null, WritebackEventGroup.Unlisted, 1L, 0), (unlisted.Name, unlisted.Group, unlisted.Count, unlisted.SinceSuccess));
        Assert.Equal(At(-16), report.LastFailure);
    }

    [Fact]
    public void The_report_names_no_user()
    {
        const string name = "UserPrincipalName:anna@contoso.com,";
        WritebackHealthReport report = Judge(Changed($"33004@-1 {name} hr=80230626 33002@-1 {name}"));
        string all = string.Join("\n", report.Checks.Select(check => check.Reason + check.Evidence + check.Fix)) + report.Headline + report
            + string.Join("\n", report.Limits) + string.Join("\n", report.Events.Select(count => count.ToString()));
        Assert.DoesNotContain("contoso", all);
        Assert.Contains("80230626", report.WeakestLink!.Reason);
    }

    [Fact]
    public void The_limits_of_the_log_are_said()
    {
        Assert.Contains(Judge(Healthy()).Limits, limit => limit.Contains("begins at 2026-08-17 21:20:00 UTC"));
        Assert.Contains(Judge(Healthy()).Limits, limit => limit.Contains("Only sync01"));
        Assert.Contains(Judge(Healthy()).Limits, limit => limit.Contains("Only events of writeback were exported"));
        Assert.Contains(Judge(Changed("31019@-1@sync02")).Limits, limit => limit.Contains("2 servers are mixed (sync01, sync02)"));
    }

    [Fact]
    public void The_order_of_the_file_does_not_matter()
    {
        Random random = new(7);
        List<WritebackEvent> events = Healthy();
        int[] ids = { 31001, 31002, 31003, 31010, 31015, 31016, 31019, 31034, 31099, 32002, 32014, 33004, 33008 };
        for (int i = 0; i < 6_000; i++)
        {
            // Few distinct moments, so that many events share one.
            WritebackEvent made = Event("PasswordResetService", ids[random.Next(ids.Length)], -random.Next(1, 500), Text(random));
            events.Add(made with { Computer = "sync" + random.Next(50), RecordId = random.Next(4) == 0 ? null : random.Next(3) });
        }

        string expected = Shape(Judge(events));
        for (int round = 0; round < 5; round++)
        {
            Assert.Equal(expected, Shape(Judge(events.OrderBy(_ => random.Next()).ToList())));
        }

        static string Text(Random random) => string.Format(
            CultureInfo.InvariantCulture, "TrackingId: 0000000{0}-0000-0000-0000-000000000000, hr=802306{1:X2}", random.Next(10),
            random.Next(64));
    }

    [Fact]
    public void A_long_stream_is_gone_through_once_and_not_kept()
    {
        OnceOnly stream = new(300_000);
        FakeSource source = new(stream);
        List<BulkProgress> told = new();
        TickingClock clock = new(Now);
        Listener progress = new(told);
        WritebackHealthReport report = WritebackHealth.FromEventLog(source, "events.xml", clock, progress, CancellationToken.None);

        Assert.Equal(1, stream.Passes);
        Assert.Equal(300_000, report.Events.Sum(count => count.Count));
        WritebackEventCount failures = Assert.Single(report.Events, count => count.Id == 33004);
        Assert.Equal((100_000L, 1_000), (failures.Count, failures.SinceSuccess));
        Assert.Contains("at least 1,000 times", Check(report, "writeback.errors").Evidence);
        GC.Collect();
        Assert.InRange(stream.Kept(), 0, 15);   // of 300; the last ones may still lie on the stack
        Assert.NotEmpty(told);
        Assert.All(told, progress => Assert.True(progress.Done > 0 && progress.Total is null && progress.PerSecond > 0));
        GC.KeepAlive(report);
    }

    private static WritebackHealthReport Judge(IEnumerable<WritebackEvent> events) =>
        WritebackHealth.Evaluate(events, new EventReadSummary(), Now);

    private static CheckResult Check(WritebackHealthReport report, string id) => Assert.Single(report.Checks, check => check.Id == id);

    private static DateTimeOffset At(double minutes) => Now.AddMinutes(minutes);

    private static WritebackEvent Event(string provider, int id, double minutes, string data = "") =>
        new() { Provider = provider, Id = id, Time = At(minutes), Computer = "sync01", Data = data };

    private static List<WritebackEvent> Healthy() => new()
    {
        Event("PasswordResetService", 31005, -700),
        Event("PasswordResetService", 31015, -600),
        Event("PasswordResetService", 31009, -31),
        Event("PasswordResetService", 31010, -30),
        Event("PasswordResetService", 31019, -7),
        Event("PasswordResetService", 31019, -2),
    };

    /// <summary>A working chain with changes: <c>-id</c> takes away, <c>id@minutes[@server] [text]</c> adds.</summary>
    private static List<WritebackEvent> Changed(string change)
    {
        List<WritebackEvent> events = Healthy();
        foreach (string word in change.Split(' '))
        {
            string[] parts = word.Split('@');
            bool isId = int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int id);
            if (isId && id < 0)
            {
                events.RemoveAll(found => found.Id == -id);
            }
            else if (isId && parts.Length > 1)
            {
                int minutes = int.Parse(parts[1], CultureInfo.InvariantCulture);
                WritebackEvent added = Event(id < 10_000 ? "ADSync" : "PasswordResetService", id, minutes);
                events.Add(parts.Length > 2 ? added with { Computer = parts[2] } : added);
            }
            else
            {
                events[events.Count - 1] = events[events.Count - 1] with { Data = events[events.Count - 1].Data + " " + word };
            }
        }

        return events;
    }

    private static string Shape(WritebackHealthReport report) => string.Join(
        "\n",
        report.Checks.Select(check => $"{check} {check.Reason} {check.Evidence} {check.Fix}")
            .Concat(report.Events.Select(count =>
                $"{count} {count.SinceSuccess} {count.First:O} {count.Last:O} {count.LastTrackingId} {string.Join(",", count.Codes)}"))
            .Concat(report.Limits)
            .Concat(report.Servers)
            .Append(report.Headline)
            .Append($"{report.LastStart:O} {report.LastStop:O} {report.LastHeartbeat:O} {report.LastFailure:O}"));

    /// <summary>A third heartbeats, a third failures, a third starts; made as it is read.</summary>
    private sealed class OnceOnly : IEnumerable<WritebackEvent>
    {
        private readonly int count;
        private readonly List<WeakReference> samples = new();

        public OnceOnly(int count) => this.count = count;

        public int Passes { get; private set; }

        public int Kept() => samples.Count(sample => sample.IsAlive);

        public IEnumerator<WritebackEvent> GetEnumerator()
        {
            Passes++;
            int[] ids = { 31019, 33004, 31001 };
            for (int i = 0; i < count; i++)
            {
                string code = "hr=802306" + (i % 256).ToString("X2", CultureInfo.InvariantCulture);
                WritebackEvent made = Event("PasswordResetService", ids[i % 3], -(i / 60.0), code);
                if (i % 1_000 == 0)
                {
                    samples.Add(new WeakReference(made));
                }

                yield return made;
            }
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class FakeSource : IEventSource
    {
        private readonly IEnumerable<WritebackEvent> events;

        public FakeSource(IEnumerable<WritebackEvent> events) => this.events = events;

        public IEnumerable<WritebackEvent> Read(EventQuery query, EventReadSummary summary, CancellationToken stop) =>
            Read(query.Path!, summary, stop);

        public IEnumerable<WritebackEvent> Read(string path, EventReadSummary summary, CancellationToken stop)
        {
            Assert.Equal("events.xml", path);
            foreach (WritebackEvent found in events)
            {
                summary.Taken++;
                yield return found;
            }
        }
    }

    private sealed class TickingClock : IClock
    {
        private DateTimeOffset now;

        public TickingClock(DateTimeOffset now) => this.now = now;

        public DateTimeOffset UtcNow => now += TimeSpan.FromMilliseconds(100);

        public System.Threading.Tasks.Task DelayAsync(TimeSpan time, CancellationToken stop) => System.Threading.Tasks.Task.CompletedTask;
    }

    private sealed class Listener : IProgress<BulkProgress>
    {
        private readonly List<BulkProgress> told;

        public Listener(List<BulkProgress> told) => this.told = told;

        public void Report(BulkProgress value) => told.Add(value);
    }
}
