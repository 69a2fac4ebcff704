using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Contacts;

/// <summary>The country that numbers without a country code are from (Knowledge/countries.tsv).</summary>
public sealed class ContactCountry
{
    private static readonly Lazy<Dictionary<string, string>> Codes = new(() => KnowledgeTable.Load("countries").Rows
        .ToDictionary(row => row["country"], row => row["code"], StringComparer.OrdinalIgnoreCase));

    private ContactCountry(string? country, CallingCodes.CallingCode callingCode)
    {
        Country = country;
        CallingCode = callingCode.Code;
        Rules = callingCode;
    }

    /// <summary>Two letters of ISO 3166; null where a calling code was given.</summary>
    public string? Country { get; }

    /// <summary>Calling code, digits only.</summary>
    public string CallingCode { get; }

    /// <summary>The two letters of every country that is known, in order.</summary>
    public static IReadOnlyList<string> All => Codes.Value.Keys.OrderBy(country => country, StringComparer.Ordinal).ToArray();

    internal CallingCodes.CallingCode Rules { get; }

    /// <summary>Finds a country.</summary>
    /// <param name="text">Two letters such as <c>NL</c>, or a calling code such as <c>+31</c>.</param>
    /// <returns>The country.</returns>
    /// <exception cref="PasswordOpsException"><c>CountryUnknown</c>.</exception>
    public static ContactCountry Find(string text)
    {
        string wanted = text.Trim();
        if (Codes.Value.TryGetValue(wanted, out string? code))
        {
            return new ContactCountry(wanted.ToUpperInvariant(), CallingCodes.Of(code)!);
        }

        string digits = wanted.StartsWith("+", StringComparison.Ordinal) ? wanted.Substring(1) : string.Empty;
        return CallingCodes.Of(digits) is CallingCodes.CallingCode rules && rules.Code == digits
            ? new ContactCountry(null, rules)
            : throw new PasswordOpsException(
                "CountryUnknown", ErrorKind.InvalidArgument, Text.Of($"'{wanted}' is neither a country nor a calling code."),
                Text.Of($"Give two letters such as NL, DE or US, or a calling code such as +31."));
    }

    /// <summary>Letters and calling code.</summary>
    /// <returns>For example <c>NL (+31)</c>.</returns>
    public override string ToString() => Country is null ? "+" + CallingCode : $"{Country} (+{CallingCode})";
}
