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
/// admitted, from the first of them until the time at which the service wants to be asked again. From then on no window holds more than the
/// limit, wherever it begins: that suits a sliding log, a fixed window and a bucket of tokens alike. A window that is new is tried by a scout
/// before the others follow; so is each shorter one, tried seldom and more seldom each time that it was refused.
/// </remarks>
internal sealed class PaceMeter
{
    /// <summary>Most requests that the service takes in one batch.</summary>
    internal const int BatchSize = 20;

    private const double LongestWindow = 300;

    // Sending a little faster than the rate of a learned limit makes up for waits; faster still would cost refusals at the window's edge.
    private const double Haste = 1.25;
    private const double FineEnough = 0.03;
    private const double Edge = 1.25;
    private const double WholeSecond = 1.05;

    private readonly IReadOnlyList<(int Requests, int Seconds)> published;
    private readonly int mostAtOnce;
    private readonly PaceLog log = new();

    // Requests under way, and how many may be: in requests while feeling the way, in batches by the service's strength.
    private int underWay;
    private int batchesUnderWay;
    private double window;
    private int atOnce;
    private int passed;
    private double leftByGauge = double.PositiveInfinity;
    private bool isScoutOut;

    // What was learned: at most this many in any such span; spans down to 'tested' have been used to the full without a refusal.
    private int? limit;
    private double span;
    private double? tested;
    private double refusedSpan;
    private double cycleBegan = double.NegativeInfinity;
    private double nextAt = double.NegativeInfinity;
    private double nextTrialAt;
    private int vainTrials;
    private int edges;
    private int whims;
    private int limits;

