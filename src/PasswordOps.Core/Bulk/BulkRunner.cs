using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Bulk;

/// <summary>
/// Carries out work over many items in chunks, several chunks at once; the items are taken from their source as they are needed. When it is
/// stopped it begins nothing new and lets what is under way settle within a bound: a write with unknown outcome is worse than a slow stop.
/// </summary>
public sealed class BulkRunner
{
    /// <summary>How long work that is under way may take to settle after a stop.</summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(10);

    // How many chunks may be ahead of the one whose turn it is, for each chunk that runs at once: one slow chunk must not idle the others,
    // and what waits for its turn takes memory.
    private const int AheadForEach = 4;

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
    /// <param name="items">The items; gone through once, by one thread at a time.</param>
    /// <param name="total">How many there are; null where that is not known.</param>
    /// <param name="work">Handles one chunk; its token is cancelled only when the time to settle is over. Work that only reads may end at
    /// once by the token that stops the run.</param>
    /// <param name="progress">Told how far it is after each chunk; may be null.</param>
    /// <param name="stop">Stops: no new chunk begins.</param>
    /// <returns>A task that ends when no work is under way any more.</returns>
    /// <exception cref="OperationCanceledException">It was stopped, and what was under way has settled.</exception>
    public Task RunAsync<T>(
        IEnumerable<T> items, long? total, Func<IReadOnlyList<T>, CancellationToken, Task> work, IProgress<BulkProgress>? progress,
        CancellationToken stop) => RunAsync(items, total, work, null, progress, stop);

    /// <summary>Runs over a list.</summary>
    /// <typeparam name="T">An item.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="work">Handles one chunk.</param>
    /// <param name="progress">Told how far it is after each chunk; may be null.</param>
    /// <param name="stop">Stops: no new chunk begins.</param>
    /// <returns>A task that ends when no work is under way any more.</returns>
    /// <exception cref="OperationCanceledException">It was stopped, and what was under way has settled.</exception>
    public Task RunAsync<T>(
        IReadOnlyList<T> items, Func<IReadOnlyList<T>, CancellationToken, Task> work, IProgress<BulkProgress>? progress,
        CancellationToken stop) => RunAsync(items, items.Count, work, null, progress, stop);

    /// <summary>Runs work that gives something for each chunk, and hands that on in the order of the items.</summary>
    /// <typeparam name="TIn">An item.</typeparam>
    /// <typeparam name="TOut">What a chunk gives.</typeparam>
    /// <param name="items">The items; gone through once, by one thread at a time.</param>
    /// <param name="total">How many there are; null where that is not known.</param>
    /// <param name="work">Handles one chunk.</param>
    /// <param name="emit">Takes what a chunk gave; called by one thread at a time.</param>
    /// <param name="progress">Told how far it is after each chunk; may be null.</param>
    /// <param name="stop">Stops: no new chunk begins.</param>
    /// <returns>A task that ends when no work is under way any more.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task RunInOrderAsync<TIn, TOut>(
        IEnumerable<TIn> items, long? total, Func<IReadOnlyList<TIn>, Task<TOut>> work, Action<TOut> emit,
        IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        object gate = new();
        Dictionary<long, TOut> early = new();
        long turn = 0;
        using SemaphoreSlim ahead = new(concurrency * AheadForEach);
        BulkRunner chunks = new(activity, 1, concurrency, clock);
        await chunks.RunAsync(
            Chunked(items),
            total is long known ? (known + chunkSize - 1) / chunkSize : null,
            async (one, _) =>
            {
                (long place, IReadOnlyList<TIn> chunk) = one[0];
                TOut given = await work(chunk).ConfigureAwait(false);
                lock (gate)
                {
                    early.Add(place, given);
                    while (early.TryGetValue(turn, out TOut? next))
                    {
                        early.Remove(turn++);
                        ahead.Release();
                        emit(next);
                    }
                }
            },
            ahead,
            progress is null ? null : new Scaled(progress, chunkSize, total),
            stop).ConfigureAwait(false);
    }

    // The turnstile lets a worker through to its next chunk; null lets everybody through.
    private async Task RunAsync<T>(
        IEnumerable<T> items, long? total, Func<IReadOnlyList<T>, CancellationToken, Task> work, SemaphoreSlim? turnstile,
        IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        DateTimeOffset start = clock.UtcNow;
        long done = 0;
        object gate = new();
        using IEnumerator<T> source = items.GetEnumerator();
        bool isEmpty = false;
        using CancellationTokenSource settle = new();
        using CancellationTokenSource failed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using CancellationTokenRegistration bound = stop.Register(() => settle.CancelAfter(SettleTime));

        long chunks = total is long known ? (known + chunkSize - 1) / chunkSize : concurrency;
        await Task.WhenAll(Enumerable.Range(0, (int)Math.Max(1, Math.Min(concurrency, chunks))).Select(_ => WorkAsync()).ToArray())
            .ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();

        async Task WorkAsync()
        {
            while (!failed.IsCancellationRequested)
            {
                try
                {
                    if (turnstile is not null)
                    {
                        await turnstile.WaitAsync(failed.Token).ConfigureAwait(false);
                    }

                    List<T> chunk = Take();
                    if (chunk.Count == 0)
                    {
                        turnstile?.Release();
                        return;
                    }

                    await work(chunk, settle.Token).ConfigureAwait(false);
                    progress?.Report(Progress(Interlocked.Add(ref done, chunk.Count), total, clock.UtcNow - start));
                }
                catch (OperationCanceledException) when (failed.IsCancellationRequested && !settle.IsCancellationRequested)
                {
                    return;
                }
                catch
                {
                    // One worker's fault ends the run: the others finish their chunk and take no new one.
                    failed.Cancel();
                    throw;
                }
            }
        }

        List<T> Take()
        {
            List<T> chunk = new(chunkSize);
            lock (gate)
            {
                while (chunk.Count < chunkSize && !isEmpty && !failed.IsCancellationRequested)
                {
                    if (source.MoveNext())
                    {
                        chunk.Add(source.Current);
                    }
                    else
                    {
                        isEmpty = true;
                    }
                }
            }

            return chunk;
        }
    }

    private IEnumerable<(long Place, IReadOnlyList<T> Chunk)> Chunked<T>(IEnumerable<T> items)
    {
        long place = 0;
        List<T> chunk = new(chunkSize);
        foreach (T item in items)
        {
            chunk.Add(item);
            if (chunk.Count == chunkSize)
            {
                yield return (place++, chunk);
                chunk = new(chunkSize);
            }
        }

        if (chunk.Count > 0)
        {
            yield return (place, chunk);
        }
    }

    private BulkProgress Progress(long done, long? total, TimeSpan elapsed)
    {
        double perSecond = elapsed.TotalSeconds > 0 ? done / elapsed.TotalSeconds : 0;
        TimeSpan? remaining = total is long all && perSecond > 0 ? TimeSpan.FromSeconds((all - done) / perSecond) : null;
        return new BulkProgress(activity, done, total, perSecond, remaining);
    }

    /// <summary>Tells of items where chunks are counted.</summary>
    private sealed class Scaled : IProgress<BulkProgress>
    {
        private readonly IProgress<BulkProgress> told;
        private readonly int by;
        private readonly long? total;

        public Scaled(IProgress<BulkProgress> told, int by, long? total)
        {
            this.told = told;
            this.by = by;
            this.total = total;
        }

        public void Report(BulkProgress value) => told.Report(value with
        {
            Done = total is long all ? Math.Min(all, value.Done * by) : value.Done * by, Total = total, PerSecond = value.PerSecond * by,
        });
    }
}
