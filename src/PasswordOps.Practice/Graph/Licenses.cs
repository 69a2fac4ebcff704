using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>What the tenant owns, and what a user has of it.</summary>
internal static class Licenses
{
    internal static void Map(RouteTable routes)
    {
        routes.Map("GET", "/subscribedSkus", 3, Skus);
        routes.Map("GET", "/directory/subscriptions", 1, Subscriptions);
        routes.Map("GET", "/users/{id}/licenseDetails", 2, Details);
    }

    private static Answer Skus(Call call)
    {
        if (call.Query.Filter is not null)
            throw GraphException.UnsupportedQuery("The query parameter '$filter' is not supported for this resource.");
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context("subscribedSkus"));
            writer.WriteStartArray("value");
            foreach (SubscribedSku sku in call.Tenant.SubscribedSkus)
                WriteSku(writer, call.Tenant, sku);
            writer.WriteEndArray();
        });
    }

    private static void WriteSku(Utf8JsonWriter writer, TenantState tenant, SubscribedSku sku)
    {
        writer.WriteStartObject();
        writer.WriteString("accountName", tenant.InitialDomain.Split('.')[0]);
        writer.WriteString("accountId", tenant.Organization.TenantId);
        writer.WriteString("appliesTo", "User");
        writer.WriteString("capabilityStatus", sku.CapabilityStatus);
        writer.WriteNumber("consumedUnits", sku.Consumed);
        writer.WriteString("id", $"{tenant.Organization.TenantId}_{sku.Product.SkuId}");
        writer.WriteString("skuId", sku.Product.SkuId);
        writer.WriteString("skuPartNumber", sku.Product.PartNumber);
        writer.Write("subscriptionIds", [sku.SubscriptionId.ToString()]);
        writer.WriteStartObject("prepaidUnits");
        writer.WriteNumber("enabled", sku.Enabled);
        writer.WriteNumber("suspended", sku.Suspended);
        writer.WriteNumber("warning", sku.Warning);
        writer.WriteNumber("lockedOut", sku.LockedOut);
        writer.WriteEndObject();
        WritePlans(writer, "servicePlans", sku.Product.Plans, []);
        writer.WriteEndObject();
    }

    private static void WritePlans(Utf8JsonWriter writer, string name, IReadOnlyList<ServicePlan> plans, IReadOnlyList<Guid> disabled)
    {
        writer.WriteStartArray(name);
        foreach (ServicePlan plan in plans)
        {
            writer.WriteStartObject();
            writer.WriteString("servicePlanId", plan.Id);
            writer.WriteString("servicePlanName", plan.Name);
            writer.WriteString("provisioningStatus", disabled.Contains(plan.Id) ? "Disabled" : "Success");
            writer.WriteString("appliesTo", "User");
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static Answer Subscriptions(Call call) => Answer.Json(writer =>
    {
        writer.WriteString("@odata.context", call.Context("directory/subscriptions"));
        writer.WriteStartArray("value");
        foreach (Subscription subscription in call.Tenant.Subscriptions)
        {
            writer.WriteStartObject();
            writer.WriteString("id", subscription.Id);
            writer.WriteString("commerceSubscriptionId", subscription.CommerceId);
            writer.Write("createdDateTime", subscription.CreatedDateTime);
            writer.WriteBoolean("isTrial", subscription.IsTrial);
            writer.Write("nextLifecycleDateTime", subscription.NextLifecycleDateTime);
            writer.WriteNull("ownerId");
            writer.WriteNull("ownerTenantId");
            writer.WriteNull("ownerType");
            writer.WriteString("skuId", subscription.Product.SkuId);
            writer.WriteString("skuPartNumber", subscription.Product.PartNumber);
            writer.WriteString("status", subscription.Status);
            writer.WriteNumber("totalLicenses", subscription.TotalLicenses);
            WritePlans(writer, "serviceStatus", subscription.Product.Plans, []);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    private static Answer Details(Call call)
    {
        User user = call.TargetUser();
        return Answer.Json(writer =>
        {
            writer.WriteString("@odata.context", call.Context($"users('{user.Id}')/licenseDetails"));
            writer.WriteStartArray("value");
            foreach (License license in user.Licenses)
            {
                Product product = call.Tenant.SubscribedSkus.FirstOrDefault(sku => sku.Product.SkuId == license.SkuId)?.Product
                    ?? Products.Find(license.SkuId)!;
                writer.WriteStartObject();
                byte[] id = [.. call.Tenant.Organization.TenantId.ToByteArray(), .. product.SkuId.ToByteArray()];
                writer.WriteString("id", Base64Url.EncodeToString(id));
                writer.WriteString("skuId", product.SkuId);
                writer.WriteString("skuPartNumber", product.PartNumber);
                WritePlans(writer, "servicePlans", product.Plans, license.DisabledPlans);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }
}
