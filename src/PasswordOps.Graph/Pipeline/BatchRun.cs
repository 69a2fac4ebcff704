using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Graph.Pipeline;

/// <summary>Sends calls of one budget in batches as large as the pace allows, until each has its answer.</summary>
internal sealed class BatchRun
{
    private readonly GraphClient client;
    private readonly Pace pace;
    private readonly GraphOptions options;
    private readonly IReadOnlyList<GraphCall> calls;
    private readonly GraphAnswer?[] answers;
    private readonly Tries[] tries;
    private readonly bool areReads;
    private readonly object gate = new();
    private readonly Queue<int> fresh;
    private readonly Queue<int> again = new();

    /// <summary>Prepares a run over some of the calls.</summary>
    /// <param name="client">Sends.</param>
    /// <param name="pace">Asked before each batch.</param>
    /// <param name="options">Limits.</param>
    /// <param name="calls">All calls.</param>
    /// <param name="places">Which of them.</param>
    /// <param name="answers">Where the answers go, each at the place of its call.</param>
    public BatchRun(
        GraphClient client,
        Pace pace,
        GraphOptions options,
        IReadOnlyList<GraphCall> calls,
        IEnumerable<int> places,
        GraphAnswer?[] answers)
    {
        this.client = client;
        this.pace = pace;
        this.options = options;
        this.calls = calls;
        this.answers = answers;
        fresh = new Queue<int>(places);
        tries = new Tries[calls.Count];
        areReads = calls[fresh.Peek()].Route.IsRead;
    }

    /// <summary>Runs. Reads end with an exception when stopped; writes end by leaving what is unsent without an answer.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        PaceBudget budget = calls[fresh.Peek()].Route.Budget;
        List<Task> underWay = new();
        try
        {
            while (true)
            {
                int open = Open();
                if (open == 0 && underWay.Count == 0)
                {
                    return;
                }

                if (open == 0)
                {
                    Task ended = await Task.WhenAny(underWay).ConfigureAwait(false);
                    underWay.Remove(ended);
                    await ended.ConfigureAwait(false);
                    continue;
                }

                PacePass pass = await pace.EnterAsync(budget, open, isBatch: true, stop).ConfigureAwait(false);
                underWay.RemoveAll(task => task.Status == TaskStatus.RanToCompletion);
                if (stop.IsCancellationRequested)
                {
                    pass.Dispose();
                    stop.ThrowIfCancellationRequested();
                }

                underWay.Add(SendAsync(pass, Take(pass.Count), stop));
            }
        }
        catch (OperationCanceledException) when (!areReads && stop.IsCancellationRequested)
        {
            // What is under way is awaited; the rest has no answer, since it was never sent or was refused before anything happened.
        }
        finally
        {
            await Task.WhenAll(underWay).ConfigureAwait(false);
        }
    }

    private int Open()
    {
        lock (gate)
        {
            return again.Count + fresh.Count;
        }
    }

    private int[] Take(int count)
    {
        lock (gate)
        {
            return Enumerable.Range(0, count).Select(_ => again.Count > 0 ? again.Dequeue() : fresh.Dequeue()).ToArray();
        }
    }

    private async Task SendAsync(PacePass pass, int[] places, CancellationToken stop)
    {
        foreach (int place in places)
        {
            tries[place] ??= new Tries(options);
        }

        GraphAnswer[] received;
        bool isHopeful;
        using (pass)
        {
            received = await client.SendBatchAsync(
                places.Select(place => calls[place]).ToArray(), places.Select(place => tries[place]).ToArray(), stop).ConfigureAwait(false);
            isHopeful = pass.Answered(PaceAnswers.Of(received));
        }

        List<int> back = new();
        TimeSpan longest = TimeSpan.Zero;
        for (int i = 0; i < places.Length; i++)
        {
            answers[places[i]] = received[i];
            if (tries[places[i]].Again(received[i], areReads, isHopeful, pass.Sent.WaitsAlone) is TimeSpan wait)
            {
                back.Add(places[i]);
                answers[places[i]] = null;
                longest = wait > longest ? wait : longest;
            }
        }

        if (longest > TimeSpan.Zero)
        {
            try
            {
                await options.Clock.DelayAsync(longest, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!areReads && stop.IsCancellationRequested)
            {
                // They were refused before anything happened, and stay without an answer.
                return;
            }
        }

        lock (gate)
        {
            back.ForEach(again.Enqueue);
        }
    }
}
