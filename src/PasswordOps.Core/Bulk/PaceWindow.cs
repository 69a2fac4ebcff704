using System;

namespace PasswordOps.Core.Bulk;

/// <summary>
/// A limit that was learned: no span of time holds more than so many requests, wherever it begins. That suits a sliding log, a fixed window
/// and, with few in a short span, a bucket of tokens.
/// </summary>
internal sealed class PaceWindow
{
    // Told seconds are rounded up.
    private const double WholeSecond = 1.05;

    // Ways to the service are uneven by that much.
    private const double Unevenness = 0.01;
    private const double Margin = 0.005;

    // How many times the mean rate may be reached inside a span; in a bucket there is nothing to catch up with.
    private const double Haste = 8;
    private const double NoHaste = 1.1;
    private const int FewestInFlat = 5;
    private const int FewEnough = 20;

    // Shares of a span: what is not worth a trial, how much shorter trials are, what still counts as nearly right, what counts as a break.
    private const double FineEnough = 0.03;
    private const double FirstStep = 0.05;
    private const double BlindStep = 0.2;
    private const double MostStep = 0.25;
    private const double Edge = 1.25;
    private const double Break = 0.2;

    // How much of what was seen between earlier refusals still counts.
    private const double Memory = 0.7;

    // The share that the service tells from four fifths on has two digits.
    private const double LeastTold = 0.8;
    private const double ShareError = 0.006;

    private readonly PaceLog log;
    private readonly double bornAt;
    private readonly bool isFlat;
    private double tooShort;
    private double nextAt = double.NegativeInfinity;
    private bool isTested;

    private double? trial;
    private double nextTrialFrom;
    private double quietFrom;
    private double step;
    private int vainTrials;
    private int edges;
    private bool hasShortened;

    // What was admitted between refusals, and in what time.
    private double lastSentAt = double.NegativeInfinity;
    private double roundTrip;
    private double resumedAt;
    private int sentSince;
    private double usedTime;
    private double usedCount;

    private double? beforeGauge;
    private double gaugedAt;
    private bool isMisled;
    private bool isDoubted;

    private PaceWindow(PaceLog log, PaceRefusal refusal, int limit, double from, double now, int times = 0)
    {
        this.log = log;
        isFlat = times > 0;
        times = Math.Max(1, times);
        Limit = limit * times;
        double seconds = Math.Max(refusal.ComesBackAt - from, 0.05) * times;
        Span = (seconds * (1 + Margin)) + Unevenness;
        bornAt = quietFrom = now;
        resumedAt = refusal.ComesBackAt;

        // The service said how long to wait, or it was refused all that time.
        double atLeast = Math.Max(refusal.At - from, refusal.IsTold ? refusal.ComesBackAt - WholeSecond - from : 0) * times;
        tooShort = Math.Max(0, Math.Min(atLeast, Span));
        step = refusal.IsTold ? FirstStep : BlindStep;
    }

    public int Limit { get; }

    public double Span { get; private set; }

    /// <summary>True once places were used again after that time without a refusal.</summary>
    public bool IsTested => isTested;

    public double PerSecond => Limit / Span;

    /// <summary>Learns from the first refusal; null when nothing was admitted before it.</summary>
    public static PaceWindow? From(PaceLog log, PaceRefusal refusal, double since, double now) =>
        log.Fastest(since, refusal.ComesBackAt) is (int count, double from) ? new PaceWindow(log, refusal, count, from, now) : null;

    /// <summary>Says when some requests may go.</summary>
    /// <returns>The time, not later than now when they may go now; and true when only one of them may, to feel the way.</returns>
    public (double At, bool IsScout) Next(double now, int count)
    {
        if (now < nextAt)
        {
            return (nextAt, false);
        }

        double since = isFlat ? bornAt : double.NegativeInfinity;
        if (log.BeginOfLast(Limit - count + 1, now, since) is not double begin)
        {
            return (now, false);
        }

        if (begin + Span <= now)
        {
            // The first after a break goes ahead: should it come too early, it comes too early alone.
            bool isNew = !isTested && log.BeginOfLast(Limit, now, since) > bornAt;
            return (now, isNew || now - lastSentAt > (Span * Break) + roundTrip);
        }

        if (trial is null && MayTry(begin) && log.BeginOfLast(Limit, now, since) == begin)
        {
            trial = Shorter();
        }

        return (begin + (trial ?? Span), trial is not null);
    }

    /// <summary>How many more the present span holds.</summary>
    public int Free(double now) => Limit - log.CountSince(isFlat ? Math.Max(bornAt, now - Span) : now - Span);

    /// <summary>Requests go out.</summary>
    public void Sent(double now, int count)
    {
        lastSentAt = now;
        sentSince += count;
        nextAt = now + (count * Span / Limit / (isFlat ? NoHaste : Haste));
    }

    /// <summary>The request that felt the way was admitted.</summary>
    public void Passed(double now, PaceSent scout)
    {
        roundTrip = now - scout.At;

        // Once a span: what a shorter one does shows only when this one was used to the full.
        nextTrialFrom = Math.Max(nextTrialFrom, scout.At);
        if (trial is double shorter)
        {
            Span = shorter + Unevenness;
            hasShortened = true;
            quietFrom = now;
            step = Math.Min(step * 1.2, MostStep);
            vainTrials = 0;
            trial = null;
        }

        isTested = isTested || log.BeginOfLast(Limit + 1, scout.At) > bornAt;
    }

