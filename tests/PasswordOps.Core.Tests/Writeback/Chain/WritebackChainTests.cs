using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Tests.Writeback.Servers;
using PasswordOps.Core.Writeback;
using PasswordOps.Core.Writeback.Chain;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Tests.Writeback.Chain;

public class WritebackChainTests
{
    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(30);
    private readonly FakeClock clock = new();

    [Fact]
    public async Task Nothing_given_is_all_unknown_and_each_link_says_what_to_give()
    {
        ChainReport report = await RunAsync();
        Assert.Equal(Verdict.Unknown, report.Verdict);
        Assert.Equal(AllLinks().ToList(), report.Links.Select(link => link.Link));
        Assert.DoesNotContain(report.Checks, check => check.Verdict == Verdict.Pass);
        Assert.All(report.Links, link =>
        {
            bool optional = link.Link is ChainLink.User or ChainLink.CloudSync;
            Assert.Equal(optional ? Verdict.NotApplicable : Verdict.Unknown, link.Verdict);
            Assert.Equal(optional, link.Checks.Single().Fix is null);
        });
        Assert.Contains("Connect-PasswordOps", report.NextStep);
        Assert.Contains(report.Limits, limit => limit.Contains("passwordWritebackEnabled"));
        Assert.Contains(report.Limits, limit => limit.Contains("Nothing shows whether"));
    }

    [Fact]
    public async Task All_links_in_order_pass()
    {
        ChainReport report = await RunAsync(AllLinks().Select(link => Step(link, Verdict.Pass)).ToArray());
        Assert.Equal(Verdict.Pass, report.Verdict);
        Assert.Null(report.WeakestLink);
        Assert.Null(report.NextStep);
        Assert.Equal("Password writeback works, link by link.", report.Headline);
    }

    [Theory]
    [InlineData(Verdict.Warn, "needs a look")]
    [InlineData(Verdict.Fail, "is broken")]
    [InlineData(Verdict.Unknown, "not all is known (2 of 8 links)")]
    public async Task The_worst_link_decides_and_of_two_the_first(Verdict verdict, string headline)
    {
        ChainReport report = await RunAsync(AllLinks().Select(link => Step(
            link, link is ChainLink.Rights or ChainLink.Domain ? verdict : Verdict.Pass)).ToArray());
        Assert.Equal(verdict, report.Verdict);
        Assert.Equal("test.Rights", report.WeakestLink!.Id);
        Assert.Equal("mend Rights", report.NextStep);
        Assert.Contains(headline, report.Headline);
        Assert.Contains("because of Rights", report.Headline);
    }

    [Fact]
    public async Task A_link_that_hangs_is_unknown_and_the_others_stand()
    {
        TaskCompletionSource<ChainFindings> never = new();
        ChainReport report = await WritebackChain.TestAsync(
            new[]
            {
                Step(ChainLink.Cloud, Verdict.Pass),
                new ChainStep(ChainLink.Domain, "dc09", _ => never.Task),
                new ChainStep(ChainLink.Rights, "dc10", stop =>
                {
                    stop.WaitHandle.WaitOne(Plenty);
                    throw new OperationCanceledException(stop);
                }),
            },
            TimeSpan.FromMilliseconds(300), clock, null, CancellationToken.None);
        foreach ((ChainLink link, string name) in new[] { (ChainLink.Domain, "dc09"), (ChainLink.Rights, "dc10") })
        {
            CheckResult check = Link(report, link).Checks.Single();
            Assert.Equal((Verdict.Unknown, name), (check.Verdict, check.Target));
            Assert.Equal($"{name} did not answer within 0.3 seconds.", check.Reason);
        }

        Assert.Equal(Verdict.Pass, Link(report, ChainLink.Cloud).Verdict);
        Assert.True(report.Elapsed < TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_link_that_fails_is_unknown_with_its_own_words()
    {
        PasswordOpsException error = new("AdUnreachable", ErrorKind.Connection, "dc01 cannot be reached.", "Check the name.");
        ChainReport report = await RunAsync(
            Step(ChainLink.Cloud, Verdict.Pass), new ChainStep(ChainLink.Domain, "dc01", _ => Task.FromException<ChainFindings>(error)),
            Step(ChainLink.Domain, Verdict.Pass), new ChainStep(ChainLink.Rights, "dc02", _ => throw error));
        CheckResult[] domain = Link(report, ChainLink.Domain).Checks.ToArray();
        Assert.Equal(new List<Verdict> { Verdict.Unknown, Verdict.Pass, Verdict.Pass }, domain.Select(check => check.Verdict));
        Assert.Equal(("dc01 cannot be reached.", "Check the name.", "error AdUnreachable"), (
            domain[0].Reason, domain[0].Fix, domain[0].Evidence));
        Assert.Equal(Verdict.Unknown, Link(report, ChainLink.Rights).Verdict);
    }

    [Fact]
    public async Task A_fault_that_nobody_foresaw_is_not_swallowed()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(
            new ChainStep(ChainLink.Cloud, "x", _ => Task.FromException<ChainFindings>(new InvalidOperationException()))));
    }

