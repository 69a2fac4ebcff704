using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Core.Tests.Bulk;

public class PaceTests
{
    private readonly HandClock clock = new();
    private readonly Pace pace;

    public PaceTests() => pace = new Pace(clock, 8);

    [Fact]
    public async Task A_held_budget_holds_no_other()
    {
        PacePass pass = await pace.EnterAsync(PaceBudget.MethodWrites, 5, true, CancellationToken.None);
        pass.Answered(Refused(5, 10));

        Task<PacePass> held = pace.EnterAsync(PaceBudget.MethodWrites, 5, true, CancellationToken.None);
        PacePass other = await pace.EnterAsync(PaceBudget.DirectoryWrites, 7, true, CancellationToken.None);

        Assert.Equal(7, other.Count);
        Assert.False(held.IsCompleted);
        clock.Pass(10);
        Assert.Equal(1, (await held).Count);
    }

    [Fact]
    public async Task No_more_batches_go_than_are_allowed_whatever_their_budgets()
    {
        List<PacePass> passes = new();
        foreach (PaceBudget budget in new[] { PaceBudget.DirectoryReads, PaceBudget.DirectoryWrites })
        {
            for (int i = 0; i < 8; i++)
            {
                // Small ones, so that only their number counts.
                Task<PacePass> entered = pace.EnterAsync(budget, 1, true, CancellationToken.None);
                if (entered.IsCompleted || passes.Count < 8)
                {
                    passes.Add(await entered);
                }
            }
        }

        Assert.Equal(8, passes.Count);
        PacePass single = await pace.EnterAsync(PaceBudget.DirectoryReads, 1, false, CancellationToken.None);
        Assert.Equal(1, single.Count);
    }

