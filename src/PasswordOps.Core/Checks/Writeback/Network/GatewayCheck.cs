using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Checks.Writeback.Network;

/// <summary>Are the gateways reached that a relay hands the traffic on to?</summary>
internal sealed class GatewayCheck : EndpointCheck
{
    public GatewayCheck()
        : base("writeback.network.gateway", "Azure Relay hybrid connections: gateways g0 to g127 of a namespace")
    {
    }

    public override string AllWell(int endpoints) => Text.Of($"The gateways behind the relays are reached ({endpoints}).");

    protected override Answer Decide(EndpointFacts facts)
    {
        if (!facts.Endpoint.WithGateways || facts.Visit.Reached < VisitStage.Secured)
        {
            return NotReached(facts);
        }

        if (facts.Stamp is null)
        {
            return NotReached(
                facts, Text.Of($"The alias of {facts.Endpoint.Name} does not show its gateways, so none of the 128 was tried."));
        }

        string evidence = string.Join(", ", facts.Gateways.Select(gateway =>
            $"{gateway.Host} {(IsReached(gateway.Visit) ? "reached" : Word(gateway.Visit.Fault, gateway.Visit.Detail))}"));

        // Names that do not exist say that the scheme is another one here, not that anything is closed.
        List<(string Host, VisitAnswer Visit)> known = facts.Gateways
            .Where(gateway => gateway.Visit.Fault is not (NetworkFault.NameUnknown or NetworkFault.NameServerFailed)).ToList();
        if (known.Count == 0)
        {
            return new Answer(
                Verdict.NotApplicable, Text.Of($"The names of the gateways behind {facts.Endpoint.Name} do not resolve."), evidence,
                facts.Now);
        }

        string[] closed = known.Where(gateway => !IsReached(gateway.Visit)).Select(gateway => gateway.Host).ToArray();
        return closed.Length == 0
            ? new Answer(
                Verdict.Pass, Text.Of($"{known.Count} of the 128 gateways behind {facts.Endpoint.Name} were tried and reached."), evidence,
                facts.Now)
            : new Answer(
                Verdict.Fail,
                Text.Of($"{facts.Endpoint.Name} is let through, the gateways behind it are not: {string.Join(", ", closed)}."), evidence,
                facts.Now, Text.Of($"Allow {facts.Endpoint.Listed} as a wildcard: the relay hands the traffic on to 128 such names."));
    }

    private static bool IsReached(VisitAnswer visit) => visit.Reached >= VisitStage.Secured;
}
