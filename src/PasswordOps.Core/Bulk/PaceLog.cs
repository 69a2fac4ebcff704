using System.Collections.Generic;

namespace PasswordOps.Core.Bulk;

/// <summary>What was sent lately, in the order of time.</summary>
internal sealed class PaceLog
{
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

    /// <summary>When the last so many admitted requests began; null when there were fewer before a moment.</summary>
    public double? BeginOfLast(int count, double before)
    {
        for (int i = sent.Count - 1; i >= first; i--)
        {
            if (sent[i].At > before)
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
    /// The run of requests since a moment that was admitted at the highest rate, taken that another such run may begin at a given time.
    /// </summary>
    public (int Count, double From)? Fastest(double since, double until)
    {
        (int Count, double From)? best = null;
        int count = 0;
        for (int i = sent.Count - 1; i >= first && sent[i].At > since; i--)
        {
            count += sent[i].Admitted;
            if (count > 0 && (best is null || count * (until - best.Value.From) >= best.Value.Count * (until - sent[i].At)))
            {
                best = (count, sent[i].At);
            }
        }

        return best;
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