    [Fact]
    public async Task Looks_are_taken_side_by_side()
    {
        ChainStep[] slow = AllLinks().Select(link => new ChainStep(link, link.ToString(), async stop =>
        {
            await Task.Delay(400, stop);
            return Findings(link, Verdict.Pass);
        })).ToArray();
        Stopwatch watch = Stopwatch.StartNew();
        ChainReport report = await RunAsync(slow);
        Assert.Equal(Verdict.Pass, report.Verdict);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(8 * 0.4), $"{watch.Elapsed} is as long as one after another.");
    }

    [Fact]
    public async Task A_stop_ends_it()
    {
        using CancellationTokenSource stop = new(100);
        ChainStep hangs = new(ChainLink.Cloud, "x", async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return Findings(ChainLink.Cloud, Verdict.Pass);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => WritebackChain.TestAsync(new[] { hangs }, Plenty, clock, null, stop.Token));
    }

    [Theory]
    [InlineData(Verdict.Pass, Verdict.Pass)]
    [InlineData(Verdict.Unknown, Verdict.Unknown)]
    public async Task A_heartbeat_proves_the_network_where_it_was_not_tested(Verdict heartbeat, Verdict network)
    {
        ChainStep events = new(ChainLink.Events, "sync01", _ => Task.FromResult(new ChainFindings
        {
            Checks = new[] { Check("writeback.heartbeat", heartbeat) },
        }));
        Assert.Equal(network, Link(await RunAsync(events), ChainLink.Network).Verdict);
        Assert.Equal(
            Verdict.Fail,
            Link(await RunAsync(events, Step(ChainLink.Network, Verdict.Fail)), ChainLink.Network).Verdict);
    }

    [Fact]
    public async Task A_sound_server_with_its_events_passes_but_for_what_was_not_given()
    {
        ChainReport report = await RunAsync(Server(ServerChecksTests.SoundServer(), "31005@-900 31015@-600 31010@-30 31019@-12"));
        Assert.All(new[] { ChainLink.Server, ChainLink.Events, ChainLink.CloudSync, ChainLink.Network }, link =>
            Assert.Equal((link, Verdict.Pass), (link, Link(report, link).Verdict)));
        Assert.Equal(new List<WritebackEngine> { WritebackEngine.ConnectSync }, report.Engines);
    }

    [Fact]
    public async Task A_listener_that_fell_silent_before_the_collection_is_broken_by_the_clock_of_the_server()
    {
        SyncServer old = ServerChecksTests.SoundServer() with { CollectedAt = clock.UtcNow.AddDays(-3) };
        ChainReport silent = await RunAsync(Server(old, $"31015@-5000 31010@-4400 31019@{-(3 * 1440) - 40}"));
        Assert.Equal(Verdict.Fail, Link(silent, ChainLink.Events).Checks.Single(check => check.Id == "writeback.heartbeat").Verdict);
        ChainReport beating = await RunAsync(Server(old, $"31015@-5000 31010@-4400 31019@{-(3 * 1440) - 4}"));
        Assert.Equal(Verdict.Pass, Link(beating, ChainLink.Events).Verdict);
        Assert.Contains("3 days ago", Link(beating, ChainLink.Server).Headline);
    }

    [Fact]
    public async Task Evidence_without_events_leaves_them_unknown_with_the_reason()
    {
        SyncServer server = ServerChecksTests.SoundServer() with { Events = Collected<EventExport>.Failed("wevtutil ended with 5.", "") };
        ChainLinkReport link = Link(
            await RunAsync(ServerSteps.Of(
                "sync01", _ => Task.FromResult(new ServerEvidence(server, null)), new Export(string.Empty, clock), clock).ToArray()),
            ChainLink.Events);
        Assert.Equal(Verdict.Unknown, link.Verdict);
        Assert.Contains("wevtutil ended with 5.", link.Headline);
    }

    [Fact]
    public async Task A_server_with_the_agent_alone_is_judged_by_the_agents_rules()
    {
        SyncServer server = ServerChecksTests.SoundServer() with
        {
            Service = Collected<ServiceState>.Failed("There is no service ADSync on this server.", "cim"),
            Scheduler = Collected<SyncScheduler>.Failed("not recognized", "cmdlet"),
        };
        ChainReport report = await RunAsync(Server(server, string.Empty));
        Assert.Equal((Verdict.NotApplicable, Verdict.NotApplicable, Verdict.Pass), (
            Link(report, ChainLink.Server).Verdict, Link(report, ChainLink.Events).Verdict, Link(report, ChainLink.CloudSync).Verdict));
        Assert.Equal(new List<WritebackEngine> { WritebackEngine.CloudSync }, report.Engines);
        Assert.Contains(report.Limits, limit => limit.Contains("no table of events"));
    }

    [Fact]
    public async Task Both_engines_side_by_side_are_said()
    {
        ChainStep cloud = new(ChainLink.Cloud, "log", _ => Task.FromResult(Findings(ChainLink.Cloud, Verdict.Pass) with
        {
            Engines = new[] { WritebackEngine.CloudSync, WritebackEngine.ConnectSync },
        }));
        Assert.Contains((await RunAsync(cloud)).Limits, limit => limit.Contains("were both seen"));
    }

    [Fact]
    public async Task A_password_that_got_through_proves_what_no_version_shows()
    {
        SyncServer server = ServerChecksTests.SoundServer();
        server = server with
        {
            Connectors = Collected<IReadOnlyList<DomainConnector>>.Of(
                server.Connectors.Value!.Select(one => one with { SignAndSeal = null }).ToArray(), "cmdlet"),
        };
        Assert.Equal(Verdict.Pass, Link(await RunAsync(Server(server, "31015@-600 31010@-30 31019@-12")), ChainLink.Server).Verdict);
        Assert.Equal(Verdict.Unknown, Link(await RunAsync(Server(server, "31015@-600 31019@-12")), ChainLink.Server).Verdict);
    }

    private static IEnumerable<ChainLink> AllLinks() => Enum.GetValues(typeof(ChainLink)).Cast<ChainLink>();

    private static ChainLinkReport Link(ChainReport report, ChainLink link) => report.Links.Single(one => one.Link == link);

    private static ChainStep Step(ChainLink link, Verdict verdict) =>
        new(link, link.ToString(), _ => Task.FromResult(Findings(link, verdict)));

    private static ChainFindings Findings(ChainLink link, Verdict verdict) => new()
    {
        Checks = new[]
        {
            Check("test.first", Verdict.Pass),
            Check($"test.{link}", verdict) with { Reason = $"because of {link}", Fix = verdict > Verdict.Pass ? $"mend {link}" : null },
        },
    };

    private static CheckResult Check(string id, Verdict verdict) => new()
    {
        Id = id, Verdict = verdict, Reason = "reason", Evidence = "evidence", ReadAt = DateTimeOffset.MinValue, Source = "source",
    };

    private ChainStep[] Server(SyncServer server, string events) => ServerSteps.Of(
        "sync01", _ => Task.FromResult(new ServerEvidence(server, "events.xml")), new Export(events, clock), clock).ToArray();

    private Task<ChainReport> RunAsync(params ChainStep[] steps) =>
        WritebackChain.TestAsync(steps, Plenty, clock, null, CancellationToken.None);

    /// <summary>Events written as id@minutes.</summary>
    private sealed class Export : IEventSource
    {
        private readonly string events;
        private readonly FakeClock clock;

        public Export(string events, FakeClock clock)
        {
            this.events = events;
            this.clock = clock;
        }

        public IEnumerable<WritebackEvent> Read(string path, EventReadSummary summary, CancellationToken stop)
        {
            foreach (string[] part in events.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('@')))
            {
                summary.Taken++;
                yield return new WritebackEvent
                {
                    Provider = "PasswordResetService", Id = int.Parse(part[0]), Time = clock.UtcNow.AddMinutes(int.Parse(part[1])),
                    Computer = "sync01", Data = string.Empty,
                };
            }
        }

        public IEnumerable<WritebackEvent> Read(EventQuery query, EventReadSummary summary, CancellationToken stop) =>
            throw new NotSupportedException();
    }
}
