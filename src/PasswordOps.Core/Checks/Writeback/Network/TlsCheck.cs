using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Checks.Writeback.Network;

/// <summary>Does the handshake of TLS end well, with a version that the service takes?</summary>
internal sealed class TlsCheck : EndpointCheck
{
    public TlsCheck()
        : base("writeback.network.tls", "Microsoft Entra Connect version history: TLS 1.2 is required from 2.3.20.0 (2024-07-15)")
    {
    }

    public override string AllWell(int endpoints) => Text.Of($"All endpoints speak TLS 1.2 or newer ({endpoints}).");

    protected override Answer Decide(EndpointFacts facts)
    {
        VisitAnswer visit = facts.Visit;
        string name = facts.Endpoint.Name;
        if (visit.Reached < VisitStage.Tunnelled)
        {
            return NotReached(facts);
        }

        if (visit.Reached >= VisitStage.Secured)
        {
            string evidence = $"{visit.TlsVersion}, {Milliseconds(visit.TlsTime)}";
            return visit.TlsVersion is "TLS 1.2" or "TLS 1.3"
                ? new Answer(Verdict.Pass, Text.Of($"{name} speaks {visit.TlsVersion}."), evidence, facts.Now)
                : new Answer(
                    Verdict.Fail, Text.Of($"{name} speaks no more than {visit.TlsVersion} with this machine."), evidence, facts.Now,
                    Text.Of($"Turn on TLS 1.2 on this machine, and ask who opens the traffic on the way."));
        }

        string failure = Word(visit.Fault, visit.Detail);
        string reason = visit.Fault switch
        {
            NetworkFault.TimedOut =>
                Text.Of($"{name} takes the connection and then says nothing: something on the way swallows what is sent."),
            NetworkFault.NotTls => Text.Of($"What answers for {name} is not TLS: something on the way answers in its place."),
            NetworkFault.TlsRefused => Text.Of($"{name} refuses the handshake of TLS: no version or cipher in common with this machine."),
            NetworkFault.Reset or NetworkFault.Closed =>
                Text.Of($"The connection to {name} is cut in the handshake of TLS: so firewalls do that read the name in it."),
            _ => Text.Of($"The handshake of TLS with {name} failed."),
        };
        string fix = visit.Fault == NetworkFault.TlsRefused
            ? Text.Of($"Turn on TLS 1.2 with current ciphers on this machine.")
            : LetOut(facts);
        return new Answer(Verdict.Fail, reason, failure, facts.Now, fix);
    }
}
