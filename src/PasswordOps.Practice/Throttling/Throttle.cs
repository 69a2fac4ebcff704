using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Threading;
using PasswordOps.Practice.Graph;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Throttling;

/// <summary>
/// Counts every request to Graph, each item of a batch by itself, and refuses those beyond the limits. What is refused costs nothing.
/// </summary>
internal sealed class Throttle(TenantState tenant)
{
    private static readonly Limit s_requests = new("requests", 2000, 1, "Application", null);
    private static readonly Limit s_writes = new("writes", 3000, 150, "Tenant_Application/Write", "WriteLimitExceeded");
    private static readonly Limit s_tenantWrites = new("tenantWrites", 18_000, 300, "Tenant/Write", "WriteLimitExceeded");
    private static readonly Limit s_reports = new("reports", 5, 10, "Tenant_Application/ReadWrite", null);

    /// <summary>Uncertain: the page names "authenticationMethod" among the reports, perhaps not meaning these routes.</summary>
    private static readonly Limit s_methods = new("methods", 5, 10, "Tenant_Application/ReadWrite", null);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Limit, Guid AppId), Window> _windows = [];
    private ThrottleSettings _settings = new();

    /// <summary>Setting them forgets what was counted.</summary>
    internal ThrottleSettings Settings
    {
        get => Volatile.Read(ref _settings);
        set
        {
            lock (_gate)
            {
                Volatile.Write(ref _settings, value);
                _windows.Clear();
            }
        }
    }

    /// <summary>The size class of the tenant, by which its resource units are counted.</summary>
    private string Size => tenant.Users.LiveCount switch
    {
        < 50 => "small",
        <= 500 => "medium",
        _ => "large",
    };

    private Limit ResourceUnits => new(
        "resourceUnits", Size switch { "small" => 3500, "medium" => 5000, _ => 8000 }, 10, "Tenant_Application/ReadWrite",
        "ResourceUnitLimitExceeded");

    /// <summary>Takes the cost of a request from every limit that it falls under, or from none.</summary>
    /// <param name="appId">Whose request it is.</param>
    /// <param name="route">Where it goes.</param>
    /// <param name="units">What it costs in resource units.</param>
    internal Admission Admit(Guid appId, Route route, int units)
    {
        if (Settings.Regime == ThrottleRegime.None)
            return Admission.Free;
        lock (_gate)
        {
            ThrottleSettings settings = Settings;
            long now = tenant.Now.UtcTicks;
            List<(Limit Limit, Window Window, int Cost)> due = Due(settings, appId, route, units);
            (Limit? refusing, TimeSpan wait) = (null, TimeSpan.Zero);
            foreach ((Limit limit, Window window, int cost) in due)
            {
                TimeSpan needed = window.WaitFor(cost, now);
                if (needed > wait)
                    (refusing, wait) = (limit, needed);
            }
            if (refusing is not null)
                return new Admission(0, refusing.Name, Refusal(refusing, wait, settings.Scale, appId, route));
            double share = 0;
            foreach ((Limit limit, Window window, int cost) in due)
            {
                window.Take(cost, now);
                if (limit != s_requests)
                    share = Math.Max(share, (double)window.Used(now) / window.Limit);
            }
            return new Admission(share, null, null);
        }
    }

    internal void WriteState(Utf8JsonWriter writer)
    {
        lock (_gate)
        {
            ThrottleSettings settings = Settings;
            long now = tenant.Now.UtcTicks;
            writer.WriteString("regime", Name(settings.Regime));
            writer.WriteNumber("scale", settings.Scale);
            writer.WriteString("kind", Name(settings.Kind));
            writer.WriteStartArray("limits");
            foreach (Limit limit in Limits(settings.Regime))
            {
                writer.WriteStartObject();
                writer.WriteString("name", limit.Name);
                writer.WriteNumber("limit", limit.Count);
                writer.WriteNumber("seconds", limit.Seconds / (double)settings.Scale);
                writer.WriteStartObject("used");
                foreach (((string name, Guid appId), Window window) in _windows)
                {
                    if (name == limit.Name)
                        writer.WriteNumber(appId == Guid.Empty ? "tenant" : appId.ToString(), window.Used(now));
                }
                writer.WriteEndObject();
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
    }

    private static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private IEnumerable<Limit> Limits(ThrottleRegime regime)
    {
        if (regime == ThrottleRegime.None)
            yield break;
        yield return s_requests;
        yield return ResourceUnits;
        yield return s_writes;
        yield return s_tenantWrites;
        yield return s_reports;
        if (regime == ThrottleRegime.Strict)
            yield return s_methods;
    }

    private List<(Limit Limit, Window Window, int Cost)> Due(ThrottleSettings settings, Guid appId, Route route, int units)
    {
        var due = new List<(Limit, Window, int)>(5);
        Add(s_requests, 1);
        if (route.Report)
        {
            Add(s_reports, 1);
            return due;
        }
        Add(ResourceUnits, Math.Max(1, units));
        if (settings.Regime == ThrottleRegime.Strict && route.Authentication)
            Add(s_methods, 1);
        if (route.Method != "GET")
        {
            Add(s_writes, 1);
            Add(s_tenantWrites, 1);
        }
        return due;

        void Add(Limit limit, int cost)
        {
            (string, Guid) key = (limit.Name, limit.Scope.StartsWith("Tenant/", StringComparison.Ordinal) ? Guid.Empty : appId);
            if (!_windows.TryGetValue(key, out Window? window))
            {
                window = Window.Of(settings.Kind, limit.Count, TimeSpan.FromSeconds(limit.Seconds) / settings.Scale);
                _windows.Add(key, window);
            }
            due.Add((limit, window, cost));
        }
    }

    private GraphException Refusal(Limit limit, TimeSpan wait, int scale, Guid appId, Route route)
    {
        // Whole seconds of the time in which the windows have their full length; scaled down with them.
        double seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds * scale)) / scale;
        var headers = new Dictionary<string, string>
        {
            ["Retry-After"] = (Math.Ceiling(seconds * 1000) / 1000).ToString("0.###", CultureInfo.InvariantCulture),
        };
        if (limit != s_requests)
            headers["x-ms-throttle-scope"] = $"{limit.Scope}/{appId}/{tenant.Organization.TenantId}";
        if (limit.Information is not null)
            headers["x-ms-throttle-information"] = limit.Information;
        return GraphException.TooMany(
            route.Authentication || route.Report
                ? null
                : $"Too many requests from Identifier:{appId} under category:aadgraph.app.tenant_{Size}. Please try again later.",
            headers);
    }

    /// <summary>So many in so many seconds, and what the answers say of it.</summary>
    private sealed record Limit(string Name, int Count, int Seconds, string Scope, string? Information);
}

/// <summary>Whether a request is let through.</summary>
/// <param name="Share">How much of the tightest limit is taken with it; 1 is all.</param>
/// <param name="Limit">The limit that it ran into.</param>
/// <param name="Refusal">The answer in that case.</param>
internal sealed record Admission(double Share, string? Limit, GraphException? Refusal)
{
    internal static readonly Admission Free = new(0, null, null);
}
