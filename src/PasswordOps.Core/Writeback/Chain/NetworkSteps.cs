using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>The look at the way from this machine to the cloud.</summary>
public static class NetworkSteps
{
    // What is left of the look's time must do for the test itself.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Makes the look.</summary>
    /// <param name="probe">The network.</param>
    /// <param name="options">What to test for.</param>
    /// <param name="findRelays">Finds the tenant's own relays, in the events of its sync server; null where there are none to read. Where
    /// it finds none, fails, or takes more than two seconds, the names of the options serve.</param>
    /// <param name="clock">Time.</param>
    /// <returns>The look.</returns>
    public static ChainStep Of(
        INetworkProbe probe, ConnectionOptions options, Func<CancellationToken, Task<IReadOnlyList<RelayName>>>? findRelays, IClock clock)
    {
        if (probe is null)
        {
            throw new ArgumentNullException(nameof(probe));
        }

        return new ChainStep(ChainLink.Network, probe.Machine, async stop =>
        {
            IReadOnlyList<RelayName> relays = await FindAsync(findRelays, stop).ConfigureAwait(false);
            ConnectionOptions whole = relays.Count > 0 ? options with { Relays = relays } : options;
            ConnectionReport report = await WritebackConnection.TestAsync(probe, whole, clock, null, stop).ConfigureAwait(false);
            return new ChainFindings { Checks = report.Checks, Limits = report.Limits };
        });
    }

    private static async Task<IReadOnlyList<RelayName>> FindAsync(
        Func<CancellationToken, Task<IReadOnlyList<RelayName>>>? find, CancellationToken stop)
    {
        if (find is null)
        {
            return Array.Empty<RelayName>();
        }

        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<IReadOnlyList<RelayName>> finding = Task.Run(() => find(patience.Token), CancellationToken.None);
        Task first = await Task.WhenAny(finding, Task.Delay(Patience, patience.Token)).ConfigureAwait(false);
        patience.Cancel();
        stop.ThrowIfCancellationRequested();
        if (first != finding)
        {
            _ = finding.ContinueWith(
                task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return Array.Empty<RelayName>();
        }

        try
        {
            return await finding.ConfigureAwait(false);
        }
        catch (PasswordOpsException)
        {
            // Evidence that cannot be read is told by the links that judge it.
            return Array.Empty<RelayName>();
        }
    }
}
