using System;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Is writeback switched on in the connector to Entra ID?</summary>
internal sealed class ServerWritebackCheck : ServerCheck<WritebackSetting>
{
    public ServerWritebackCheck()
        : base("writeback.server.writeback", "Azure AD password management, getting started (2017-03-08)", server => server.Writeback)
    {
    }

    protected override Answer Judge(WritebackSetting value, ServerFacts facts, string how)
    {
        DateTimeOffset at = facts.Server.CollectedAt;
        string evidence = $"Enabled {value.IsEnabled} ({how})";
        return value.IsEnabled
            ? new Answer(Verdict.Pass, Text.Of($"Writeback is switched on in the connector to Entra ID."), evidence, at)
            : new Answer(
                Verdict.Fail, Text.Of($"Writeback is switched off in the connector to Entra ID."), evidence, at,
                Text.Of($"Enable password writeback in the Connect wizard, with a cloud-only administrator."));
    }
}
