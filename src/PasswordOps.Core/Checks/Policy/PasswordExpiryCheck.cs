using System.Globalization;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Policy;

/// <summary>When do passwords of cloud users expire?</summary>
internal sealed class PasswordExpiryCheck : Check<TenantFacts>
{
    private const int UnsetValidityDays = 90;

    public PasswordExpiryCheck()
        : base("policy.expiry", "Microsoft Graph domain.passwordValidityPeriodInDays; concept-sspr-policy (2025-05-15)")
    {
    }

    protected override Answer Decide(TenantFacts facts)
    {
        if (!facts.Domains.IsKnown)
        {
            return Answer.Unreadable(facts.Domains, Text.Of($"The domains"));
        }

        Domain[] managed = facts.Domains.Value.Where(domain => domain is { IsFederated: false, IsVerified: true }).ToArray();
        string evidence = string.Join(", ", managed.Select(domain => domain.Name + " " + Words(domain)));
        if (managed.Length == 0)
        {
            return new Answer(
                Verdict.NotApplicable, Text.Of($"There is no managed domain."), $"{facts.Domains.Value.Count} domains", facts.Domains.At);
        }

        Domain[] expiring = managed.Where(domain => domain.PasswordValidityDays != Domain.NeverExpires).ToArray();
        if (expiring.Length == 0)
        {
            return new Answer(Verdict.Pass, Text.Of($"Passwords of cloud users do not expire."), evidence, facts.Domains.At);
        }

        bool unset = expiring.Any(domain => domain.PasswordValidityDays is null);
        return new Answer(
            Verdict.Warn,
            Text.Of($"Passwords of cloud users expire in {string.Join(", ", expiring.Select(domain => domain.Name))}: every expiry makes "
                + $"calls that a reset has to answer.")
            + (unset
                ? " " + Text.Of($"Where the period is unset the documents say 90 days, and that tenants made since 2021 have no expiry.")
                : string.Empty),
            evidence,
            facts.Domains.At,
            Text.Of($"Set passwordValidityPeriodInDays to {Domain.NeverExpires.ToString(CultureInfo.InvariantCulture)} (never), "
            + $"as Microsoft advises where multifactor authentication is used."));
    }

    private static string Words(Domain domain) => domain.PasswordValidityDays switch
    {
        null => $"unset ({UnsetValidityDays} days by the documents)",
        Domain.NeverExpires => "never",
        int days => days.ToString(CultureInfo.InvariantCulture) + " days",
    };
}
