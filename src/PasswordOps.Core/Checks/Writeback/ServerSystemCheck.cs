using System;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Does the sync server run a Windows that Entra Connect Sync is made for?</summary>
internal sealed class ServerSystemCheck : ServerCheck<ServerSystem>
{
    private const int Server2016 = 14393;
    private const int Workstation = 1;
    private const int DomainController = 2;

    public ServerSystemCheck()
        : base("writeback.server.system", "Microsoft Entra Connect prerequisites; SSPR_0029 (2022-08-17)", server => server.Windows)
    {
    }

    protected override Answer Judge(ServerSystem value, ServerFacts facts, string how)
    {
        DateTimeOffset at = facts.Server.CollectedAt;
        string evidence = FormattableString.Invariant($"{value.Caption}, build {value.Build}, product type {value.ProductType} ({how})");
        if (value.Build < Server2016 || value.ProductType == Workstation)
        {
            return new Answer(
                Verdict.Warn, Text.Of($"{value.Caption} is not a Windows that Entra Connect Sync is made for: Server 2016 or later."),
                evidence, at, Text.Of($"Move Entra Connect Sync to a member server with Windows Server 2016 or later."));
        }

        return value.ProductType == DomainController
            ? new Answer(
                Verdict.Warn,
                Text.Of($"Entra Connect Sync runs on a domain controller, where the connector account's rights are fragile."),
                evidence, at, Text.Of($"Move Entra Connect Sync to a member server when writeback is refused for no other reason."))
            : new Answer(Verdict.Pass, Text.Of($"{value.Caption} is a Windows that Entra Connect Sync is made for."), evidence, at);
    }
}
