using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Bulk;

/// <summary>
/// Says for one budget when how many requests may go out, and learns it from what the service answers. Time is in seconds. Not safe to use
/// from several threads.
/// </summary>
/// <remarks>
/// As long as nothing is refused, the requests under way double with each round trip up to the most batches at once; at a published limit
/// a single request, the scout, goes ahead. A refusal (429) lets what is under way come back, then tells limit and window: as many as were
/// admitted, from the first of them until the time at which the service wants to be asked again. From then on a <see cref="PaceWindow"/>
/// decides. A window that is new is tried by a scout before the others follow; so is each shorter one, tried seldom and more seldom each
/// time that it was refused.
/// </remarks>
internal sealed class PaceMeter
{
    /// <summary>Most requests that the service takes in one batch.</summary>
    internal const int BatchSize = 20;

    // Less than this is rounding.
    private const double Instant = 1e-6;

    private const double LongestWindow = 300;
    private const double LongestOdd = 60;
    private const double LongestPatience = 30;
    private const int Parts = 5;

    // It pays to wait that long for a full batch.
    private const double SoonEnough = 0.1;

    private readonly IReadOnlyList<(int Requests, int Seconds)> published;
    private readonly int mostAtOnce;
    private readonly PaceLog log = new();

    // Requests under way, and how many may be: in requests while feeling the way, in batches by the service's strength.
    private int underWay;
    private int batchesUnderWay;
    private double mostUnderWay;
    private int atOnce;
    private int passed;
    private bool isTelling;
    private double leftByGauge = double.PositiveInfinity;
    private bool isScoutOut;

    private PaceWindow? window;
    private PaceRefusal? refusal;
    private double heldUntil = double.NegativeInfinity;
    private double oddAt = double.NegativeInfinity;
    private int whims;
    private int limits;

    // Strength of the service.
    private double shortest = double.PositiveInfinity;
    private double lastCut = double.NegativeInfinity;
    private int inRound;
    private double roundTime;

    public PaceMeter(PaceBudget budget, int mostAtOnce)
    {
        published = PaceLimits.Of(budget);
        this.mostAtOnce = mostAtOnce;
        atOnce = mostAtOnce;
        mostUnderWay = published.Select(limit => limit.Requests + 1).Append(BatchSize).Min();
    }

    public long Requests { get; private set; }

    public long Refused { get; private set; }

    /// <summary>Refusals since the last request was admitted, and when the first of them came.</summary>
    public int InVain { get; private set; }

    public double InVainSince { get; private set; }

    /// <summary>After a request for requests was turned down: when to ask again; infinite when an answer has to come first.</summary>
    public double AskAgainAt { get; private set; }

    /// <summary>What was learned of the limit; null as long as nothing was.</summary>
    public PaceWindow? Window => window;

    /// <summary>Lets requests go, if any may go now.</summary>
    /// <param name="now">The present time.</param>
    /// <param name="wanted">How many there are to send.</param>
    /// <param name="isBatch">False for one that goes by itself.</param>
    /// <returns>What may go; null when nothing may.</returns>
    public PaceSent? TrySend(double now, int wanted, bool isBatch)
    {
        AskAgainAt = double.PositiveInfinity;
        if (refusal is not null || isScoutOut || (isBatch && batchesUnderWay >= atOnce))
        {
            return null;
        }

        if (now + Instant < heldUntil)
        {
            AskAgainAt = heldUntil;
            return null;
        }

        int room = Math.Min(Math.Min(wanted, BatchSize), (int)Math.Min(mostUnderWay, Math.Max(1, leftByGauge)) - underWay);
        if (room <= 0)
        {
            return null;
        }

        (int count, bool isScout) = window is null ? UpToPublished(now, room) : UpToLearned(now + Instant, room, window);
        if (count == 0)
        {
            return null;
        }

        PaceSent sent = new(now, count, isBatch, isScout);
        log.Add(sent);
        log.Forget(now - Math.Max(LongestWindow, 2 * (window?.Span ?? 0)));
        window?.Sent(now, count);
        Requests += count;
        underWay += count;
        batchesUnderWay += isBatch ? 1 : 0;
        isScoutOut = isScout;
        return sent;
    }

    /// <summary>Takes an answer in.</summary>
    public void Answered(double now, PaceSent sent, PaceAnswer answer)
    {
        underWay -= sent.Count;
        batchesUnderWay -= sent.IsBatch ? 1 : 0;
        isScoutOut &= !sent.IsScout;
        sent.Admitted -= answer.Refused;
        Refused += answer.Refused;
        InVain = sent.Admitted > 0 ? 0 : InVain;
        isTelling |= answer.Used is not null;
        if (answer.IsOfWholeBatch)
        {
            Bide(now, sent, answer);
        }
        else if (answer.Refused > 0 && IsMoody && answer.AdmittedBehind >= answer.Refused - 1)
        {
            sent.WaitsAlone = true;
        }
        else if (answer.Refused > 0)
        {
            Note(now, sent, answer);
        }
        else
        {
            Grow(now, sent);
            Gauge(now, sent, answer.Used);
        }

        Judge(now, sent, answer);
        if (refusal is PaceRefusal over && underWay == 0)
        {
            refusal = null;
            Learn(now, over);
        }
    }

    /// <summary>True for a service that refuses one here and one there.</summary>
    private bool IsMoody => whims >= 3 && whims > limits;

    private (int Count, bool IsScout) UpToPublished(double now, int room)
    {
        if (passed >= published.Count)
        {
            return (room, false);
        }

        (int requests, int seconds) = published[passed];
        int left = requests - log.CountSince(now - seconds);
        return left > 0 ? (Math.Min(room, left), false) : (1, true);
    }