    // A refusal that is being dealt with.
    private bool isSettling;
    private double firstRefusedAt;
    private double comesBackAt;
    private bool isTold;
    private bool wasScout;
    private int refusedBehind;
    private int admittedBehind;
    private double heldUntil = double.NegativeInfinity;

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
        window = published.Select(limit => limit.Requests).Append(BatchSize).Min();
    }

    public long Requests { get; private set; }

    public long Refused { get; private set; }

    /// <summary>Refusals since the last request was admitted, and when the first of them came.</summary>
    public int InVain { get; private set; }

    public double InVainSince { get; private set; }

    public double? PerSecond => limit is int known ? known / span : null;

    /// <summary>After a request for requests was turned down: when to ask again; infinite when an answer has to come first.</summary>
    public double AskAgainAt { get; private set; }

    public int? Limit => limit;

    public double Span => span;

    /// <summary>Lets requests go, if any may go now.</summary>
    /// <param name="now">The present time.</param>
    /// <param name="wanted">How many there are to send.</param>
    /// <param name="isBatch">False for one that goes by itself.</param>
    /// <returns>What may go; null when nothing may.</returns>
    public PaceSent? TrySend(double now, int wanted, bool isBatch)
    {
        AskAgainAt = double.PositiveInfinity;
        if (isSettling || isScoutOut || (isBatch && batchesUnderWay >= atOnce))
        {
            return null;
        }

        if (now < heldUntil)
        {
            AskAgainAt = heldUntil;
            return null;
        }

        int room = Math.Min(Math.Min(wanted, BatchSize), (int)Math.Min(window, Math.Max(1, leftByGauge)) - underWay);
        if (room <= 0)
        {
            return null;
        }

        (int count, bool isScout) = limit is int known ? UpToLimit(now, known, room) : UpToPublished(now, room);
        if (count == 0)
        {
            return null;
        }

        PaceSent sent = new(now, count, isBatch, isScout);
        log.Add(sent);
        log.Forget(now - Math.Max(LongestWindow, 2 * span));
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
        if (sent.Admitted > 0)
        {
            InVain = 0;
        }

        if (answer.Refused > 0)
        {
            Note(now, sent, answer);
        }
        else
        {
            Grow(now, sent);
            Gauge(now, answer.Used);
        }

        Judge(now, sent, answer);
        if (isSettling && underWay == 0)
        {
            isSettling = false;
            Learn(now);
        }
    }

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

    private (int Count, bool IsScout) UpToLimit(double now, int known, int room)
    {
        if (now < nextAt)
        {
            AskAgainAt = nextAt;
            return (0, false);
        }

        // A few at a time, so that a window that proves too short costs a few.
        int count = Math.Min(room, Math.Min(BatchSize, Math.Max(1, known / 5)));
        if (known - log.CountSince(now - span) < count && MayTryShorter(now))
        {
            span = Shorter();
        }

        if (known - log.CountSince(now - span) < count)
        {
            AskAgainAt = Math.Max(now, log.BeginOfLast(known - count + 1, now)!.Value + span);

            // Rounding may leave it a hair short.
            AskAgainAt = AskAgainAt > now ? AskAgainAt : now + 0.001;
            return (0, false);
        }

        bool isNew = known - log.CountSince(tested is double sure ? now - sure : cycleBegan) < count;
        count = isNew ? 1 : count;
        nextAt = now + (count * span / known / Haste);
        return (count, isNew);
    }

    private bool MayTryShorter(double now) => tested == span && now >= nextTrialAt && (vainTrials > 0 || IsCoarse);

    private bool IsCoarse => span - refusedSpan > FineEnough * span;

    private double Shorter()
    {
        // Long after all trials failed the service may have become more generous.
        if (!IsCoarse)
        {
            refusedSpan = span * 0.9;
        }

        return span - Math.Max((span - refusedSpan) / 4, span * FineEnough / 2);
    }

    /// <summary>More may be under way, since something was admitted.</summary>
    private void Grow(double now, PaceSent sent)
    {
        int most = mostAtOnce * BatchSize;
        window = Math.Min(most, window + (limit is null || window < BatchSize ? sent.Count : 10.0 * sent.Count / window));
        if (!sent.IsScout)
        {
            return;
        }

        if (limit is null)
        {
            passed++;
        }
        else
        {
            // Once a span: what the next shorter one does shows only when this one was used to the full.
            vainTrials = tested is null ? vainTrials : 0;
            tested = span;
            nextTrialAt = now + span;
        }
    }

    /// <summary>The service says how much is used up: no more goes out than what is left.</summary>
    private void Gauge(double now, double? used)
    {
        if (limit is not null)
        {
            return;
        }

        leftByGauge = used is double share and > 0
            ? (log.CountSince(now - LongestWindow) - underWay) * Math.Max(0, 1 - share) / share * 0.8
            : double.PositiveInfinity;
    }

    private void Note(double now, PaceSent sent, PaceAnswer answer)
    {
        if (!isSettling)
        {
            isSettling = true;
            firstRefusedAt = sent.At;
            comesBackAt = double.NegativeInfinity;
            wasScout = false;
            refusedBehind = 0;
            admittedBehind = 0;
            InVain += sent.Admitted > 0 ? 0 : 1;
            InVainSince = InVain == 1 ? now : InVainSince;
        }

        double patience = Math.Min(30, 0.5 * Math.Pow(2, Math.Min(InVain, 10) - 1));
        double wait = answer.RetryAfter is TimeSpan asked
            ? Math.Max(asked.TotalSeconds, InVain > 1 ? patience : 0.05)
            : patience;
        wasScout |= sent.IsScout;
        refusedBehind += answer.Refused - 1;
        admittedBehind += answer.AdmittedBehind;
        firstRefusedAt = Math.Min(firstRefusedAt, sent.At);
        isTold = answer.RetryAfter is not null;
        comesBackAt = Math.Max(comesBackAt, sent.At + wait);
        heldUntil = Math.Max(heldUntil, now + wait);
    }

    /// <summary>Everything that was under way has come back: what do the refusals teach?</summary>
    private void Learn(double now)
    {
        double cycle = cycleBegan;
        cycleBegan = now;
        bool isWhim = admittedBehind > 2 * refusedBehind;
        whims += isWhim ? 1 : 0;
        limits += isWhim ? 0 : 1;
        if (whims >= 3 && whims > limits)
        {
            // No limit shows itself like this.
            limit = null;
            passed = published.Count;
            window = Math.Max(BatchSize, window / 2);
            return;
        }

        if (limit is not int known)
        {
            // A refusal in the middle of admissions is no limit, but a whim.
            if (!isWhim && log.Fastest(now - LongestWindow, comesBackAt) is (int count, double from))
            {
                Adopt(count, from, comesBackAt - from);
            }

            window = isWhim ? Math.Max(1, window / 2) : 1;
            return;
        }

        double? began = log.BeginOfLast(known, firstRefusedAt);
        double tooShort = began is double begin ? firstRefusedAt - begin : 0;
        if (wasScout && tested is double sure && span < sure)
        {
            // A shorter span was tried in vain.
            refusedSpan = Math.Max(refusedSpan, span);
            span = sure;
            vainTrials++;
            nextTrialAt = now + (IsCoarse ? 2 * span : Math.Max(Math.Max(4 * span, 60), 300 * span / known) * Math.Pow(2, Math.Min(vainTrials, 6)));
        }
        else if (isWhim || (tested is not null && tooShort < span * Edge && comesBackAt - (began ?? cycle) <= span + WholeSecond))
        {
            // A hair too early.
            edges++;
            refusedSpan = Math.Max(refusedSpan, Math.Min(tooShort, span));
            span *= 1 + (0.01 * Math.Min(edges, 4));
            tested = span;
            nextTrialAt = now + (20 * span);
        }
        else
        {
            (int Count, double From)? fastest = log.Fastest(cycle, comesBackAt);
            double longer = Math.Max(span, comesBackAt - (began ?? firstRefusedAt));
            if (fastest is (int count, double from) && count / (comesBackAt - from) < known / longer)
            {
                Adopt(count, from, comesBackAt - from);
            }
            else
            {
                Adopt(known, began ?? firstRefusedAt, longer);
            }

            window = 1;
        }
    }

    /// <summary>Believes that so many requests fit into a window that began with the first of them.</summary>
    private void Adopt(int requests, double from, double seconds)
    {
        limit = requests;
        span = Math.Max(seconds, 0.05);

        // Seconds are told rounded up.
        double atLeast = Math.Max(firstRefusedAt - from, isTold ? comesBackAt - WholeSecond - from : 0);
        refusedSpan = Math.Max(0, Math.Min(atLeast, span));
        tested = null;
        nextAt = double.NegativeInfinity;
        leftByGauge = double.PositiveInfinity;
        vainTrials = 0;
        edges = 0;
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
