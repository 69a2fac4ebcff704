using System.Linq;

namespace PasswordOps.Core.Checks.Source;

/// <summary>Are there domains whose users another identity provider signs in?</summary>
internal sealed class FederatedDomainsCheck : Check<TenantFacts>
{
    public FederatedDomainsCheck()
        : base(
            "source.federatedDomains",
            "users-reset-password-azure-portal (2025-04-02) against concept-sspr-writeback (2023-09): they conflict")
    {
    }

    protected override Answer Decide(TenantFacts facts)
    {
        if (!facts.Domains.IsKnown)
        {
            return Answer.Unreadable(facts.Domains, Text.Of($"The domains"));
        }

        string[] federated = facts.Domains.Value.Where(domain => domain.IsFederated).Select(domain => domain.Name).ToArray();
        string evidence =
            $"{facts.Domains.Value.Count} domains, federated: {(federated.Length == 0 ? "none" : string.Join(", ", federated))}";
        return federated.Length == 0
            ? new Answer(Verdict.Pass, Text.Of($"All domains are managed."), evidence, facts.Domains.At)
            : new Answer(
                Verdict.Warn,
                Text.Of($"For synced users of a federated domain the documents conflict: the page on resetting as an administrator "
                + $"asks for a managed domain, the pages on writeback list federated users as served."),
                evidence,
                facts.Domains.At,
                Text.Of($"Test with one user of each federated domain; where it fails, change passwords in Active Directory."));
    }
}
