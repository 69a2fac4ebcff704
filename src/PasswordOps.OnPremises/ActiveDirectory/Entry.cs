using System;
using System.Collections.Generic;
using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Linq;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>One entry of an answer. What is missing, too long or not of its form reads as null.</summary>
internal sealed class Entry
{
    private const int LongestText = 4_096;
    private const int MostValues = 1_000;

    private readonly SearchResultEntry entry;

    public Entry(SearchResultEntry entry)
    {
        this.entry = entry;
    }

    public string? Text(string attribute) => Texts(attribute).FirstOrDefault();

    public IReadOnlyList<string> Texts(string attribute) => Values<string>(attribute).Where(text => text.Length <= LongestText).ToArray();

    public string DistinguishedName => entry.DistinguishedName;

    /// <summary>All values of an attribute that may have many, as bytes.</summary>
    public IReadOnlyList<byte[]> AllBytes(string attribute) =>
        entry.Attributes[attribute]?.GetValues(typeof(byte[])).OfType<byte[]>().ToArray() ?? Array.Empty<byte[]>();

    /// <summary>
    /// Values of an attribute that a server gives in parts (name;range=0-1499), and where the next part begins; null when this is the
    /// last.
    /// </summary>
    public (IReadOnlyList<byte[]> Values, int? Next) Part(string attribute)
    {
        if (entry.Attributes.Contains(attribute) && entry.Attributes[attribute].Count > 0)
        {
            return (AllBytes(attribute), null);
        }

        string prefix = attribute + ";range=";
        string? name = entry.Attributes.AttributeNames?.Cast<string>()
            .FirstOrDefault(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        if (name is null)
        {
            return (Array.Empty<byte[]>(), null);
        }

        string end = name.Substring(name.LastIndexOf('-') + 1);
        IReadOnlyList<byte[]> values = AllBytes(name);
        bool more = int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out int last);
        return (values, more && values.Count > 0 ? last + 1 : null);
    }

    public byte[]? Bytes(string attribute) => Values<byte[]>(attribute).FirstOrDefault();

    public long? Number(string attribute) =>
        long.TryParse(Text(attribute), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    public int? Count(string attribute) => Number(attribute) is long number and >= 0 and <= int.MaxValue ? (int)number : null;

    /// <summary>A length of time, which Active Directory keeps as a negative number of ticks; its smallest number stands for
    /// ever.</summary>
    public TimeSpan? Time(string attribute) => Number(attribute) switch
    {
        null => null,
        long.MinValue => TimeSpan.MaxValue,
        long ticks => TimeSpan.FromTicks(Math.Abs(ticks)),
    };

    /// <summary>A moment, counted from 1601; null for zero and for what is no time of this era.</summary>
    public DateTimeOffset? Moment(string attribute) =>
        Number(attribute) is long ticks and > 0 && ticks <= DateTime.MaxValue.ToFileTimeUtc()
            ? new DateTimeOffset(DateTime.FromFileTimeUtc(ticks))
            : null;

    private IEnumerable<T> Values<T>(string attribute)
    {
        DirectoryAttribute? found = entry.Attributes[attribute];
        return found is null ? Enumerable.Empty<T>() : found.GetValues(typeof(T)).OfType<T>().Take(MostValues);
    }
}
