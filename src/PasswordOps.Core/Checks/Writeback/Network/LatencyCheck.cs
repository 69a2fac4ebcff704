using System;
using System.Linq;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Checks.Writeback.Network;

/// <summary>How long does a connection take?</summary>
internal sealed class LatencyCheck : EndpointCheck
{
    /// <summary>Our own reading: a reset takes several round trips, and a person waits for them.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public LatencyCheck()
        : base("writeback.network.latency", "Microsoft Entra passwords FAQ (2021-08-13): a write usually takes less than 500 ms")
    {
    }

    public override string AllWell(int endpoints) => Text.Of($"Connections take less than a second ({endpoints}).");

    /// <summary>The middle one.</summary>
    public static TimeSpan? Median(EndpointFacts facts) => facts.ConnectTimes.Count == 0
        ? null
        : facts.ConnectTimes.OrderBy(time => time).ElementAt((facts.ConnectTimes.Count - 1) / 2);

    protected override Answer Decide(EndpointFacts facts)
    {
        if (Median(facts) is not TimeSpan median)
        {
            return NotReached(facts);
        }

        string evidence = $"median {Milliseconds(median)} of {string.Join(", ", facts.ConnectTimes.Select(time => Milliseconds(time)))}";
        return median < Slow
            ? new Answer(Verdict.Pass, Text.Of($"A connection to {facts.Endpoint.Name} takes {Milliseconds(median)}."), evidence, facts.Now)
            : new Answer(
                Verdict.Warn, Text.Of($"A connection to {facts.Endpoint.Name} takes {Milliseconds(median)}: people wait for their reset."),
                evidence, facts.Now, Text.Of($"Ask those who run the network which way the traffic to {facts.Endpoint.Listed} takes."));
    }
}
