using System;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Judges whether the connector account has in Active Directory what password writeback needs.</summary>
public static class WritebackRights
{
    /// <summary>
    /// Reads one domain and judges it. What may not be read makes answers Unknown; a connection that breaks while users are read leaves a
    /// report of those that were.
    /// </summary>
    /// <param name="rights">Connection to a domain controller of the domain.</param>
    /// <param name="options">What to judge.</param>
    /// <param name="clock">Time.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The report.</returns>
    /// <exception cref="PasswordOpsException">The domain or the account could not be asked for at all.</exception>
    public static Task<RightsReport> TestAsync(
        IDirectoryRights rights, RightsOptions options, IClock clock, IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        if (rights is null)
        {
            throw new ArgumentNullException(nameof(rights));
        }

        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        return new RightsRun(rights, options, clock, progress).RunAsync(stop);
    }
}
