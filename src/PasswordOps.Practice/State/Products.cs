using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Practice.State;

/// <summary>A service plan inside a product.</summary>
internal sealed record ServicePlan(Guid Id, string Name);

/// <summary>A product that a tenant can subscribe to.</summary>
internal sealed record Product(Guid SkuId, string PartNumber, IReadOnlyList<ServicePlan> Plans);

/// <summary>The products and service plans that decide about password features.</summary>
internal static class Products
{
    /// <summary>The published ids of P1 and P2; either makes a tenant premium.</summary>
    internal static readonly Guid PlanP1 = new("41781fb2-bc02-4b7c-bd55-b576c07bb09d");
    internal static readonly Guid PlanP2 = new("eec0eb4f-6444-4f95-aba0-50c24d67f998");

    /// <summary>A mailbox: what a product without any directory plan shows here, since no product is empty.</summary>
    private static readonly ServicePlan s_mailbox = new(new Guid("9aaf7827-d63c-4b61-89c3-182f06f82e5c"), "EXCHANGE_S_STANDARD");

    private static readonly Dictionary<string, ServicePlan> s_plans = Knowledge.Shared("plans").Skip(1)
        .Select(row => new ServicePlan(Guid.Parse(row[0]), row[1]))
        .ToDictionary(plan => plan.Name, StringComparer.OrdinalIgnoreCase);

    private static readonly List<Product> s_all = Knowledge.Shared("skus").Skip(1)
        .Where(row => row[0] != "-")
        .Select(row => new Product(
            Guid.Parse(row[0]),
            row[1],
            row[3] == "-" ? [s_mailbox] : row[3].Split(',').Select(name => s_plans[name]).ToArray()))
        .ToList();

    internal static Product? Find(Guid skuId) => s_all.Find(product => product.SkuId == skuId);

    internal static Product? Find(string partNumber) =>
        s_all.Find(product => string.Equals(product.PartNumber, partNumber, StringComparison.OrdinalIgnoreCase));

    internal static Product Named(string partNumber) =>
        Find(partNumber) ?? throw new ArgumentException($"No product '{partNumber}'.", nameof(partNumber));

    internal static ServicePlan? FindPlan(string name) => s_plans.GetValueOrDefault(name);
}
