using System;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Is the provisioning agent of cloud sync, where there is one, fit for writeback? Judged by its own rules.</summary>
internal sealed class CloudSyncAgentCheck : ServerCheck<ProvisioningAgent>
{
    private static readonly Version Least = new(1, 1, 977, 0);

    public CloudSyncAgentCheck()
        : base("writeback.cloudSync.agent", "Microsoft Entra tutorial-enable-cloud-sync-sspr-writeback (2023-09-13)",
            server => server.Agent)
    {
    }

    protected override Answer Judge(ProvisioningAgent value, ServerFacts facts, string how)
    {
        DateTimeOffset at = facts.Server.CollectedAt;
        if (!value.IsInstalled)
        {
            return new Answer(Verdict.NotApplicable, Text.Of($"No provisioning agent of cloud sync is on this server."), how, at);
        }

        string account = value.IsManagedAccount switch { true => "gMSA", false => "another account", null => "account unknown" };
        string evidence = $"{value.Version ?? "version unknown"}, {value.State ?? "state unknown"}, {account} ({how})";
        if (ConnectVersion.Read(value.Version ?? string.Empty) is not Version version)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"The version of the provisioning agent is not known."), evidence, at,
                Text.Of($"Look at the properties of AADConnectProvisioningAgent.exe on the server."));
        }

        if (version < Least)
        {
            return new Answer(
                Verdict.Fail, Text.Of($"Provisioning agent {version} writes no password back; {Least} is the least."), evidence, at,
                Text.Of($"Install the newest provisioning agent from the Entra admin center over the old one."));
        }

        if (!string.Equals(value.State, "Running", StringComparison.OrdinalIgnoreCase))
        {
            return new Answer(
                Verdict.Warn, Text.Of($"The provisioning agent of this server does not run; others may serve in its place."), evidence, at,
                Text.Of($"Start the service AADConnectProvisioningAgent."));
        }

        return value.IsManagedAccount == false
            ? new Answer(
                Verdict.Warn, Text.Of($"The provisioning agent does not work as a group managed service account."), evidence, at,
                Text.Of($"Run the agent's wizard again and let it make a group managed service account."))
            : new Answer(
                Verdict.Pass, Text.Of($"Provisioning agent {version} runs; it has no published table of events."), evidence, at);
    }
}
