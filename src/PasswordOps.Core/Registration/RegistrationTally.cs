using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Registration;

/// <summary>Counts rows as they come; holds counts and no rows. For one thread at a time.</summary>
public sealed class RegistrationTally
{
    private readonly Counter all = new();
    private readonly Dictionary<string, Counter> departments = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Counter> domains = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Counter> roles = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> methods = new(StringComparer.OrdinalIgnoreCase);
    private int administrators;
    private int guests;
    private DateTimeOffset? oldest;
    private DateTimeOffset? newest;

    /// <summary>Counts a row.</summary>
    /// <param name="row">The row.</param>
    public void Add(RegistrationRow row)
    {
        if (row is null)
        {
            throw new ArgumentNullException(nameof(row));
        }

        all.Add(row);
        Of(departments, row.Department).Add(row);
        Of(domains, row.Domain).Add(row);
        foreach (string role in row.Roles ?? Array.Empty<string>())
        {
            Of(roles, role).Add(row);
        }

        foreach (string method in row.MethodsRegistered)
        {
            methods[method] = methods.TryGetValue(method, out int known) ? known + 1 : 1;
        }

        administrators += row.IsAdmin == true ? 1 : 0;
        guests += row.IsGuest ? 1 : 0;
        if (row.LastUpdated is DateTimeOffset at)
        {
            oldest = oldest is null || at < oldest ? at : oldest;
            newest = newest is null || at > newest ? at : newest;
        }
    }

    /// <summary>The counts of one dimension so far, the largest first.</summary>
    /// <param name="by">The dimension.</param>
    /// <returns>The counts.</returns>
    public IReadOnlyList<RegistrationMeasure> Measure(RegistrationDimension by) =>
        (by switch
        {
            RegistrationDimension.Department => departments,
            RegistrationDimension.Domain => domains,
            _ => roles,
        })
        .Select(pair => pair.Value.Measure(by, pair.Key))
        .OrderByDescending(measure => measure.Users).ThenBy(measure => measure.Name, StringComparer.OrdinalIgnoreCase)
        .ToArray();

    /// <summary>All counts so far.</summary>
    /// <returns>The counts.</returns>
    public RegistrationSummary Summarize() => new()
    {
        All = all.Measure(null, string.Empty),
        Administrators = administrators,
        Guests = guests,
        Methods = methods.Select(pair => new MethodCount(pair.Key, pair.Value))
            .OrderByDescending(count => count.Users).ThenBy(count => count.Method, StringComparer.OrdinalIgnoreCase).ToArray(),
        ByDepartment = Measure(RegistrationDimension.Department),
        ByDomain = Measure(RegistrationDimension.Domain),
        ByRole = Measure(RegistrationDimension.Role),
        OldestLine = oldest,
        NewestLine = newest,
    };

    private static Counter Of(Dictionary<string, Counter> counters, string? name)
    {
        string key = name?.Trim() ?? string.Empty;
        if (!counters.TryGetValue(key, out Counter? counter))
        {
            counters[key] = counter = new Counter();
        }

        return counter;
    }

    private sealed class Counter
    {
        private int users;
        private int unknown;
        private int disabled;
        private int enabled;
        private int registered;
        private int capable;
        private int toRegister;
        private int mfa;

        public void Add(RegistrationRow row)
        {
            users++;
            unknown += row.State == RegistrationState.Unknown ? 1 : 0;
            disabled += row.AccountEnabled == false ? 1 : 0;
            enabled += row.IsSsprEnabled == true ? 1 : 0;
            registered += row.IsSsprRegistered == true ? 1 : 0;
            capable += row.IsSsprCapable == true ? 1 : 0;
            toRegister += row.State == RegistrationState.NotRegistered ? 1 : 0;
            mfa += row.IsMfaRegistered == true ? 1 : 0;
        }

        public RegistrationMeasure Measure(RegistrationDimension? by, string name) => new()
        {
            By = by, Name = name, Users = users, Unknown = unknown, Disabled = disabled, Enabled = enabled, Registered = registered,
            Capable = capable, ToRegister = toRegister, MfaRegistered = mfa,
        };
    }
}
