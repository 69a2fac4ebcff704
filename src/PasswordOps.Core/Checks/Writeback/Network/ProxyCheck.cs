using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Checks.Writeback.Network;

/// <summary>Does the proxy, where there is one, let the traffic through without sign-in?</summary>
internal sealed class ProxyCheck : EndpointCheck
{
    private const int SignInWanted = 407;

    public ProxyCheck()
        : base("writeback.network.proxy", "Public compilation of support notes on writeback (2026-04): a proxy must not ask for sign-in")
    {
    }

    public override string AllWell(int endpoints) => Text.Of($"The proxy lets the traffic through without sign-in ({endpoints}).");

    protected override Answer Decide(EndpointFacts facts)
    {
        if (facts.Proxy is null)
        {
            return NotReached(facts, Text.Of($"No proxy is used for {facts.Endpoint.Name}."));
        }

        string proxy = facts.Proxy.Authority;
        VisitAnswer visit = facts.Visit;
        string evidence = visit.ProxyStatus is int status ? $"{proxy}: CONNECT {status}" : $"{proxy}: {Word(visit.Fault, visit.Detail)}";
        if (visit.Reached >= VisitStage.Tunnelled)
        {
            return new Answer(
                Verdict.Pass, Text.Of($"The proxy {proxy} lets {facts.Endpoint.Name} through without sign-in."), evidence, facts.Now);
        }

        if (visit.Reached == VisitStage.None)
        {
            return new Answer(
                Verdict.Fail, Text.Of($"The proxy {proxy} cannot be reached."), evidence, facts.Now,
                Text.Of($"Check the proxy's address and port; test the way without it with -Direct."));
        }

        return visit.ProxyStatus switch
        {
            SignInWanted => new Answer(
                Verdict.Fail, Text.Of($"The proxy {proxy} asks for sign-in (407), which the writeback service does not handle."), evidence,
                facts.Now, Text.Of($"Let the sync server through to {facts.Endpoint.Listed} without sign-in.")),
            int refused => new Answer(
                Verdict.Fail, Text.Of($"The proxy {proxy} does not let {facts.Endpoint.Name} through: it answered {refused}."), evidence,
                facts.Now, Text.Of($"Allow {facts.Endpoint.Listed}, port {facts.Endpoint.Address.Port}, in the rules of the proxy.")),
            null => new Answer(
                Verdict.Fail, Text.Of($"The proxy {proxy} gave no proper answer for {facts.Endpoint.Name}."), evidence, facts.Now,
                Text.Of($"Check that {proxy} is a proxy for HTTP; test the way without it with -Direct.")),
        };
    }
}
