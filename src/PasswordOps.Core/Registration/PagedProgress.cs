using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Registration;

/// <summary>Reads all users page by page and tells how far it is, out of a count that is asked for meanwhile.</summary>
internal static class PagedProgress
{
    /// <summary>Makes the reading.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="activity">What is being done.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="clock">Time.</param>
    /// <returns>Reads the users.</returns>
    public static Func<Action<IReadOnlyList<DirectoryUser>>, CancellationToken, Task> Over(
        IDirectory directory, string activity, IProgress<BulkProgress>? progress, IClock clock) =>
        progress is null ? directory.ReadUsersAsync : async (take, stop) =>
        {
            DateTimeOffset start = clock.UtcNow;
            long done = 0;
            Task<int?> counting = directory.CountUsersAsync(stop);
            await directory.ReadUsersAsync(
                page =>
                {
                    take(page);
                    done += page.Count;
                    long? total = counting.Status == TaskStatus.RanToCompletion ? Counted(counting) : null;
                    double seconds = (clock.UtcNow - start).TotalSeconds;
                    double rate = seconds > 0 ? done / seconds : 0;
                    TimeSpan? left = total is long all && rate > 0 ? TimeSpan.FromSeconds(Math.Max(0, all - done) / rate) : null;
                    progress.Report(new BulkProgress(activity, done, total, rate, left));
                },
                stop).ConfigureAwait(false);
            await counting.ConfigureAwait(false);
        };

    // Only called when the task has ended.
    private static long? Counted(Task<int?> counting) => counting.GetAwaiter().GetResult();
}
