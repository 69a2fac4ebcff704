using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Bulk;

/// <summary>
/// When requests of one connection may go out, budget by budget, learned from what the service admits and refuses. Whoever sends asks
/// before and tells the answer after. Safe to use from several threads.
/// </summary>
public sealed class Pace
{
    private const int RefusalsInVain = 6;
    private static readonly TimeSpan LongestInVain = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(1);

    private readonly IClock clock;
    private readonly int batchesAtOnce;
    private readonly object gate = new();
    private readonly PaceMeter[] meters;
    private readonly LinkedList<Waiter> waiters = new();
    private readonly DateTimeOffset[] wakeUps;
    private readonly DateTimeOffset began;
    private DateTimeOffset latest;
    private TimeSpan setBack;
    private int batchesUnderWay;

    /// <summary>Makes a pace that has learned nothing yet.</summary>
    /// <param name="clock">Time.</param>
    /// <param name="batchesAtOnce">Most batches under way at the same time.</param>
    public Pace(IClock clock, int batchesAtOnce)
    {
        this.clock = clock;
        this.batchesAtOnce = batchesAtOnce;
        began = latest = clock.UtcNow;
        meters = Budgets.Select(budget => new PaceMeter(budget, batchesAtOnce)).ToArray();
        wakeUps = Budgets.Select(_ => DateTimeOffset.MaxValue).ToArray();
    }

    /// <summary>
    /// Told when requests begin to wait for the service for a second or longer. May come on any thread; must return at once.
    /// </summary>
    public event Action<PaceState>? Held;

    private static PaceBudget[] Budgets { get; } = (PaceBudget[])Enum.GetValues(typeof(PaceBudget));

    /// <summary>How the service treats each budget that was used so far.</summary>
    /// <returns>One state a budget.</returns>
    public IReadOnlyList<PaceState> Look()
    {
        lock (gate)
        {
            return Budgets.Where(budget => meters[(int)budget].Requests > 0).Select(StateOf).ToArray();
        }
    }

    /// <summary>Waits until requests may go out.</summary>
    /// <param name="budget">Which.</param>
    /// <param name="wanted">How many there are.</param>
    /// <param name="isBatch">False for one that goes by itself.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>Leave for some of them, one at least.</returns>
    internal async Task<PacePass> EnterAsync(PaceBudget budget, int wanted, bool isBatch, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        Waiter waiter = new(budget, wanted, isBatch);
        lock (gate)
        {
            waiters.AddLast(waiter);
        }

        using CancellationTokenRegistration ended = stop.Register(() => GiveUp(waiter, stop));
        Serve();
        return await waiter.Task.ConfigureAwait(false);
    }

    internal bool Answered(PacePass pass, PaceAnswer answer)
    {
        bool hasSense;
        lock (gate)
        {
            double now = Now();
            PaceMeter meter = meters[(int)pass.Budget];
            meter.Answered(now, pass.Sent, answer);
            batchesUnderWay -= pass.Sent.IsBatch ? 1 : 0;
            hasSense = meter.InVain < RefusalsInVain || now - meter.InVainSince < LongestInVain.TotalSeconds;
        }

        Serve();
        return hasSense;
    }

    /// <summary>Lets go whoever may go, in the order of coming, and sees to being back when the next one may.</summary>
    private void Serve()
    {
        List<(Waiter Waiter, PacePass Pass)> served = new();
        List<(PaceBudget Budget, DateTimeOffset At)> later = new();
        List<PaceState> held = new();
        lock (gate)
        {
            double now = Now();
            HashSet<(PaceBudget, bool)> full = new();
            for (LinkedListNode<Waiter>? node = waiters.First; node is not null;)
            {
                Waiter waiter = node.Value;
                LinkedListNode<Waiter>? next = node.Next;
                if (!(waiter.IsBatch && batchesUnderWay >= batchesAtOnce) && !full.Contains((waiter.Budget, waiter.IsBatch)))
                {
                    PaceMeter meter = meters[(int)waiter.Budget];
                    if (meter.TrySend(now, waiter.Wanted, waiter.IsBatch) is PaceSent sent)
                    {
                        waiters.Remove(node);
                        batchesUnderWay += waiter.IsBatch ? 1 : 0;
                        served.Add((waiter, new PacePass(this, waiter.Budget, sent)));
                    }
                    else
                    {
                        full.Add((waiter.Budget, waiter.IsBatch));
                        WakeUp(waiter.Budget, meter.AskAgainAt, later, held);
                    }
                }

                node = next;
            }
        }

        foreach ((Waiter waiter, PacePass pass) in served)
        {
            if (!waiter.TrySetResult(pass))
            {
                // Nobody waits any more: nothing was sent.
                pass.Dispose();
            }
        }

        held.ForEach(state => Held?.Invoke(state));
        foreach ((PaceBudget budget, DateTimeOffset at) in later)
        {
            _ = ComeBackAsync(budget, at);
        }
    }

    private void WakeUp(PaceBudget budget, double askAgainAt, List<(PaceBudget, DateTimeOffset)> later, List<PaceState> held)
    {
        if (double.IsPositiveInfinity(askAgainAt))
        {
            return;
        }

        DateTimeOffset at = began.AddTicks((long)Math.Ceiling(askAgainAt * TimeSpan.TicksPerSecond));
        ref DateTimeOffset planned = ref wakeUps[(int)budget];
        if (planned > latest && planned <= at)
        {
            return;
        }

        planned = at;
        later.Add((budget, at));
        if (at - latest >= WorthTelling)
        {
            held.Add(StateOf(budget));
        }
    }

    private async Task ComeBackAsync(PaceBudget budget, DateTimeOffset at)
    {
        TimeSpan wait;
        lock (gate)
        {
            Now();
            wait = at - latest;
        }

        // Timers count whole milliseconds and would wake up too early.
        wait = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds)));
        await clock.DelayAsync(wait, CancellationToken.None).ConfigureAwait(false);

        lock (gate)
        {
            if (wakeUps[(int)budget] == at)
            {
                wakeUps[(int)budget] = DateTimeOffset.MaxValue;
            }
        }

        Serve();
    }

    private void GiveUp(Waiter waiter, CancellationToken stop)
    {
        lock (gate)
        {
            waiters.Remove(waiter);
        }

        waiter.TrySetCanceled(stop);
    }

    private PaceState StateOf(PaceBudget budget)
    {
        PaceMeter meter = meters[(int)budget];
        DateTimeOffset wakeUp = wakeUps[(int)budget];
        bool isHeld = wakeUp > latest && wakeUp < DateTimeOffset.MaxValue && waiters.Any(waiter => waiter.Budget == budget);
        return new PaceState(budget, meter.Requests, meter.Refused, meter.Window?.PerSecond, isHeld ? wakeUp - setBack : null);
    }

    /// <summary>Seconds since the beginning. A clock that is set back does not take time with it.</summary>
    private double Now()
    {
        DateTimeOffset now = clock.UtcNow + setBack;
        if (now < latest)
        {
            setBack += latest - now;
            now = latest;
        }

        latest = now;
        return (now - began).TotalSeconds;
    }

    private sealed class Waiter : TaskCompletionSource<PacePass>
    {
        public Waiter(PaceBudget budget, int wanted, bool isBatch)
            : base(TaskCreationOptions.RunContinuationsAsynchronously)
        {
            Budget = budget;
            Wanted = wanted;
            IsBatch = isBatch;
        }

        public PaceBudget Budget { get; }

        public int Wanted { get; }

        public bool IsBatch { get; }
    }
}