    private (int Count, bool IsScout) UpToLearned(double now, int room, PaceWindow learned)
    {
        // A few at a time, so that a window that proves too short costs a few.
        int count = Math.Min(room, Math.Max(1, learned.Limit / Parts));
        (double at, bool isScout) = learned.Next(now, count);
        if (at > now && count > 1)
        {
            // The first place comes free long before there is one for all: it is taken.
            (double first, bool isFirstScout) = learned.Next(now, 1);
            bool isEarly = at - first > SoonEnough;
            (at, count, isScout) = isEarly ? (first, Math.Max(1, Math.Min(count, learned.Free(now))), isFirstScout) : (at, count, isScout);
        }

        if (at <= now)
        {
            return (isScout ? 1 : count, isScout);
        }

        AskAgainAt = at;
        return (0, false);
    }

    /// <summary>More may be under way, since all was admitted.</summary>
    private void Grow(double now, PaceSent sent)
    {
        // Doubles with each round trip; under a limit that is not sure only up to a batch, then a little at a time.
        bool isSure = window is null or { IsTested: true };
        double more = isSure || mostUnderWay < BatchSize ? sent.Count : BatchSize * sent.Count / (2 * mostUnderWay);
        mostUnderWay = Math.Min(mostAtOnce * BatchSize, mostUnderWay + more);
        if (sent.IsScout && window is null)
        {
            passed++;
        }
        else if (sent.IsScout)
        {
            window!.Passed(now, sent);
        }
    }

    /// <summary>The service says how much is used up: no more goes out than what is left.</summary>
    private void Gauge(double now, PaceSent sent, double? used)
    {
        if (window is not null)
        {
            window.Read(sent, used, isTelling);
            return;
        }

        leftByGauge = used is double share and > 0
            ? (log.CountSince(now - LongestWindow) - underWay) * Math.Max(0, 1 - share) / share * 0.8
            : double.PositiveInfinity;
    }

    private void Note(double now, PaceSent sent, PaceAnswer answer)
    {
        if (refusal is null)
        {
            refusal = new PaceRefusal(sent.At);
            InVain += sent.Admitted > 0 ? 0 : 1;
            InVainSince = InVain == 1 ? now : InVainSince;
        }

        double wait = WaitFor(answer);
        refusal.Add(sent, answer, wait);
        heldUntil = Math.Max(heldUntil, now + wait);
    }

    /// <summary>A batch was refused as one: it waits, and the others with it when the one before it met the same.</summary>
    private void Bide(double now, PaceSent sent, PaceAnswer answer)
    {
        InVain++;
        InVainSince = InVain == 1 ? now : InVainSince;
        sent.WaitsAlone = InVain == 1;
        heldUntil = sent.WaitsAlone ? heldUntil : Math.Max(heldUntil, now + WaitFor(answer));
    }

    // Where the service does not say how long to wait, or refuses in vain again and again, the waits double.
    private double WaitFor(PaceAnswer answer)
    {
        double patience = Math.Min(LongestPatience, 0.5 * Math.Pow(2, Math.Min(InVain, 10) - 1));
        return answer.RetryAfter is TimeSpan asked ? Math.Max(asked.TotalSeconds, InVain > 1 ? patience : 0) : patience;
    }

    /// <summary>Everything that was under way has come back: what do the refusals teach?</summary>
    private void Learn(double now, PaceRefusal over)
    {
        whims += over.IsWhim ? 1 : 0;
        limits += over.IsWhim ? 0 : 1;
        if (IsMoody)
        {
            // No limit shows itself like this.
            window = null;
            passed = published.Count;
            mostUnderWay = Math.Max(BatchSize, mostUnderWay / 2);
            return;
        }

        PaceWindow? before = window;
        window = window is not null ? window.Refused(over, now)
            : over.IsWhim || IsOdd(now, over) ? null
            : PaceWindow.From(log, over, now - LongestWindow, now);
        bool isSettled = over.IsWhim || (window is not null && window == before);
        mostUnderWay = isSettled ? Math.Max(1, Math.Min(BatchSize, mostUnderWay / 2)) : 1;
        leftByGauge = double.PositiveInfinity;
    }

    /// <summary>True for a refusal that teaches nothing: who sent little and has to wait may have met the load of others.</summary>
    private bool IsOdd(double now, PaceRefusal over)
    {
        bool isFirst = now - oddAt > LongestOdd;
        oddAt = now;
        int few = published.Select(limit => limit.Requests).Append(BatchSize).Min();
        return isFirst && !over.IsClear && log.CountSince(now - LongestOdd) < few;
    }

    /// <summary>Fewer batches at once when the service is busy or answers later without doing more; more again afterwards.</summary>
    private void Judge(double now, PaceSent sent, PaceAnswer answer)
    {
        if (answer.Pause is TimeSpan asked)
        {
            heldUntil = Math.Max(heldUntil, now + asked.TotalSeconds);
        }

        if (answer.IsBusy && sent.At > lastCut)
        {
            atOnce = Math.Max(1, atOnce / 2);
            lastCut = now;
        }

        if (answer.IsBusy || !sent.IsBatch)
        {
            return;
        }

        double took = now - sent.At;
        shortest = Math.Min(shortest * 1.001, took);
        roundTime += took;
        if (++inRound < atOnce)
        {
            return;
        }

        double mean = roundTime / inRound;
        atOnce = mean > (2 * shortest) + 0.1 ? Math.Max(Math.Min(2, mostAtOnce), atOnce - 1) : Math.Min(mostAtOnce, atOnce + 1);
        inRound = 0;
        roundTime = 0;
    }
}
