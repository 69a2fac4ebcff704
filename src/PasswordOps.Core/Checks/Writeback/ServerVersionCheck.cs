using System;
using System.Linq;
using PasswordOps.Core.Writeback;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Is the version of Entra Connect Sync one that still syncs, and is it supported?</summary>
internal sealed class ServerVersionCheck : ServerCheck<string>
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(60);

    public ServerVersionCheck()
        : base("writeback.server.version", "Hardening update to Microsoft Entra Connect Sync; Knowledge/connect-versions.tsv",
            server => server.EngineFile)
    {
    }

    private static string Upgrade => Text.Of($"Install the newest Entra Connect Sync from the Entra admin center over the old one.");

    protected override Answer Judge(string value, ServerFacts facts, string how)
    {
        DateTimeOffset at = facts.Server.CollectedAt;
        string configured = facts.Server.EngineConfiguration.Value is string engine ? $", the engine says {engine}" : string.Empty;
        string evidence = FormattableString.Invariant(
            $"{value} ({how}){configured}; table of {ConnectVersion.ReviewedOn:yyyy-MM-dd}");
        if (ConnectVersion.Read(value) is not Version version)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"'{Short(value)}' is no version of Entra Connect Sync."), evidence, at,
                Text.Of($"Look at the properties of miiserver.exe on the sync server."));
        }

        if (version < ConnectVersion.Of("first").Single().Version)
        {
            return new Answer(Verdict.Fail, Text.Of($"Version {version} knows no password writeback."), evidence, at, Upgrade);
        }

        ConnectVersion? floor = ConnectVersion.Of("floor").FirstOrDefault(row => version < row.Version);
        if (floor is not null)
        {
            string since = $"{floor.Date:yyyy-MM-dd}";
            return floor.Date <= facts.Now
                ? new Answer(
                    Verdict.Fail, Text.Of($"Version {version} does not sync any more since {since}: {floor.Version} is the least."),
                    evidence,
                    at, Upgrade)
                : new Answer(
                    Verdict.Warn, Text.Of($"Version {version} stops syncing on {since}: {floor.Version} is the least from then on."),
                    evidence,
                    at, Upgrade);
        }

        if (ConnectVersion.Of("recalled").Any(row => row.Version == version))
        {
            return new Answer(
                Verdict.Warn, Text.Of($"Version {version} is said to be recalled; no page of Microsoft at hand confirms it."), evidence, at,
                Text.Of($"Uninstall it and install a newer one from the Entra admin center."));
        }

        // The support of a version ends no later than that of a newer one.
        ConnectVersion? support = ConnectVersion.Of("supportEnds").Where(row => row.Version >= version).OrderBy(row => row.Version)
            .FirstOrDefault();
        if (support?.Date is DateTimeOffset last && last.AddDays(1) - facts.Now <= Soon)
        {
            string day = $"{last:yyyy-MM-dd}";
            return new Answer(
                Verdict.Warn,
                last.AddDays(1) <= facts.Now
                    ? Text.Of($"Version {version} is out of support since {day}, as pages say that quote Microsoft's.")
                    : Text.Of($"Version {version} leaves support on {day}, as pages say that quote Microsoft's."),
                evidence, at, Upgrade);
        }

        return version > ConnectVersion.All.Max(row => row.Version)
            ? new Answer(
                Verdict.Pass,
                Text.Of($"Version {version} is newer than what was known on {ConnectVersion.ReviewedOn:yyyy-MM-dd}; it still syncs."),
                evidence, at)
            : new Answer(Verdict.Pass, Text.Of($"Version {version} still syncs and is not known to be out of support."), evidence, at);
    }

    private static string Short(string value) => value.Length <= 40 ? value : value.Substring(0, 37) + "...";
}
