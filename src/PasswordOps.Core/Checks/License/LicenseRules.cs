using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Checks.License;

/// <summary>What products and service plans allow (Knowledge/plans.tsv and skus.tsv; concept-sspr-licensing).</summary>
internal static class LicenseRules
{
    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> Plans =
        KnowledgeTable.Load("plans").Rows.ToDictionary(row => row["planId"], StringComparer.OrdinalIgnoreCase);

    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Products = KnowledgeTable.Load("skus").Rows;

    /// <summary>True when the product can be used: enabled or in its warning period, with units left in it.</summary>
    public static bool IsUsable(SubscribedSku sku) => IsOneOf(sku.CapabilityStatus, "Enabled", "Warning") && sku.Units > 0;

    /// <summary>True when the product is meant for people, not for meeting rooms and shared devices.</summary>
    public static bool IsForPeople(SubscribedSku sku) =>
        !string.Equals(sku.AppliesTo, "Company", StringComparison.OrdinalIgnoreCase)
            && Product(sku.SkuId, sku.PartNumber)?["people"] != "N";

    /// <summary>A product with which people may reset a forgotten password; null when the tenant has none.</summary>
    public static SubscribedSku? Resetting(IReadOnlyList<SubscribedSku> skus) =>
        ForPeople(skus).FirstOrDefault(sku => CloudReset(sku.SkuId, sku.PartNumber, sku.Plans) is not null);

    /// <summary>True when a product of the tenant has a plan of which the documents do not say whether it allows password reset.</summary>
    public static bool IsUndecided(IReadOnlyList<SubscribedSku> skus) => ForPeople(skus).Any(sku => IsUndecided(sku.Plans));

    /// <summary>A plan that writes back passwords, among plans that work; null when there is none.</summary>
    public static ServicePlan? WritebackPlan(IEnumerable<ServicePlan> plans) =>
        plans.FirstOrDefault(plan => Works(plan) && Column(plan, "writeback") == "Y");

    /// <summary>
    /// What allows cloud users to reset a forgotten password: a plan that works, or the product's own name; null when nothing does.
    /// </summary>
    public static string? CloudReset(string skuId, string partNumber, IEnumerable<ServicePlan> plans)
    {
        ServicePlan? plan = plans.FirstOrDefault(candidate => Works(candidate) && Column(candidate, "cloudReset") == "Y");
        if (plan is not null)
        {
            return "plan " + plan.Name;
        }

        // A product that has such plans counts by them: switched off inside a licence, they give nothing.
        IReadOnlyDictionary<string, string>? product = Product(skuId, partNumber);
        return product is not null && product["plans"] == "-" && product["cloudReset"] == "Y" ? "product " + product["name"] : null;
    }

    /// <summary>
    /// Licences as the user object names them, with their plans from the tenant's products. A product that is suspended gives nothing
    /// and is left out; a plan that is switched off for the user is there as Disabled.
    /// </summary>
    public static IReadOnlyList<LicenseDetail> Details(IReadOnlyList<AssignedLicense> assigned, IReadOnlyList<SubscribedSku> skus)
    {
        List<LicenseDetail> details = new();
        foreach (AssignedLicense license in assigned)
        {
            SubscribedSku? sku = skus.FirstOrDefault(one => string.Equals(one.SkuId, license.SkuId, StringComparison.OrdinalIgnoreCase));
            if (sku is not null && !IsOneOf(sku.CapabilityStatus, "Enabled", "Warning"))
            {
                continue;
            }

            details.Add(new LicenseDetail(
                license.SkuId,
                sku?.PartNumber ?? string.Empty,
                (sku?.Plans ?? Array.Empty<ServicePlan>())
                    .Select(plan => license.DisabledPlans.Contains(plan.Id, StringComparer.OrdinalIgnoreCase)
                        ? plan with { ProvisioningStatus = "Disabled" }
                        : plan)
                    .ToArray()));
        }

        return details;
    }

    /// <summary>Names of a user's products, those that are suspended marked.</summary>
    public static string Describe(IReadOnlyList<AssignedLicense> assigned, IReadOnlyList<SubscribedSku> skus) =>
        assigned.Count == 0 ? "no licences" : string.Join(", ", assigned.Select(license =>
        {
            SubscribedSku? sku = skus.FirstOrDefault(one => string.Equals(one.SkuId, license.SkuId, StringComparison.OrdinalIgnoreCase));
            string name = NameOf(license.SkuId, sku?.PartNumber ?? license.SkuId);
            string state = sku is null || IsOneOf(sku.CapabilityStatus, "Enabled", "Warning")
                ? string.Empty
                : " (" + sku.CapabilityStatus + ")";
            return name + state + (license.DisabledPlans.Count > 0 ? $" ({license.DisabledPlans.Count} plans off)" : string.Empty);
        }));

    /// <summary>What among a user's licences allows reset of a cloud user, or with writeback, of a synced one; null when nothing
    /// does.</summary>
    public static string? Reset(IReadOnlyList<LicenseDetail> licenses, bool writeback) =>
        licenses.Select(license => writeback
                ? WritebackPlan(license.Plans)?.Name
                : CloudReset(license.SkuId, license.PartNumber, license.Plans))
            .FirstOrDefault(by => by is not null);

    /// <summary>True when an education or small-business plan is there about which the documents do not say enough.</summary>
    public static bool IsUndecided(IEnumerable<ServicePlan> plans) => plans.Any(plan => Works(plan) && Column(plan, "cloudReset") == "?");

    /// <summary>Name of a product for people.</summary>
    public static string NameOf(string skuId, string partNumber) => Product(skuId, partNumber)?["name"] ?? partNumber.Trim();

    private static IEnumerable<SubscribedSku> ForPeople(IReadOnlyList<SubscribedSku> skus) =>
        skus.Where(sku => IsUsable(sku) && IsForPeople(sku));

    private static bool Works(ServicePlan plan) => string.Equals(plan.ProvisioningStatus, "Success", StringComparison.OrdinalIgnoreCase);

    private static string? Column(ServicePlan plan, string column) =>
        Plans.TryGetValue(plan.Id, out IReadOnlyDictionary<string, string>? row) ? row[column] : null;

    private static IReadOnlyDictionary<string, string>? Product(string skuId, string partNumber) =>
        Products.FirstOrDefault(row => string.Equals(row["skuId"], skuId, StringComparison.OrdinalIgnoreCase))
        ?? Products.FirstOrDefault(row => string.Equals(row["partNumber"], partNumber.Trim(), StringComparison.OrdinalIgnoreCase));

    private static bool IsOneOf(string value, params string[] words) => words.Contains(value, StringComparer.OrdinalIgnoreCase);
}
