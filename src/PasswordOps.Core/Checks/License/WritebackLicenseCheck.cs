using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.License;

/// <summary>Does the tenant own a licence with which passwords are written back to Active Directory?</summary>
internal sealed class WritebackLicenseCheck : Check<OrganizationFacts>
{
    public WritebackLicenseCheck()
        : base("license.writeback", "Microsoft Entra concept-sspr-licensing (2025-01-06)")
    {
    }

    protected override Answer Decide(OrganizationFacts facts)
    {
        if (facts.IsSynced == false)
        {
            return new Answer(
                Verdict.NotApplicable, Text.Of($"No identities are synced from Active Directory: nothing is written back."),
                "onPremisesSyncEnabled is not true",
                facts.Organization.At);
        }

        if (!facts.Skus.IsKnown)
        {
            return Answer.Unreadable(facts.Skus, Text.Of($"The tenant's licences"));
        }

        SubscribedSku? with = facts.Skus.Value.FirstOrDefault(sku =>
            LicenseRules.IsUsable(sku) && LicenseRules.IsForPeople(sku) && LicenseRules.WritebackPlan(sku.Plans) is not null);
        string evidence = with is null
            ? $"{facts.Skus.Value.Count} subscribed products, none usable for people with AAD_PREMIUM or AAD_PREMIUM_P2"
            : $"{with.PartNumber.Trim()} has {LicenseRules.WritebackPlan(with.Plans)!.Name}";
        return with is not null
            ? new Answer(
                Verdict.Pass,
                Text.Of($"{LicenseRules.NameOf(with.SkuId, with.PartNumber)} includes password writeback."), evidence, facts.Skus.At)
            : new Answer(
                Verdict.Fail,
                Text.Of($"No usable product includes password writeback; Microsoft 365 Business Basic and Standard do not."),
                evidence,
                facts.Skus.At,
                Text.Of($"Buy Microsoft Entra ID P1, or a product that includes it such as Microsoft 365 Business Premium or E3."))
            {
                Missing = new[] { "licence Microsoft Entra ID P1" },
            };
    }
}
