using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Checks.Writeback;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>The looks at what the collector finds on a server.</summary>
public static class ServerSteps
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    /// <summary>Makes the looks at the engine that is on the server, Connect Sync, cloud sync or both, and at its events.</summary>
    /// <param name="name">The server, for people.</param>
    /// <param name="collect">Gives the evidence; asked once for each look, so that it should remember it.</param>
    /// <param name="events">Reader of events.</param>
    /// <param name="clock">Time.</param>
    /// <returns>The looks.</returns>
    public static IReadOnlyList<ChainStep> Of(
        string name, Func<CancellationToken, Task<ServerEvidence>> collect, IEventSource events, IClock clock) => new[]
    {
        new ChainStep(
            ChainLink.Server, name, async stop => Engine((await collect(stop).ConfigureAwait(false)).Server, clock)),
        new ChainStep(
            ChainLink.CloudSync, name, async stop => Agent((await collect(stop).ConfigureAwait(false)).Server, clock)),
        new ChainStep(
            ChainLink.Events, name, async stop => Events(await collect(stop).ConfigureAwait(false), events, stop)),
    };

    // The server of an agent has no ADSync, and that is no fault.
    private static bool HasAgentOnly(SyncServer server) =>
        server.Agent.Value?.IsInstalled == true && server.Service.Value is null && server.Scheduler.Value is null;

    private static ChainFindings Engine(SyncServer server, IClock clock)
    {
        if (HasAgentOnly(server))
        {
            return new ChainFindings
            {
                Checks = Array.Empty<CheckResult>(),
                Limits = new[] { Text.Of($"{server.Computer} has the provisioning agent and no Entra Connect Sync.") },
            };
        }

        bool serves = server.Service.Value?.IsRunning == true && server.Scheduler.Value?.Staging == false
            && server.Writeback.Value?.IsEnabled == true;
        ServerFacts facts = new(server, clock.UtcNow);
        return new ChainFindings
        {
            Checks = CheckCatalog.Server.Select(check => check.Run(facts, server.Computer)).ToArray(),
            Engines = serves ? new[] { WritebackEngine.ConnectSync } : Array.Empty<WritebackEngine>(),
            Limits = new[] { Text.Of($"{server.Computer} was looked at as of {When.Stamp(server.CollectedAt)}.") },
        };
    }

    private static ChainFindings Agent(SyncServer server, IClock clock)
    {
        ServerFacts facts = new(server, clock.UtcNow);
        bool only = HasAgentOnly(server);
        return new ChainFindings
        {
            Checks = CheckCatalog.CloudSync.Select(check => check.Run(facts, server.Computer))
                .Concat(only ? new[] { new ServerEvidenceCheck().Run(facts, server.Computer) } : Array.Empty<CheckResult>()).ToArray(),
            Engines = only ? new[] { WritebackEngine.CloudSync } : Array.Empty<WritebackEngine>(),
        };
    }

    private static ChainFindings Events(ServerEvidence evidence, IEventSource source, CancellationToken stop)
    {
        SyncServer server = evidence.Server;
        if (HasAgentOnly(server))
        {
            return new ChainFindings { Checks = Array.Empty<CheckResult>() };
        }

        if (evidence.Events is not string path)
        {
            throw new PasswordOpsException(
                "EventLogNotFound", ErrorKind.NotFound,
                Text.Of($"The evidence of {server.Computer} has no events: {server.Events.Error ?? Text.Of($"the file is missing.")}"),
                Text.Of($"Run the collector again in an elevated Windows PowerShell on the sync server."));
        }

        EventReadSummary summary = new();
        WritebackHealthReport report = WritebackHealth.Evaluate(
            Until(server.CollectedAt, source.Read(path, summary, stop), summary), summary, server.CollectedAt);
        return new ChainFindings
        {
            Checks = report.Checks,
            Engines = server.CollectedAt - report.LastSuccess <= Recent
                ? new[] { WritebackEngine.ConnectSync }
                : Array.Empty<WritebackEngine>(),
        };
    }

    // The log was alive until it was collected: a listener that fell silent shows by that.
    private static IEnumerable<WritebackEvent> Until(
        DateTimeOffset collected, IEnumerable<WritebackEvent> events, EventReadSummary summary)
    {
        foreach (WritebackEvent one in events)
        {
            yield return one;
        }

        if (summary.Taken > 0 && !summary.Truncated && !(summary.Newest > collected))
        {
            summary.Newest = collected;
        }
    }
}
