using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Bulk;

/// <summary>
/// Carries out work over many items in chunks, several chunks at once. When it is stopped it begins nothing new and lets what is under way
/// settle within a bound: a write with unknown outcome is worse than a slow stop.
/// </summary>
public sealed class BulkRunner
{
    /// <summary>How long work that is under way may take to settle after a stop.</summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(10);

    private readonly string activity;
    private readonly int chunkSize;
    private readonly int concurrency;
    private readonly IClock clock;

    /// <summary>Creates a runner.</summary>
    /// <param name="activity">What is being done, for progress.</param>
    /// <param name="chunkSize">Items a chunk.</param>
    /// <param name="concurrency">Chunks at once.</param>
    /// <param name="clock">Time.</param>
    public BulkRunner(string activity, int chunkSize, int concurrency, IClock clock)
    {
        this.activity = activity;
        this.chunkSize = chunkSize;
        this.concurrency = concurrency;
        this.clock = clock;
    }

    /// <summary>Runs.</summary>
    /// <typeparam name="T">An item.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="work">Handles one chunk; its token is cancelled only when the time to settle is over. Work that only reads may end at
    /// once by the token that stops the run.</param>
    /// <param name="progress">Told how far it is after each chunk; may be null.</param>
    /// <param name="stop">Stops: no new chunk begins.</param>
    /// <returns>A task that ends when no work is under way any more.</returns>
    /// <exception cref="OperationCanceledException">It was stopped, and what was under way has settled.</exception>
    public async Task RunAsync<T>(
        IReadOnlyList<T> items, Func<IReadOnlyList<T>, CancellationToken, Task> work, IProgress<BulkProgress>? progress,
        CancellationToken stop)
    {
        DateTimeOffset start = clock.UtcNow;
        int next = 0;
        long done = 0;
        using CancellationTokenSource settle = new();
        using CancellationTokenSource failed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using CancellationTokenRegistration bound = stop.Register(() => settle.CancelAfter(SettleTime));

        Task[] workers = Enumerable.Range(0, Math.Max(1, Math.Min(concurrency, (items.Count + chunkSize - 1) / chunkSize)))
            .Select(_ => WorkAsync())
            .ToArray();
        await Task.WhenAll(workers).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();

        async Task WorkAsync()
        {
            while (!failed.IsCancellationRequested)
            {
                int first = Interlocked.Add(ref next, chunkSize) - chunkSize;
                if (first >= items.Count)
                {
                    return;
                }

                int count = Math.Min(chunkSize, items.Count - first);
                T[] chunk = new T[count];
                for (int i = 0; i < count; i++)
                {
                    chunk[i] = items[first + i];
                }

                try
                {
                    await work(chunk, settle.Token).ConfigureAwait(false);
                }
                catch
                {
                    // One worker's fault ends the run: the others finish their chunk and take no new one.
                    failed.Cancel();
                    throw;
                }

                progress?.Report(Progress(Interlocked.Add(ref done, count), items.Count, clock.UtcNow - start));
            }
        }
    }

    private BulkProgress Progress(long done, long total, TimeSpan elapsed)
    {
        double perSecond = elapsed.TotalSeconds > 0 ? done / elapsed.TotalSeconds : 0;
        TimeSpan? remaining = perSecond > 0 ? TimeSpan.FromSeconds((total - done) / perSecond) : null;
        return new BulkProgress(activity, done, total, perSecond, remaining);
    }
}
