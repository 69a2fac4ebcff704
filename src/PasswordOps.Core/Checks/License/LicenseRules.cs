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

    /// <summary>True when an education or small-business plan is there about which the documents do not say enough.</summary>
    public static bool IsUndecided(IEnumerable<ServicePlan> plans) => plans.Any(plan => Works(plan) && Column(plan, "cloudReset") == "?");

    /// <summary>Name of a product for people.</summary>
    public static string NameOf(string skuId, string partNumber) => Product(skuId, partNumber)?["name"] ?? partNumber.Trim();

    private static bool Works(ServicePlan plan) => string.Equals(plan.ProvisioningStatus, "Success", StringComparison.OrdinalIgnoreCase);

    private static string? Column(ServicePlan plan, string column) =>
        Plans.TryGetValue(plan.Id, out IReadOnlyDictionary<string, string>? row) ? row[column] : null;

    private static IReadOnlyDictionary<string, string>? Product(string skuId, string partNumber) =>
        Products.FirstOrDefault(row => string.Equals(row["skuId"], skuId, StringComparison.OrdinalIgnoreCase))
        ?? Products.FirstOrDefault(row => string.Equals(row["partNumber"], partNumber.Trim(), StringComparison.OrdinalIgnoreCase));

    private static bool IsOneOf(string value, params string[] words) => words.Contains(value, StringComparer.OrdinalIgnoreCase);
}
