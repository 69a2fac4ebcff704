using System;
using System.Threading.Tasks;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>The look at the way from this machine to the cloud.</summary>
public static class NetworkSteps
{
    /// <summary>Makes the look.</summary>
    /// <param name="probe">The network.</param>
    /// <param name="options">What to test for.</param>
    /// <param name="clock">Time.</param>
    /// <returns>The look.</returns>
    public static ChainStep Of(INetworkProbe probe, ConnectionOptions options, IClock clock)
    {
        if (probe is null)
        {
            throw new ArgumentNullException(nameof(probe));
        }

        return new ChainStep(ChainLink.Network, probe.Machine, async stop =>
        {
            ConnectionReport report = await WritebackConnection.TestAsync(probe, options, clock, null, stop).ConfigureAwait(false);
            return new ChainFindings { Checks = report.Checks, Limits = report.Limits };
        });
    }
}
