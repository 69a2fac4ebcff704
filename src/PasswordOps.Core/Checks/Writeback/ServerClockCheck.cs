using System;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Does the sync server's clock agree with the domain's?</summary>
internal sealed class ServerClockCheck : ServerCheck<ServerClock>
{
    private static readonly TimeSpan Close = TimeSpan.FromMinutes(1);

    public ServerClockCheck()
        : base("writeback.server.clock", "KB 3185990 (2020-05-22); Kerberos bears 5 minutes", server => server.Clock)
    {
    }

    protected override Answer Judge(ServerClock value, ServerFacts facts, string how)
    {
        DateTimeOffset at = facts.Server.CollectedAt;
        string evidence = FormattableString.Invariant($"{value.Offset.TotalSeconds:+0;-0;0} s beside {value.Reference} ({how})");
        TimeSpan apart = value.Offset.Duration();
        string fix = Text.Of($"Run w32tm /resync on the sync server and look at its time source.");
        return apart > DomainController.ToleratedSkew
            ? new Answer(
                Verdict.Fail, Text.Of($"The sync server's clock is {apart.TotalMinutes:0} minutes off: it gets no token and no ticket."),
                evidence, at, fix)
            : apart > Close
                ? new Answer(Verdict.Warn, Text.Of($"The sync server's clock is {apart.TotalSeconds:0} seconds off."), evidence, at, fix)
                : new Answer(Verdict.Pass, Text.Of($"The sync server's clock agrees with {value.Reference}."), evidence, at);
    }
}
