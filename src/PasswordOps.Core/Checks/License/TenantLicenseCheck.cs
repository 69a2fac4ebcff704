using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.License;

/// <summary>Does the tenant own a licence with which users may reset a forgotten password?</summary>
internal sealed class TenantLicenseCheck : Check<OrganizationFacts>
{
    public TenantLicenseCheck()
        : base("license.tenant", "Microsoft Entra concept-sspr-licensing (2025-01-06)")
    {
    }

    protected override Answer Decide(OrganizationFacts facts)
    {
        if (!facts.Skus.IsKnown)
        {
            return Answer.Unreadable(facts.Skus, Text.Of($"The tenant's licences"));
        }

        IReadOnlyList<SubscribedSku> skus = facts.Skus.Value;
        string evidence = skus.Count == 0
            ? "no subscribed products"
            : string.Join(", ", skus.Select(sku => $"{sku.PartNumber.Trim()} {sku.CapabilityStatus} {sku.ConsumedUnits}/{sku.Units}"));
        if (LicenseRules.Resetting(skus) is SubscribedSku with)
        {
            return new Answer(
                Verdict.Pass, Text.Of($"{LicenseRules.NameOf(with.SkuId, with.PartNumber)} allows self-service password reset."), evidence,
                facts.Skus.At);
        }

        if (LicenseRules.IsUndecided(skus))
        {
            return new Answer(
                Verdict.Unknown,
                Text.Of($"The tenant has only an education or small-business plan, of which the documents do not say "
                + $"whether it allows password reset."),
                evidence,
                facts.Skus.At,
                Text.Of($"Ask the licence reseller, or test a reset with one ordinary user."));
        }

        return Missing(evidence, facts);
    }

    /// <summary>The answer for a tenant, and for everybody in it, that has no product with which people may reset a password.</summary>
    public static Answer Missing(string evidence, OrganizationFacts facts) => new(
        Verdict.Fail,
        Text.Of($"No usable product of the tenant allows self-service password reset; people see error 12 (UserNotLicensed)."),
        evidence,
        facts.Skus.At,
        Text.Of($"Buy at least one licence of Microsoft 365 Business Standard or higher (cloud users) "
        + $"or Microsoft Entra ID P1 (with writeback)."));
}
