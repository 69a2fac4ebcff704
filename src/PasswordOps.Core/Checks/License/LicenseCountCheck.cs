using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.License;

/// <summary>Are there as many licences as users in the scope?</summary>
internal sealed class LicenseCountCheck : Check<WholeTenantFacts>
{
    public LicenseCountCheck()
        : base("license.enough", "Microsoft Entra concept-sspr-licensing (2025-01-06)")
    {
    }

    protected override Answer Decide(WholeTenantFacts facts)
    {
        if (!facts.Skus.IsKnown)
        {
            return Answer.Unreadable(facts.Skus, Text.Of($"The tenant's licences"));
        }

        SubscribedSku[] able = facts.Skus.Value
            .Where(sku => LicenseRules.IsUsable(sku) && LicenseRules.IsForPeople(sku)
                && LicenseRules.CloudReset(sku.SkuId, sku.PartNumber, sku.Plans) is not null)
            .ToArray();
        long units = able.Sum(sku => (long)sku.Units);
        string owned = able.Length == 0
            ? "no usable product that allows password reset"
            : string.Join(", ", able.Select(sku => $"{sku.PartNumber.Trim()} {sku.ConsumedUnits}/{sku.Units}"));
        if (able.Length == 0)
        {
            return new Answer(
                Verdict.NotApplicable, Text.Of($"There is no product to count; license.tenant says what is missing."), owned,
                facts.Skus.At);
        }

        if (!facts.Totals.IsKnown)
        {
            return Answer.Unreadable(facts.Totals, Text.Of($"The number of users in the scope"));
        }

        if (facts.Totals.Value.Enabled is not int enabled)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"The registration report does not count the users in the scope."), owned, facts.Totals.At,
                Text.Of($"Ask again later, or count with Get-SsprRegistration -All."));
        }

        string evidence = $"{owned}; {enabled} users in the scope";
        return units >= enabled
            ? new Answer(
                Verdict.Pass, Text.Of($"There are {units} licences that allow password reset, for {enabled} users in the scope."),
                evidence, facts.Totals.At)
            : new Answer(
                Verdict.Warn,
                Text.Of($"There are {units} licences that allow password reset, and {enabled} users in the scope. ")
                + Text.Of($"It works for all of them, as only the tenant's licence is enforced, yet the terms require one each."),
                evidence,
                facts.Totals.At,
                Text.Of($"Buy licences for {enabled - units} more users, or take users out of the scope."));
    }
}
