using System;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Is the .NET Framework new enough for the listener?</summary>
internal sealed class ServerFrameworkCheck : ServerCheck<FrameworkRelease>
{
    private const long Least = 461_808;
    private const long Recommended = 528_040;

    public ServerFrameworkCheck()
        : base("writeback.server.framework", "Microsoft Entra troubleshoot-sspr-writeback (2024-06-24)", server => server.Framework)
    {
    }

    protected override Answer Judge(FrameworkRelease value, ServerFacts facts, string how)
    {
        DateTimeOffset at = facts.Server.CollectedAt;
        string evidence = FormattableString.Invariant($"Release {value.Release} ({how})");
        string install = Text.Of($"Install .NET Framework 4.8 or later on the sync server and restart it.");
        return value.Release < Least
            ? new Answer(Verdict.Fail, Text.Of($".NET Framework is older than 4.7.2, the least for Entra Connect Sync."), evidence, at,
                install)
            : value.Release < Recommended
                ? new Answer(Verdict.Warn, Text.Of($".NET Framework is 4.7.2; 4.8 is recommended for writeback."), evidence, at, install)
                : new Answer(Verdict.Pass, Text.Of($".NET Framework is 4.8 or later."), evidence, at);
    }
}
