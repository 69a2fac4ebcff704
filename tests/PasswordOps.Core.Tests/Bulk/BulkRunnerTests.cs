using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Core.Tests.Bulk;

public class BulkRunnerTests
{
    [Fact]
    public async Task Every_item_is_handled_once_and_no_more_chunks_than_allowed_run_at_once()
    {
        ConcurrentBag<int> handled = new();
        int running = 0;
        int most = 0;
        BulkRunner runner = new("test", 7, 4, SystemClock.Instance);
        await runner.RunAsync(
            Enumerable.Range(0, 1000).ToArray(),
            async (chunk, settle) =>
            {
                int now = Interlocked.Increment(ref running);
                lock (handled)
                {
                    most = Math.Max(most, now);
                }

                await Task.Delay(1, settle);
                foreach (int item in chunk)
                {
                    handled.Add(item);
                }

                Interlocked.Decrement(ref running);
            },
            null,
            CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 1000), handled.OrderBy(item => item));
        Assert.InRange(most, 2, 4);
    }

    [Fact]
    public async Task After_a_stop_what_runs_may_settle_and_nothing_new_begins()
    {
        using CancellationTokenSource stop = new();
        int begun = 0;
        int settled = 0;
        BulkRunner runner = new("test", 1, 2, SystemClock.Instance);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync(
            Enumerable.Range(0, 100).ToArray(),
            async (_, settle) =>
            {
                if (Interlocked.Increment(ref begun) == 2)
                {
                    stop.Cancel();
                }

                await Task.Delay(50, settle);
                Interlocked.Increment(ref settled);
            },
            null,
            stop.Token));
        Assert.Equal(2, begun);
        Assert.Equal(2, settled);
    }

    [Fact]
    public async Task A_fault_ends_the_run_and_is_told()
    {
        BulkRunner runner = new("test", 1, 2, SystemClock.Instance);
        TaskCompletionSource<bool> faulted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int handled = 0;
        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.RunAsync(
            Enumerable.Range(0, 1000).ToArray(),
            async (chunk, settle) =>
            {
                // The first chunk outlasts the fault, so that its worker is the one that has to stop.
                if (chunk[0] == 0)
                {
                    await faulted.Task;
                }

                await Task.Delay(1, settle);
                if (chunk[0] == 5)
                {
                    faulted.SetResult(true);
                    throw new InvalidOperationException();
                }

                Interlocked.Increment(ref handled);
            },
            null,
            CancellationToken.None));
        Assert.True(handled < 999);
    }

    [Fact]
    public async Task Progress_counts_up_to_the_end()
    {
        List<BulkProgress> told = new();
        BulkRunner runner = new("Reading", 10, 1, new FakeClock());
        await runner.RunAsync(Enumerable.Range(0, 35).ToArray(), (_, _) => Task.CompletedTask, new Recorder(told), CancellationToken.None);
        Assert.Equal(new long[] { 10, 20, 30, 35 }, told.Select(progress => progress.Done));
        Assert.All(told, progress => Assert.Equal(35, progress.Total));
    }

    [Fact]
    public async Task What_chunks_give_comes_in_order_and_the_source_is_not_read_far_ahead()
    {
        int taken = 0;
        int given = 0;
        int farthest = 0;
        List<int> got = new();
        BulkRunner runner = new("test", 10, 4, SystemClock.Instance);
        Random random = new(1);
        await runner.RunInOrderAsync(
            Source(),
            null,
            async chunk =>
            {
                int wait;
                lock (random)
                {
                    wait = chunk[0] == 0 ? 100 : random.Next(3);
                }

                await Task.Delay(wait);
                return chunk;
            },
            chunk =>
            {
                got.AddRange(chunk);
                given += chunk.Count;
            },
            null,
            CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 5003), got);
        Assert.True(farthest <= 10 * ((4 * 4) + 2), $"{farthest} items ahead");

        IEnumerable<int> Source()
        {
            for (; taken < 5003; taken++)
            {
                farthest = Math.Max(farthest, taken - Volatile.Read(ref given));
                yield return taken;
            }
        }
    }

    [Fact]
    public async Task A_source_that_breaks_ends_the_run()
    {
        BulkRunner runner = new("test", 10, 4, SystemClock.Instance);
        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.RunInOrderAsync(
            Enumerable.Range(0, 1000).Select(i => i < 500 ? i : throw new InvalidOperationException()), null,
            chunk => Task.FromResult(chunk.Count), _ => { }, null, CancellationToken.None));
    }

    private sealed class Recorder : IProgress<BulkProgress>
    {
        private readonly List<BulkProgress> told;

        public Recorder(List<BulkProgress> told) => this.told = told;

        public void Report(BulkProgress value) => told.Add(value);
    }
}
