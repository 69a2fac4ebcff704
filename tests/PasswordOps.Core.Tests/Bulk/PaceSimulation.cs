using System;
using System.Collections.Generic;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Core.Tests.Bulk;

/// <summary>A run of requests at a meter's pace against a service, in time that is only counted.</summary>
internal sealed class PaceSimulation
{
    private readonly PaceServer server;
    private readonly Random random;

    public PaceSimulation(PaceServer server, int seed)
    {
        this.server = server;
        random = new Random(seed);
    }

    public PaceBudget Budget { get; init; } = PaceBudget.MethodWrites;

    public double Latency { get; init; } = 0.15;

    /// <summary>Most that a way to the service takes longer, at random.</summary>
    public double Jitter { get; init; } = 0.01;

    /// <summary>How Retry-After is told: ceiling, exact, none.</summary>
    public string Told { get; init; } = "ceiling";

    public bool TellsUse { get; init; }

    /// <summary>Requests refused for no reason.</summary>
    public double Whims { get; init; }

    public PaceMeter Meter { get; private set; } = new(PaceBudget.MethodWrites, 8);

    /// <summary>Sends until so many requests were admitted.</summary>
    /// <returns>The seconds that it took.</returns>
    public double Run(int requests)
    {
        Meter = new PaceMeter(Budget, 8);
        SortedDictionary<(double At, int Number), Action> events = new();
        int number = 0;
        double now = 0;
        int left = requests;
        int admitted = 0;
        double last = 0;
        double wake = double.PositiveInfinity;
        Pump();
        while (admitted < requests)
        {
            using (SortedDictionary<(double At, int Number), Action>.Enumerator first = events.GetEnumerator())
            {
                if (!first.MoveNext())
                {
                    throw new InvalidOperationException("Nothing would ever happen again.");
                }

                ((double at, int _), Action happen) = (first.Current.Key, first.Current.Value);
                events.Remove(first.Current.Key);
                now = at;
                happen();
            }

            Pump();
        }

        return last;

        void Pump()
        {
            while (left > 0)
            {
                PaceSent? sent = Meter.TrySend(now, left, true);
                if (sent is null)
                {
                    if (Meter.AskAgainAt < double.PositiveInfinity && (wake <= now || Meter.AskAgainAt < wake))
                    {
                        wake = Meter.AskAgainAt;
                        events.Add((wake, number++), () => { });
                    }

                    return;
                }

                left -= sent.Count;
                Send(sent);
            }
        }

        void Send(PaceSent sent)
        {
            double arrives = now + (Latency * 0.9) + (random.NextDouble() * Jitter);
            double returns = arrives + (Latency * 0.1) + (random.NextDouble() * Jitter);
            events.Add((arrives, number++), () =>
            {
                int refused = 0;
                int behind = 0;
                double? longest = null;
                for (int i = 0; i < sent.Count; i++)
                {
                    double? wait = Whims > 0 && random.NextDouble() < Whims ? 1 : server.Take(now);
                    if (wait is double seconds)
                    {
                        refused++;
                        longest = Math.Max(longest ?? 0, seconds);
                    }
                    else
                    {
                        behind += refused > 0 ? 1 : 0;
                        last = now;
                    }
                }

                double? used = TellsUse && server.Used(now) >= 0.8 ? Math.Round(server.Used(now), 2) : null;
                events.Add((returns, number++), () =>
                {
                    admitted += sent.Count - refused;
                    left += refused;
                    Meter.Answered(now, sent, new PaceAnswer
                    {
                        Refused = refused,
                        AdmittedBehind = behind,
                        Used = used,
                        RetryAfter = longest is null || Told == "none" ? null
                            : TimeSpan.FromSeconds(Told == "exact" ? longest.Value : Math.Max(1, Math.Ceiling(longest.Value))),
                    });
                });
            });
        }
    }
}
