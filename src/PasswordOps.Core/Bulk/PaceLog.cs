using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Bulk;

/// <summary>What was sent lately, in the order of time. What is still under way counts as admitted.</summary>
internal sealed class PaceLog
{
    private const double AboutHighest = 0.8;

    private readonly List<PaceSent> sent = new();
    private int first;

    public void Add(PaceSent one) => sent.Add(one);

    /// <summary>Requests admitted later than a moment.</summary>
    public int CountSince(double moment)
    {
        int count = 0;
        for (int i = sent.Count - 1; i >= first && sent[i].At > moment; i--)
        {
            count += sent[i].Admitted;
        }

        return count;
    }

    /// <summary>When the last so many admitted requests up to a moment began; null when there were fewer since another.</summary>
    public double? BeginOfLast(int count, double upTo, double since = double.NegativeInfinity)
    {
        for (int i = sent.Count - 1; i >= first && sent[i].At > since; i--)
        {
            if (sent[i].At > upTo)
            {
                continue;
            }

            count -= sent[i].Admitted;
            if (count <= 0)
            {
                return sent[i].At;
            }
        }

        return null;
    }

    /// <summary>
    /// The longest run of requests since a moment that was admitted at about the highest rate, taken that another such run may begin at a
    /// given time.
    /// </summary>
    public (int Count, double From)? Fastest(double since, double until)
    {
        double highest = 0;
        (int Count, double From)? longest = null;
        for (int pass = 0; pass < 2; pass++)
        {
            int count = 0;
            for (int i = sent.Count - 1; i >= first && sent[i].At > since; i--)
            {
                count += sent[i].Admitted;
                double rate = count / (until - sent[i].At);
                longest = pass == 1 && count > 0 && rate >= highest * AboutHighest ? (count, sent[i].At) : longest;
                highest = Math.Max(highest, rate);
            }
        }

        return longest;
    }

    /// <summary>Forgets what is older than a moment.</summary>
    public void Forget(double before)
    {
        while (first < sent.Count && sent[first].At < before)
        {
            first++;
        }

        if (first > 256 && first > sent.Count / 2)
        {
            sent.RemoveRange(0, first);
            first = 0;
        }
    }
}
