using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Directory;

/// <summary>Reads standings of users, out of the tenant's lists where these are read.</summary>
internal static class Standings
{
    /// <summary>Reads them.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="userIds">Object ids.</param>
    /// <param name="everybody">The tenant's lists, on their way; null reads each user.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>One reading a user.</returns>
    public static async Task<IReadOnlyList<Reading<Standing>>> ReadAsync(
        IDirectory directory, IReadOnlyList<string> userIds, Task<Reading<ITenantStandings>>? everybody, CancellationToken stop)
    {
        Reading<Standing>?[] read = new Reading<Standing>?[userIds.Count];
        if (everybody is not null)
        {
            Reading<ITenantStandings> tenant = await everybody.ConfigureAwait(false);

            // Whoever may not see the lists may still see single accounts; a service that nobody reaches shows neither.
            bool lost = tenant.Error?.Kind is ErrorKind.Connection or ErrorKind.Timeout or ErrorKind.Busy or ErrorKind.Authentication;
            for (int i = 0; i < userIds.Count; i++)
            {
                read[i] = tenant.IsKnown ? tenant.Value.Of(userIds[i]) : lost ? Reading.Failed<Standing>(tenant.Error!, tenant.At) : null;
            }
        }

        int[] open = Enumerable.Range(0, userIds.Count).Where(i => read[i] is null).ToArray();
        if (open.Length > 0)
        {
            IReadOnlyList<Reading<Standing>> rest =
                await directory.GetStandingsAsync(open.Select(i => userIds[i]).ToArray(), stop).ConfigureAwait(false);
            for (int i = 0; i < open.Length; i++)
            {
                read[open[i]] = rest[i];
            }
        }

        return read!;
    }
}
