using System;
using PasswordOps.Core.Writeback;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Is the evidence of the sync server whole, and of today?</summary>
internal sealed class ServerEvidenceCheck : Check<ServerFacts>
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public ServerEvidenceCheck()
        : base("writeback.server.evidence", "Get-WritebackEvidence.ps1 (PasswordOps docs/writeback-health.md)")
    {
    }

    protected override Answer Decide(ServerFacts facts)
    {
        SyncServer server = facts.Server;
        string evidence = FormattableString.Invariant(
            $"{server.Computer}, {server.Tool}, format {server.Schema}, collected {When.Stamp(server.CollectedAt)}");
        TimeSpan age = facts.Now - server.CollectedAt;
        if (age < -ClockTolerance)
        {
            return new Answer(
                Verdict.Warn,
                Text.Of($"The evidence is from {When.Long(age.Negate())} in the future: the clock of the sync server or of this machine "
                    + $"is wrong."),
                evidence, server.CollectedAt, Text.Of($"Set the clocks and collect again; a server whose clock is wrong gets no token."));
        }

        if (server.Notes.Count > 0)
        {
            return new Answer(
                Verdict.Warn, string.Join(" ", server.Notes), evidence, server.CollectedAt,
                Text.Of($"Save the collector of this version with Get-WritebackHealth -SaveCollector and run it again on the sync "
                    + $"server."));
        }

        return age > Fresh
            ? new Answer(
                Verdict.Unknown,
                Text.Of($"The evidence was collected {When.Long(age)} ago and is judged as of then; what followed is not in it."),
                evidence, server.CollectedAt, Text.Of($"Run the collector again on the sync server."))
            : new Answer(
                Verdict.Pass, Text.Of($"Collected on {server.Computer} {When.Long(age)} ago."), evidence, server.CollectedAt);
    }
}
