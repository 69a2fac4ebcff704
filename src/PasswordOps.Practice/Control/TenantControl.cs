using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasswordOps.Practice.Graph;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Control;

/// <summary>Turns the tenant's own settings while it runs, as its administrators, resellers and sync engine would.</summary>
internal sealed class TenantControl(TenantState tenant)
{
    private static readonly Dictionary<string, Func<TenantState, string, bool>> s_switches = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sspr"] = Sspr,
        ["methodsRequired"] = (tenant, value) => Number(value, 1, 2, n => tenant.Settings = tenant.Settings with
        {
            SsprMethodsRequired = n,
        }),
        ["reportLagHours"] = (tenant, value) => Number(value, 0, 100_000, n => tenant.Settings = tenant.Settings with
        {
            ReportLagHours = n,
        }),
        ["adminSspr"] = (tenant, value) => Flag(value, on => tenant.Policies = tenant.Policies with { AllowedToUseSspr = on }),
        ["migration"] = Migration,
        ["methods"] = Methods,
        ["licenses"] = Licenses,
        ["trialDays"] = Trial,
        ["customDomain"] = CustomDomain,
        ["federated"] = (tenant, value) => Flag(value, on => tenant.Domains = tenant.Domains.Select(domain =>
            domain.IsInitial || domain.IsDefault ? domain : domain with { Federated = on }).ToList()),
        ["expiryDays"] = Expiry,
        ["sync"] = Sync,
        ["lastSyncHours"] = (tenant, value) => Number(value, 0, 100_000, n => tenant.Organization = tenant.Organization with
        {
            OnPremisesLastSync = tenant.Now.AddHours(-n),
        }),
        ["passwordSync"] = (tenant, value) => Flag(value, on => tenant.SyncFeatures = tenant.SyncFeatures with { PasswordSync = on }),
        ["forcedChange"] = (tenant, value) => Flag(value, on => tenant.SyncFeatures = tenant.SyncFeatures with
        {
            UserForcePasswordChangeOnLogon = on,
        }),
    };

    /// <summary>All names and values are looked at first; one that does not fit changes nothing but what stands before it.</summary>
    internal Answer Set(Query query)
    {
        if (query.Parts.Count == 0)
            return ControlService.Problem(400, "Give one or more of " + string.Join(", ", s_switches.Keys) + ".");
        if (query.Parts.FirstOrDefault(part => !s_switches.ContainsKey(part.Key)) is { Key: { } unknown })
            return ControlService.Problem(400, $"There is no switch '{unknown}'; there are {string.Join(", ", s_switches.Keys)}.");
        foreach (KeyValuePair<string, string> part in query.Parts)
        {
            if (!s_switches[part.Key](tenant, part.Value))
                return ControlService.Problem(400, $"{part.Key} does not take '{part.Value}'.");
        }
        return ControlService.Plain(writer => writer.WriteNumber("set", query.Parts.Count));
    }

    /// <summary>all, none, or the display name of the group in the scope.</summary>
    private static bool Sspr(TenantState tenant, string value)
    {
        bool isGroup = value is not ("all" or "none");
        if (isGroup && !tenant.Groups.Any(group => group.DisplayName.Equals(value, StringComparison.OrdinalIgnoreCase)))
            return false;
        tenant.Settings = tenant.Settings with { SsprEnabled = value != "none", SsprGroup = isGroup ? value : null };
        return true;
    }

    private static bool Migration(TenantState tenant, string value)
    {
        if (value is not ("preMigration" or "migrationInProgress" or "migrationComplete"))
            return false;
        tenant.Policies = tenant.Policies with { MigrationState = value };
        return true;
    }

    /// <summary>Ids of the methods that are on, with commas between; all others are off.</summary>
    private static bool Methods(TenantState tenant, string value)
    {
        string[] on = value.Split(',', StringSplitOptions.RemoveEmptyEntries);
        tenant.Policies = tenant.Policies with
        {
            Methods = tenant.Policies.Methods
                .Select(method => method with { Enabled = on.Contains(method.Id, StringComparer.OrdinalIgnoreCase) }).ToList(),
        };
        return true;
    }

    /// <summary>none, or part numbers with their units: SPE_E3:50,SPB:5.</summary>
    private static bool Licenses(TenantState tenant, string value)
    {
        var skus = new List<SubscribedSku>();
        foreach (string part in value == "none" ? [] : value.Split(','))
        {
            string[] words = part.Split(':');
            Product? product = Products.Find(words[0]);
            if (product is null || words.Length != 2
                || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int units))
                return false;
            skus.Add(new SubscribedSku
            {
                Product = product, Enabled = units, SubscriptionId = Guid.NewGuid(),
                Consumed = tenant.Users.Count(user => !user.Deleted && user.Licenses.Any(license => license.SkuId == product.SkuId)),
            });
        }
        tenant.SubscribedSkus = skus;
        return true;
    }

    /// <summary>none, or how many days ago a trial began.</summary>
    private static bool Trial(TenantState tenant, string value)
    {
        if (value == "none")
        {
            tenant.Subscriptions = tenant.Subscriptions.Where(subscription => !subscription.IsTrial).ToList();
            return true;
        }
        return Number(value, 0, 3650, days => tenant.Subscriptions =
        [
            .. tenant.Subscriptions.Where(subscription => !subscription.IsTrial),
            new Subscription
            {
                Id = Guid.NewGuid(), CommerceId = Guid.NewGuid(), Product = Products.Named("AAD_PREMIUM_P2"), IsTrial = true,
                TotalLicenses = 100, CreatedDateTime = tenant.Now.AddDays(-days),
            },
        ]);
    }

    /// <summary>Without one only the name that came with the tenant is left in the list; users keep theirs.</summary>
    private static bool CustomDomain(TenantState tenant, string value) => Flag(value, on =>
        tenant.Domains = on
            ? tenant.FirstDomains
            : tenant.Domains.Where(domain => domain.IsInitial)
                .Select(domain => domain with { IsDefault = true, PasswordValidityPeriodInDays = int.MaxValue }).ToList());

    /// <summary>never, unset, or a number, for every managed domain.</summary>
    private static bool Expiry(TenantState tenant, string value)
    {
        int? days = value switch { "never" => int.MaxValue, "unset" => null, _ => -1 };
        if (days == -1)
        {
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                return false;
            days = number;
        }
        tenant.Domains = tenant.Domains.Select(domain => domain with { PasswordValidityPeriodInDays = days }).ToList();
        return true;
    }

    private static bool Sync(TenantState tenant, string value)
    {
        if (value is not ("true" or "false" or "never"))
            return false;
        tenant.Organization = tenant.Organization with { OnPremisesSyncEnabled = value == "never" ? null : value == "true" };
        return true;
    }

    private static bool Flag(string value, Action<bool> set)
    {
        if (value is not ("true" or "false"))
            return false;
        set(value == "true");
        return true;
    }

    private static bool Number(string value, int least, int most, Action<int> set)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < least || number > most)
            return false;
        set(number);
        return true;
    }
}
