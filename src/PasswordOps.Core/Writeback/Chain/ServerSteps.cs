using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>The looks at what the collector found on a server.</summary>
public static class ServerSteps
{
    /// <summary>Makes the looks.</summary>
    /// <param name="server">What was found.</param>
    /// <param name="clock">Time.</param>
    /// <returns>The looks at the engine that is on the server: Connect Sync, cloud sync, or both.</returns>
    public static IReadOnlyList<ChainStep> Of(SyncServer server, IClock clock)
    {
        if (server is null)
        {
            throw new ArgumentNullException(nameof(server));
        }

        ServerFacts facts = new(server, clock.UtcNow);
        bool agent = server.Agent.Value?.IsInstalled == true;

        // An agent's own server has no ADSync, and that is no fault.
        bool agentOnly = agent && server.Service.Value is null && server.Scheduler.Value is null;
        List<ChainStep> steps = new();
        if (!agentOnly)
        {
            WritebackEngine[] engines = server.Service.Value?.IsRunning == true && server.Scheduler.Value?.Staging == false
                && server.Writeback.Value?.IsEnabled == true
                ? new[] { WritebackEngine.ConnectSync }
                : Array.Empty<WritebackEngine>();
            steps.Add(Step(ChainLink.Server, server, new ChainFindings
            {
                Checks = CheckCatalog.Server.Select(check => check.Run(facts, server.Computer)).ToArray(),
                Engines = engines,
                Limits = new[] { Text.Of($"{server.Computer} was looked at as of {When.Stamp(server.CollectedAt)}.") },
            }));
        }

        steps.Add(Step(ChainLink.CloudSync, server, new ChainFindings
        {
            Checks = CheckCatalog.CloudSync.Select(check => check.Run(facts, server.Computer)).ToArray(),
            Engines = agent && agentOnly ? new[] { WritebackEngine.CloudSync } : Array.Empty<WritebackEngine>(),
            Limits = agentOnly
                ? new[] { Text.Of($"{server.Computer} has the provisioning agent and no Entra Connect Sync.") }
                : Array.Empty<string>(),
        }));
        return steps;
    }

    private static ChainStep Step(ChainLink link, SyncServer server, ChainFindings findings) =>
        new(link, server.Computer, _ => Task.FromResult(findings));
}
