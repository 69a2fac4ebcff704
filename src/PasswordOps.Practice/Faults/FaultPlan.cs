using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;

namespace PasswordOps.Practice.Faults;

/// <summary>The rules by which requests go wrong, in their order. The first that takes a request settles how it ends.</summary>
internal sealed class FaultPlan
{
    /// <summary>The path by which a rule names batches themselves, whatever is in them.</summary>
    internal const string Batch = "/v1.0/$batch";

    private readonly Lock _gate = new();
    private readonly List<FaultRule> _rules = [];
    private int _lastId;
    private volatile bool _empty = true;

    internal bool Empty => _empty;

    internal void Add(IReadOnlyList<FaultRule> rules)
    {
        lock (_gate)
        {
            foreach (FaultRule rule in rules)
            {
                rule.Id = ++_lastId;
                _rules.Add(rule);
            }
            _empty = _rules.Count == 0;
        }
    }

    /// <summary>Takes out one rule, or all. How many there were.</summary>
    internal int Remove(int? id)
    {
        lock (_gate)
        {
            int count = _rules.RemoveAll(rule => id is null || rule.Id == id);
            _empty = _rules.Count == 0;
            return count;
        }
    }

    /// <summary>How a whole HTTP request goes, a batch with those in it.</summary>
    /// <param name="method">Of the request.</param>
    /// <param name="target">Its address from /v1.0 on.</param>
    /// <param name="items">Of a batch; else null.</param>
    internal RequestFate OnRequest(string method, string target, IReadOnlyList<(string Method, string Target)>? items)
    {
        lock (_gate)
        {
            (double before, double after) = (0, 0);
            Fault? fault = null;
            foreach (FaultRule rule in _rules)
            {
                if (!rule.OnRequests || (fault is not null && rule.Kind != FaultKind.Slow) || !Fits(rule, method, target, items))
                    continue;
                Fault? hit = rule.Take();
                if (hit is { Kind: FaultKind.Slow, Effect: FaultEffect.Before })
                    before += hit.Seconds!.Value;
                else if (hit is { Kind: FaultKind.Slow })
                    after += hit.Seconds!.Value;
                else
                    fault ??= hit;
            }
            return new RequestFate(TimeSpan.FromSeconds(before), TimeSpan.FromSeconds(after), fault);
        }
    }

    /// <summary>How one request goes, alone or in a batch.</summary>
    internal Fault? OnItem(string method, string target)
    {
        if (_empty)
            return null;
        lock (_gate)
        {
            foreach (FaultRule rule in _rules)
            {
                if (!rule.OnRequests && rule.Fits(method, target) && rule.Take() is { } fault)
                    return fault;
            }
            return null;
        }
    }

    internal void Write(Utf8JsonWriter writer)
    {
        lock (_gate)
        {
            writer.WriteStartArray("faults");
            foreach (FaultRule rule in _rules)
            {
                writer.WriteStartObject();
                rule.Write(writer);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
    }

    /// <summary>Every batch is a POST; so a rule with a method means what is in it, unless it names the batch by its path.</summary>
    private static bool Fits(FaultRule rule, string method, string target, IReadOnlyList<(string Method, string Target)>? items)
    {
        if (items is null)
            return rule.Fits(method, target);
        bool named = rule.Path is not null && Batch.Contains(rule.Path, StringComparison.OrdinalIgnoreCase);
        return (named && rule.Fits(method, target)) || items.Any(item => rule.Fits(item.Method, item.Target));
    }
}

/// <summary>How one HTTP request goes.</summary>
/// <param name="PauseBefore">To wait before it is carried out.</param>
/// <param name="PauseAfter">To wait before it is answered.</param>
/// <param name="Fault">How it goes wrong.</param>
internal sealed record RequestFate(TimeSpan PauseBefore, TimeSpan PauseAfter, Fault? Fault)
{
    internal static readonly RequestFate Good = new(TimeSpan.Zero, TimeSpan.Zero, null);

    public bool Slow => PauseBefore + PauseAfter > TimeSpan.Zero;

    /// <summary>What the log says of it.</summary>
    public string? Name => Fault?.Name ?? (Slow ? Fault.SlowName : null);
}
