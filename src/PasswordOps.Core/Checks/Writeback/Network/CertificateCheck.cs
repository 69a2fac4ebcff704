using System.Linq;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Checks.Writeback.Network;

/// <summary>Is the certificate the service's, or that of somebody who opens the traffic?</summary>
internal sealed class CertificateCheck : EndpointCheck
{
    public CertificateCheck()
        : base(
            "writeback.network.certificate",
            "Azure certificate authority details; troubleshoot-sspr-writeback, event 31034 (2024-06-24)")
    {
    }

    public override string AllWell(int endpoints) => Text.Of($"All certificates are signed by the authorities "
        + $"of Azure, or by one that was named ({endpoints}).");

    protected override Answer Decide(EndpointFacts facts)
    {
        VisitAnswer visit = facts.Visit;
        if (visit.Chain.Count == 0)
        {
            return NotReached(facts);
        }

        string name = facts.Endpoint.Name;
        SeenCertificate leaf = visit.Chain[0];
        SeenCertificate top = visit.Chain[visit.Chain.Count - 1];
        string evidence = $"{leaf.Subject}, signed by {leaf.Issuer}, until {leaf.NotAfter.UtcDateTime:yyyy-MM-dd}; "
            + $"top of the chain: {top.Subject}, SHA-256 {top.Fingerprint}";
        bool isListed = AzureAuthorities.Holds(top);
        bool isNamed = AzureAuthorities.Names(leaf.IssuerOrganization) || AzureAuthorities.Names(top.IssuerOrganization);
        CertificateFaults faults = visit.CertificateFaults;
        Answer Failed(string reason, string fix) => new(Verdict.Fail, reason, evidence, facts.Now, fix);

        if (faults.HasFlag(CertificateFaults.Untrusted))
        {
            return isNamed || isListed
                ? Failed(
                    Text.Of($"This machine does not trust the certificate of {name}, signed by "
                        + $"{leaf.IssuerOrganization}: its root is missing here."),
                    Text.Of($"Install the root certificates of Azure on this machine, or let it update its roots."))
                : Failed(
                    Text.Of($"The traffic to {name} is opened on the way: its certificate is signed by "
                        + $"'{leaf.IssuerOrganization}', which this machine does not trust."),
                    Exempt(facts));
        }

        if (faults.HasFlag(CertificateFaults.WrongName))
        {
            return Failed(
                Text.Of($"The certificate that {name} shows is for another name: {leaf.Subject}, signed by '{leaf.IssuerOrganization}'."),
                Text.Of($"Find out what answers at {visit.Address}: a proxy, a filter, or a wrong entry in DNS or hosts."));
        }

        if (faults.HasFlag(CertificateFaults.NotYetValid))
        {
            return Failed(
                Text.Of($"The certificate of {name} is not valid yet, by the clock of this machine."),
                Text.Of($"Check the clock of this machine: the certificate is valid from {visit.Chain.Max(one => one.NotBefore)}."));
        }

        if (faults.HasFlag(CertificateFaults.Expired))
        {
            return Failed(
                Text.Of($"The certificate of {name}, or one above it, has expired, by the clock of this machine."),
                Text.Of($"Check the clock of this machine, and ask who answers at {visit.Address} if it is right."));
        }

        if (faults != CertificateFaults.None)
        {
            return Failed(Text.Of($"This machine does not accept the certificate of {name}."), Exempt(facts));
        }

        if (visit.EndsInTrusted)
        {
            return new Answer(
                Verdict.Pass, Text.Of($"The certificate of {name} is signed by '{leaf.IssuerOrganization}', which was named as trusted."),
                evidence, facts.Now);
        }

        if (isListed)
        {
            return new Answer(Verdict.Pass, Text.Of($"The certificate of {name} is signed by "
                + $"{leaf.IssuerOrganization}."), evidence, facts.Now);
        }

        return isNamed
            ? new Answer(
                Verdict.Warn,
                Text.Of($"The certificate of {name} names {leaf.IssuerOrganization}, under a root that is not "
                    + $"on the list of {AzureAuthorities.ReviewedOn:yyyy-MM-dd}."),
                evidence, facts.Now,
                Text.Of($"Compare the SHA-256 of the root with the page on Azure certificate authorities: it is "
                    + $"new, or it is not Microsoft's."))
            : Failed(
                Text.Of($"The traffic to {name} is opened on the way: its certificate is signed by "
                    + $"'{leaf.IssuerOrganization}', not by an authority of Azure."),
                Exempt(facts));
    }

    private static string Exempt(EndpointFacts facts) => Text.Of($"Take {facts.Endpoint.Listed} out of TLS inspection.");
}
