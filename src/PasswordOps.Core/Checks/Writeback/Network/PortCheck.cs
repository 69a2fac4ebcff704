using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Checks.Writeback.Network;

/// <summary>Does the port take a connection?</summary>
internal sealed class PortCheck : EndpointCheck
{
    public PortCheck()
        : base("writeback.network.port", EndpointList)
    {
    }

    public override string AllWell(int endpoints) => Text.Of($"All endpoints take a connection ({endpoints}).");

    protected override Answer Decide(EndpointFacts facts)
    {
        VisitAnswer visit = facts.Visit;
        string name = facts.Endpoint.Name;
        int port = facts.Endpoint.Address.Port;
        if (!facts.HasAddress)
        {
            return NotReached(facts);
        }

        if (visit.Reached >= VisitStage.Tunnelled)
        {
            string evidence = $"{visit.Address}, {Milliseconds(visit.ConnectTime)}";
            return new Answer(Verdict.Pass, Text.Of($"{name} takes a connection on port {port}."), evidence, facts.Now);
        }

        if (facts.Proxy is not null)
        {
            return NotReached(facts);
        }

        string failure = Word(visit.Fault, visit.Detail);
        return visit.Fault switch
        {
            NetworkFault.TimedOut => new Answer(
                Verdict.Fail,
                Text.Of($"{name}: no answer on port {port} within {Seconds(facts.Limit)}; a firewall on the way drops it without a word."),
                failure, facts.Now, LetOut(facts)),
            NetworkFault.Refused => new Answer(
                Verdict.Fail, Text.Of($"{name} refuses the connection on port {port}: a firewall rejects it, or nothing listens there."),
                failure, facts.Now, LetOut(facts)),
            NetworkFault.Unreachable => new Answer(
                Verdict.Fail, Text.Of($"{name}: this machine has no way to {visit.Address ?? "it"}."), failure, facts.Now,
                Text.Of($"Check network, route and default gateway of this machine.")),
            _ => new Answer(
                Verdict.Fail, Text.Of($"{name}: the connection on port {port} failed."), failure, facts.Now, LetOut(facts)),
        };
    }
}
