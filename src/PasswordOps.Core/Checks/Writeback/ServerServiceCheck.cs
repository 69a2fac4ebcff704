using System;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Does the service ADSync run, within which the listener lives?</summary>
internal sealed class ServerServiceCheck : ServerCheck<ServiceState>
{
    public ServerServiceCheck()
        : base("writeback.server.service", "Microsoft Entra troubleshoot-sspr-writeback (2024-06-24)", server => server.Service)
    {
    }

    protected override Answer Judge(ServiceState value, ServerFacts facts, string how)
    {
        DateTimeOffset at = facts.Server.CollectedAt;
        string processes = value.Processes is int count ? FormattableString.Invariant($", {count} x miiserver") : string.Empty;
        string evidence = $"{value.State}, start {value.StartMode ?? "unknown"}{processes} ({how})";
        string start = Text.Of($"Start the service ADSync (Microsoft Azure AD Sync), set it to start by itself, and look for event 31015.");
        if (!value.IsRunning)
        {
            return new Answer(Verdict.Fail, Text.Of($"The service ADSync does not run: {value.State}."), evidence, at, start);
        }

        if (value.Processes == 0)
        {
            return new Answer(
                Verdict.Warn, Text.Of($"The service ADSync says that it runs, but there is no process miiserver."), evidence, at,
                Text.Of($"Restart the service ADSync and look for event 31015."));
        }

        return value.StartMode is string mode && !mode.StartsWith("Auto", StringComparison.OrdinalIgnoreCase)
            ? new Answer(
                Verdict.Warn, Text.Of($"The service ADSync runs, but would not start by itself: {mode}."), evidence, at, start)
            : new Answer(Verdict.Pass, Text.Of($"The service ADSync runs."), evidence, at);
    }
}