    /// <summary>Takes in how much the service says is used up, as a service with a sliding log would mean it.</summary>
    /// <param name="sent">What was answered.</param>
    /// <param name="used">The share; null when it is below four fifths.</param>
    /// <param name="isTelling">True when the service tells it at all.</param>
    public void Read(PaceSent sent, double? used, bool isTelling)
    {
        if (!isTelling || !isTested || isFlat || isMisled)
        {
            return;
        }

        int error = (int)((ShareError * Limit) + 0.5)
            + log.CountSince(sent.At - Unevenness) - log.CountSince(sent.At + Unevenness) - sent.Admitted;
        int most = (used is double share ? (int)Math.Round(share * Limit) : (int)Math.Ceiling(LeastTold * Limit) - 1) + error;
        if (used is not null && log.BeginOfLast(most - (2 * error), sent.At) is double within)
        {
            tooShort = Math.Max(tooShort, Math.Min(sent.At - within, Span));
        }

        if (log.BeginOfLast(most + 1, sent.At) is double gone && Longer(sent.At - gone) < Span * (1 - FineEnough))
        {
            // What was good for a while was no mistake.
            beforeGauge = beforeGauge is null || sent.At - gaugedAt > 2 * Span ? Span : beforeGauge;
            gaugedAt = sent.At;
            trial = null;
            Span = Math.Max(Longer(sent.At - gone), tooShort);
        }
    }

    /// <summary>Learns from a refusal in spite of this window.</summary>
    /// <returns>This window, corrected, or another one.</returns>
    public PaceWindow Refused(PaceRefusal refusal, double now)
    {
        double since = isFlat ? bornAt : double.NegativeInfinity;
        double? began = log.BeginOfLast(Limit, refusal.At, since);
        double age = began is double begin ? refusal.At - begin : 0;
        usedTime = (Memory * usedTime) + Math.Max(0, refusal.At - resumedAt);
        usedCount = (Memory * usedCount) + sentSince;
        sentSince = 0;
        resumedAt = refusal.ComesBackAt;
        if (trial is double shorter && refusal.WasScout)
        {
            tooShort = Math.Max(tooShort, shorter);
            trial = null;
            step = FirstStep;
            vainTrials++;
            quietFrom = now;
            nextTrialFrom = now + (IsCoarse ? 2 * Span : Rest);
            return this;
        }

        if (!isMisled && beforeGauge is double before)
        {
            // It is no sliding log, whatever the shares seemed to say.
            isMisled = true;
            Span = before;
            nextTrialFrom = now + Rest;
            return this;
        }

        bool isProven = isTested && log.CountSince(bornAt) >= 2 * Limit;
        bool isClose = isTested && age < Span * Edge && refusal.ComesBackAt - (began ?? bornAt) <= Span + WholeSecond;
        if (refusal.IsWhim || isProven || isClose)
        {
            Widen(age, now);
            return this;
        }

        return Another(refusal, began ?? refusal.At, now);
    }

    /// <summary>Requests came a hair too early, or shorter spans passed only because the service had some to spare.</summary>
    private void Widen(double age, double now)
    {
        edges++;
        tooShort = Math.Max(tooShort, Math.Min(age, Span));
        double mean = usedCount >= 2 * Limit && hasShortened ? Limit * usedTime / usedCount : 0;
        Span = Math.Max(Span * (1 + (0.01 * Math.Pow(2, Math.Min(edges, 4) - 1))), mean);
        hasShortened = false;
        trial = null;
        nextTrialFrom = now + Rest;
    }

    /// <summary>What was learned before is wrong.</summary>
    private PaceWindow Another(PaceRefusal refusal, double from, double now)
    {
        if (log.Fastest(bornAt, refusal.ComesBackAt) is (int count, double start))
        {
            if (2 * count >= Limit)
            {
                // A full window, which the first one was not: it had begun before, or reached over into the next.
                return new PaceWindow(log, refusal, count, start, now) { isMisled = isMisled };
            }

            double rate = count / (refusal.ComesBackAt - start);
            if ((Limit <= FewEnough || isDoubted) && rate < Limit / Math.Max(Span, refusal.ComesBackAt - from))
            {
                // Far fewer than a window holds: they come at a steady pace.
                return new PaceWindow(log, refusal, count, start, now, (FewestInFlat + count - 1) / count);
            }
        }

        double earlier = Math.Min(from, refusal.ComesBackAt - Span);
        return new PaceWindow(log, refusal, Limit, earlier, now) { isMisled = isMisled, isDoubted = true };
    }

    private bool IsCoarse => Span - tooShort > FineEnough * (1 + vainTrials) * Span;

    /// <summary>Trials cost refusals, of which there are to be few in time and in number.</summary>
    private double Rest => Math.Max(Math.Max(4 * Span, 30), 150 * Span / Limit) * Math.Pow(2, Math.Min(vainTrials, 6));

    private bool MayTry(double begin) => isTested && begin >= nextTrialFrom && (IsCoarse || begin >= quietFrom + Rest);

    private double Shorter()
    {
        if (!IsCoarse)
        {
            // Long after all trials failed the service may have become more generous.
            tooShort = 0;
        }

        return Span - Math.Min(step * Span, (Span - tooShort) / (vainTrials > 0 ? 4 : 2));
    }

    private static double Longer(double seconds) => (seconds * (1 + Margin)) + Unevenness;
}