    [Fact]
    public async Task Who_is_stopped_waits_no_longer_and_takes_nothing()
    {
        PacePass pass = await pace.EnterAsync(PaceBudget.MethodWrites, 5, true, CancellationToken.None);
        pass.Answered(Refused(5, 10));
        using CancellationTokenSource stop = new();
        Task<PacePass> held = pace.EnterAsync(PaceBudget.MethodWrites, 5, true, stop.Token);
        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held);
        clock.Pass(10);
        Assert.Equal(5, Assert.Single(pace.Look()).Requests);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => pace.EnterAsync(PaceBudget.Reports, 1, true, new CancellationToken(true)));
    }

    [Fact]
    public async Task First_come_is_first_served()
    {
        PacePass pass = await pace.EnterAsync(PaceBudget.DirectoryWrites, 20, true, CancellationToken.None);
        Task<PacePass> first = pace.EnterAsync(PaceBudget.DirectoryWrites, 20, true, CancellationToken.None);
        Task<PacePass> second = pace.EnterAsync(PaceBudget.DirectoryWrites, 20, true, CancellationToken.None);
        pass.Answered(Refused(20, 3));
        clock.Pass(3);

        await first;
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task A_pass_that_is_thrown_away_does_not_stand_in_the_way()
    {
        for (int i = 0; i < 100; i++)
        {
            using PacePass pass = await pace.EnterAsync(PaceBudget.DirectoryReads, 20, true, CancellationToken.None);
        }

        Assert.Equal(2000, Assert.Single(pace.Look()).Requests);
    }

    [Fact]
    public async Task Hope_ends_when_nothing_was_admitted_for_five_minutes()
    {
        List<bool> hopes = new();
        DateTimeOffset began = clock.UtcNow;
        while (hopes.Count == 0 || hopes[hopes.Count - 1])
        {
            Task<PacePass> entered = pace.EnterAsync(PaceBudget.DirectoryWrites, 1, true, CancellationToken.None);
            while (await Task.WhenAny(entered, Task.Delay(2)) != entered)
            {
                clock.Pass(10);
            }

            hopes.Add((await entered).Answered(Refused(1, 1)));
        }

        Assert.InRange((clock.UtcNow - began).TotalMinutes, 5, 7);
        Assert.InRange(hopes.Count, 6, 25);
    }

    [Fact]
    public async Task A_wait_is_told_and_can_be_looked_at()
    {
        List<PaceState> told = new();
        pace.Held += told.Add;
        PacePass pass = await pace.EnterAsync(PaceBudget.MethodWrites, 5, true, CancellationToken.None);
        PacePass scout = await pace.EnterAsync(PaceBudget.MethodWrites, 5, true, CancellationToken.None);
        pass.Answered(PaceAnswer.Admitted);
        scout.Answered(Refused(1, 10));
        Task<PacePass> held = pace.EnterAsync(PaceBudget.MethodWrites, 5, true, CancellationToken.None);

        PaceState state = Assert.Single(pace.Look());
        Assert.Equal(state, Assert.Single(told));
        Assert.Equal((6, 1), (state.Requests, state.Refused));
        Assert.Equal(clock.UtcNow.AddSeconds(10), state.HeldUntil);
        Assert.InRange(state.PerSecond!.Value, 0.49, 0.5);
        clock.Pass(10.5);
        await held;
        Assert.Null(Assert.Single(pace.Look()).HeldUntil);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_holds_nobody()
    {
        PacePass pass = await pace.EnterAsync(PaceBudget.MethodWrites, 5, true, CancellationToken.None);
        pass.Answered(Refused(5, 10));
        Task<PacePass> held = pace.EnterAsync(PaceBudget.MethodWrites, 5, true, CancellationToken.None);
        DateTimeOffset set = clock.SetBack(3600);
        while (await Task.WhenAny(held, Task.Delay(2)) != held)
        {
            clock.Pass(1);
        }

        Assert.InRange((clock.UtcNow - set).TotalSeconds, 9, 120);
    }

    [Theory]
    [InlineData(PaceBudget.MethodWrites, 20.04, 12.0, "the service admits about 20 writes a second; next in 12 s")]
    [InlineData(PaceBudget.DirectoryReads, 0.5, null, "the service admits about 30 reads a minute")]
    [InlineData(PaceBudget.Reports, null, 2.2, "the service holds report requests back; next in 3 s")]
    [InlineData(PaceBudget.DirectoryWrites, null, null, "")]
    [InlineData(PaceBudget.DirectoryWrites, null, -1.0, "")]
    public void One_line_tells_it(PaceBudget budget, double? perSecond, double? seconds, string line)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            DateTimeOffset now = clock.UtcNow;
            Assert.Equal(line, new PaceState(budget, 1, 0, perSecond, seconds is double s ? now.AddSeconds(s) : null).Tell(now));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static PaceAnswer Refused(int count, double seconds) =>
        new() { Refused = count, RetryAfter = TimeSpan.FromSeconds(seconds) };

    /// <summary>Time that a test moves by hand.</summary>
    private sealed class HandClock : IClock
    {
        private readonly List<(TimeSpan At, TaskCompletionSource<bool> Done)> waits = new();
        private TimeSpan passed;
        private TimeSpan back;

        public DateTimeOffset UtcNow => new DateTimeOffset(2026, 8, 18, 9, 12, 44, TimeSpan.Zero) + passed - back;

        public Task DelayAsync(TimeSpan time, CancellationToken stop)
        {
            TaskCompletionSource<bool> done = new();
            lock (waits)
            {
                waits.Add((passed + time, done));
            }

            return done.Task;
        }

        public DateTimeOffset SetBack(double seconds)
        {
            back += TimeSpan.FromSeconds(seconds);
            return UtcNow;
        }

        public void Pass(double seconds)
        {
            (TimeSpan At, TaskCompletionSource<bool> Done)[] due;
            lock (waits)
            {
                passed += TimeSpan.FromSeconds(seconds);
                due = waits.Where(wait => wait.At <= passed).ToArray();
                waits.RemoveAll(wait => wait.At <= passed);
            }

            foreach ((TimeSpan _, TaskCompletionSource<bool> done) in due)
            {
                done.SetResult(true);
            }
        }
    }
}
