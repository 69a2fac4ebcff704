using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace PasswordOps.Practice.State;

/// <summary>
/// One object of a directory file. It remembers what was read of it, so that a property nobody knows is found, and where it stands, so that
/// every fault can be named by its place.
/// </summary>
internal sealed class FileSection
{
    private readonly JsonElement _element;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public FileSection(JsonElement element, string path)
    {
        Path = path;
        _element = element;
        if (element.ValueKind != JsonValueKind.Object)
            throw Fault("must be an object");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!names.Add(property.Name))
                throw Fault($"has the property '{property.Name}' twice");
        }
    }

    public string Path { get; }

    public UsageException Fault(string rule) => new($"{Path}: {rule}.");

    public UsageException Fault(string name, string rule) => new($"{Path}.{name}: {rule}.");

    /// <summary>Nothing is left that this program does not know.</summary>
    public void Close()
    {
        foreach (JsonProperty property in _element.EnumerateObject())
        {
            if (!_read.Contains(property.Name))
                throw Fault(property.Name, $"unknown property; known here: {string.Join(", ", _read.Order(StringComparer.Ordinal))}");
        }
    }

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw Fault(name, "must be text"),
    };

    public string RequiredText(string name) => Text(name) is { Length: > 0 } text ? text : throw Fault(name, "is required");

    public string OneOf(string name, string standard, params string[] known)
    {
        string text = Text(name) ?? standard;
        return Array.Find(known, value => value.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw Fault(name, $"must be one of {string.Join(", ", known)}, not '{text}'");
    }

    public bool? Flag(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Fault(name, "must be true or false"),
    };

    public int? Number(string name, int least, int most) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out int number) && number >= least && number <= most => number,
        _ => throw Fault(name, $"must be a whole number from {least} to {most}"),
    };

    public double? Seconds(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.GetDouble() is >= 0 and <= 86_400 and double number => number,
        _ => throw Fault(name, "must be a number of seconds from 0 to 86400"),
    };

    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw Fault(name, "must be a date and time such as 2026-08-18T09:00:00Z");
    }

    public Guid? Id(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return Guid.TryParseExact(text, "D", out Guid id)
            ? id : throw Fault(name, "must be an id such as 3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11");
    }

    public IReadOnlyList<string> Texts(string name)
    {
        if (Find(name) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Array)
            throw Fault(name, "must be a list of texts");
        return value.EnumerateArray()
            .Select((item, index) => item.ValueKind == JsonValueKind.String
                ? item.GetString()! : throw Fault($"{name}[{index}]", "must be text"))
            .ToList();
    }

    public FileSection? Child(string name) => Find(name) is { } value ? new FileSection(value, $"{Path}.{name}") : null;

    public IReadOnlyList<FileSection> Children(string name)
    {
        if (Find(name) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Array)
            throw Fault(name, "must be a list of objects");
        return value.EnumerateArray().Select((item, index) => new FileSection(item, $"{Path}.{name}[{index}]")).ToList();
    }

    /// <summary>Null for a property that is not there, or is null.</summary>
    private JsonElement? Find(string name)
    {
        _read.Add(name);
        return _element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
