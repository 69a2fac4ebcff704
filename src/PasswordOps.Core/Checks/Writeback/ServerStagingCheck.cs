using System;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Is this the active server, and not one that stands by?</summary>
internal sealed class ServerStagingCheck : ServerCheck<SyncScheduler>
{
    public ServerStagingCheck()
        : base("writeback.server.staging", "Microsoft Entra Connect Sync: operational tasks (staging mode)", server => server.Scheduler)
    {
    }

    protected override Answer Judge(SyncScheduler value, ServerFacts facts, string how)
    {
        DateTimeOffset at = facts.Server.CollectedAt;
        string evidence = $"StagingModeEnabled {value.Staging?.ToString() ?? "not shown"} ({how})";
        return value.Staging switch
        {
            true => new Answer(
                Verdict.Warn,
                Text.Of($"{facts.Server.Computer} is in staging mode: it writes nothing back, and says nothing of the active server."),
                evidence, at, Text.Of($"Run the collector on the active sync server; where there is none, end the staging mode here.")),
            false => new Answer(Verdict.Pass, Text.Of($"{facts.Server.Computer} is the active server."), evidence, at),
            null => new Answer(
                Verdict.Unknown, Text.Of($"The scheduler did not say whether the server is in staging mode."), evidence, at,
                Text.Of($"On the sync server look at StagingModeEnabled of Get-ADSyncScheduler.")),
        };
    }
}
