using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PasswordOps.Practice.Graph;

/// <summary>The query of an address, as written and as read.</summary>
internal sealed class Query
{
    private readonly List<(string Raw, string Name, string Value)> _parts = [];

    public Query(string raw)
    {
        foreach (string part in raw.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = Decode(equals < 0 ? part : part[..equals]);
            _parts.Add((part, name, equals < 0 ? "" : Decode(part[(equals + 1)..])));
        }
    }

    /// <summary>Names and values, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parts =>
        _parts.ConvertAll(part => KeyValuePair.Create(part.Name, part.Value));

    public string? Filter => this["$filter"];

    public string? OrderBy => this["$orderby"];

    public string? Search => this["$search"];

    public string? Expand => this["$expand"];

    public string? SkipToken => this["$skiptoken"];

    public bool Count => string.Equals(this["$count"], "true", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<string>? Select =>
        this["$select"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public string? this[string name]
    {
        get
        {
            foreach ((_, string partName, string value) in _parts)
            {
                if (string.Equals(partName, name, StringComparison.OrdinalIgnoreCase))
                    return value;
            }
            return null;
        }
    }

    /// <summary>The size of a page that the caller asks for.</summary>
    public int Top(int standard, int most)
    {
        if (this["$top"] is not { } text)
            return standard;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int top))
            throw new GraphException(400, "BadRequest",
                $"Invalid value '{text}' for $top query option found. The $top query option requires a non-negative integer value.");
        if (top < 1 || top > most)
            throw GraphException.BadRequest($"Invalid page size specified: '{top}'. Must be between 1 and {most} inclusive.");
        return top;
    }

    /// <summary>The same query as written, with another place to go on from.</summary>
    public string WithSkipToken(string token) => string.Join('&', _parts
        .Where(part => !string.Equals(part.Name, "$skiptoken", StringComparison.OrdinalIgnoreCase))
        .Select(part => part.Raw)
        .Append("$skiptoken=" + token));

    internal static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
