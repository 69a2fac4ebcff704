using System;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Do sync cycles start by themselves? Writeback goes on without, but for users who are not synced yet.</summary>
internal sealed class ServerSchedulerCheck : ServerCheck<SyncScheduler>
{
    public ServerSchedulerCheck()
        : base("writeback.server.scheduler", "Microsoft Entra Connect Sync: scheduler", server => server.Scheduler)
    {
    }

    protected override Answer Judge(SyncScheduler value, ServerFacts facts, string how)
    {
        DateTimeOffset at = facts.Server.CollectedAt;
        string evidence = $"SyncCycleEnabled {Word(value.CycleEnabled)}, SchedulerSuspended {Word(value.Suspended)} ({how})";
        if (value.CycleEnabled == false || value.Suspended == true)
        {
            return new Answer(
                Verdict.Warn, Text.Of($"Sync cycles do not start: users who are new or changed are not found by writeback."), evidence, at,
                value.CycleEnabled == false
                    ? Text.Of($"On the sync server run Set-ADSyncScheduler -SyncCycleEnabled $true.")
                    : Text.Of($"Close the Connect wizard, or run Set-ADSyncScheduler -SchedulerSuspended $false."));
        }

        return value.CycleEnabled is null
            ? new Answer(
                Verdict.Unknown, Text.Of($"The scheduler did not say whether sync cycles start."), evidence, at,
                Text.Of($"On the sync server look at SyncCycleEnabled of Get-ADSyncScheduler."))
            : new Answer(Verdict.Pass, Text.Of($"Sync cycles start by themselves."), evidence, at);
    }

    private static string Word(bool? value) => value?.ToString() ?? "not shown";
}
