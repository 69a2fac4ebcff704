using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Tests.Bulk;

/// <summary>A service that admits so many requests in a time, by one of the rules that services use.</summary>
internal sealed class PaceServer
{
    private readonly string rule;
    private readonly int limit;
    private readonly double span;
    private readonly Queue<double> admitted = new();
    private readonly double phase;
    private double tokens;
    private double filledAt;
    private long present = long.MinValue;
    private int inPresent;

    public PaceServer(string rule, int limit, double span, double phase)
    {
        this.rule = rule;
        this.limit = limit;
        this.span = span;
        this.phase = phase;
        tokens = limit;
    }

    public int Limit => limit;

    public double Span => span;

    /// <summary>Takes one request.</summary>
    /// <returns>Null when it is admitted, else the seconds after which it would be.</returns>
    public double? Take(double now)
    {
        switch (rule)
        {
            case "sliding":
                while (admitted.Count > 0 && admitted.Peek() <= now - span)
                {
                    admitted.Dequeue();
                }

                if (admitted.Count >= limit)
                {
                    return admitted.Peek() + span - now;
                }

                admitted.Enqueue(now);
                return null;
            case "fixed":
                long number = (long)Math.Floor((now + phase) / span);
                if (number != present)
                {
                    present = number;
                    inPresent = 0;
                }

                if (inPresent >= limit)
                {
                    return ((number + 1) * span) - phase - now;
                }

                inPresent++;
                return null;
            case "bucket":
                tokens = Math.Min(limit, tokens + ((now - filledAt) * limit / span));
                filledAt = now;
                if (tokens < 1)
                {
                    return (1 - tokens) * span / limit;
                }

                tokens--;
                return null;
            default:
                return null;
        }
    }

    /// <summary>How much of the limit is used.</summary>
    public double Used(double now) => rule switch
    {
        "sliding" => (double)admitted.Count / limit,
        "fixed" => (double)inPresent / limit,
        "bucket" => 1 - (tokens / limit),
        _ => 0,
    };
}
