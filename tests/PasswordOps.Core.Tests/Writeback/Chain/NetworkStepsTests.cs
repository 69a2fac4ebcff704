using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Tests.Writeback.Connection;
using PasswordOps.Core.Writeback.Chain;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Tests.Writeback.Chain;

public class NetworkStepsTests
{
    private const string Relay = "contoso-relay.servicebus.windows.net";

    [Fact]
    public async Task The_relays_of_the_tenants_own_events_are_visited_instead_of_examples()
    {
        string[] visited = await VisitedAsync(_ => Task.FromResult<IReadOnlyList<RelayName>>(new[] { new RelayName { Host = Relay } }));
        Assert.Contains(Relay, visited);
        Assert.DoesNotContain(visited, host => host.StartsWith("ssprdedicated", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_no_events_can_be_read_the_known_relays_serve()
    {
        string[] none = await VisitedAsync(null);
        Assert.Contains(none, host => host.StartsWith("ssprdedicated", StringComparison.Ordinal));
        Assert.Equal(none, await VisitedAsync(_ => Task.FromResult<IReadOnlyList<RelayName>>(Array.Empty<RelayName>())));
        PasswordOpsException broken = new("EventLogNotXml", ErrorKind.InvalidData, "broken", "mend");
        Assert.Equal(none, await VisitedAsync(_ => throw broken));
    }

    [Fact]
    public async Task Events_that_take_too_long_to_read_do_not_use_up_the_time()
    {
        Stopwatch watch = Stopwatch.StartNew();
        string[] visited = await VisitedAsync(async stop =>
        {
            await Task.Delay(TimeSpan.FromMinutes(1), stop);
            return new[] { new RelayName { Host = Relay } };
        });
        Assert.DoesNotContain(Relay, visited);
        Assert.NotEmpty(visited);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
    }

    private static async Task<string[]> VisitedAsync(Func<CancellationToken, Task<IReadOnlyList<RelayName>>>? find)
    {
        FakeProbe probe = new();
        ChainStep step = NetworkSteps.Of(probe, new ConnectionOptions { Cloud = Cloud.Named("Global") }, find, new FakeClock());
        ChainFindings findings = await step.Look(CancellationToken.None);
        Assert.NotEmpty(findings.Checks);
        return probe.Visits.Select(visit => visit.Host).Distinct().OrderBy(host => host, StringComparer.Ordinal).ToArray();
    }
}
