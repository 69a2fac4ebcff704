using System;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>The look at the connector account's rights in a domain.</summary>
public static class RightsSteps
{
    /// <summary>Makes the look.</summary>
    /// <param name="server">Name of the domain controller, for people.</param>
    /// <param name="open">Opens it; the look disposes of it.</param>
    /// <param name="account">The connector account; null to look for one.</param>
    /// <param name="clock">Time.</param>
    /// <returns>The look, at some users of each container: one of all takes its time, and Test-WritebackPermission takes it.</returns>
    public static ChainStep Of(
        string server, Func<CancellationToken, Task<IDirectoryRights>> open, string? account, IClock clock) =>
        new(ChainLink.Rights, server, async stop =>
        {
            using IDirectoryRights rights = await open(stop).ConfigureAwait(false);
            RightsReport report = await WritebackRights.TestAsync(rights, new RightsOptions { Account = account }, clock, null, stop)
                .ConfigureAwait(false);
            return new ChainFindings { Checks = report.Checks, Limits = report.Notes };
        });
}
