using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace PasswordOps.Practice.Control;

/// <summary>What the log has seen since it was last emptied, also of what it no longer keeps. Not safe for threads; the log
/// locks.</summary>
internal sealed class LogCounts
{
    private readonly SortedDictionary<string, long> _statuses = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _throttles = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _faults = new(StringComparer.Ordinal);
    private long _requests;
    private long _items;
    private long _effects;

    internal void Add(LogEntry entry)
    {
        if (entry.Effect is not { } effect)
            return;
        if (entry.Batch is null)
            _requests++;
        else
            _items++;
        if (effect)
            _effects++;
        if (entry.Fault is not null)
            Count(_faults, entry.Fault);
        if (entry.Throttle is not null)
            Count(_throttles, entry.Throttle);
        // A batch is 200 whatever became of what is in it.
        if (!entry.Path.Equals("/v1.0/$batch", StringComparison.OrdinalIgnoreCase))
            Count(_statuses, entry.Status.ToString(CultureInfo.InvariantCulture));
    }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteNumber("requests", _requests);
        writer.WriteNumber("items", _items);
        writer.WriteNumber("effects", _effects);
        Write(writer, "status", _statuses);
        Write(writer, "throttle", _throttles);
        Write(writer, "fault", _faults);
    }

    private static void Count(SortedDictionary<string, long> counts, string name) =>
        counts[name] = counts.TryGetValue(name, out long count) ? count + 1 : 1;

    private static void Write(Utf8JsonWriter writer, string name, SortedDictionary<string, long> counts)
    {
        writer.WriteStartObject(name);
        foreach ((string key, long count) in counts)
            writer.WriteNumber(key, count);
        writer.WriteEndObject();
    }
}
