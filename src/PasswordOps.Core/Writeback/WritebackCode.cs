using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Writeback;

/// <summary>A code of the sync engine, or a telling place in its trace, that an event holds.</summary>
public sealed record WritebackCode
{
    // Written hr=80230626 by the one provider and 0x80230626 by the other. Bare digits are no code: a GUID holds eight of them too.
    private static readonly Regex Codes = new(
        @"\bhr\s*=\s*(?:0x)?(?<code>[0-9a-f]{1,8})(?![0-9a-f])|\b0x(?<code>[8c][0-9a-f]{7})(?![0-9a-f])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled);

    private static readonly Lazy<Dictionary<string, WritebackCode>> Explained = new(() => KnowledgeTable.Load("writeback-codes").Rows
        .ToDictionary(row => row["code"], Parse, StringComparer.OrdinalIgnoreCase));

    private static readonly Lazy<WritebackCode[]> Texts = new(() => Explained.Value.Values.Where(code => code.Match.Length > 0).ToArray());

    /// <summary>Eight hexadecimal digits, or the text that tells.</summary>
    public required string Code { get; init; }

    /// <summary>What causes it; null when nobody has published it.</summary>
    public string? Cause
    {
        get => field is null ? null : Text.Translated(field);
        init;
    }

    /// <summary>What mends it; null when nobody has published it.</summary>
    public string? Fix
    {
        get => field is null ? null : Text.Translated(field);
        init;
    }

    /// <summary>How sure cause and fix are.</summary>
    public WritebackCertainty Certainty { get; init; }

    internal FailureScope Scope { get; init; } = FailureScope.Either;

    /// <summary>All of these must be in the text, each as one of its forms; empty for a plain code.</summary>
    private string[][] Match { get; init; } = Array.Empty<string[]>();

    /// <summary>Explains a code.</summary>
    /// <param name="code">Up to eight hexadecimal digits, with or without 0x.</param>
    /// <returns>The code in eight digits, explained when something is published about it.</returns>
    public static WritebackCode Of(string code)
    {
        string digits = code.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? code.Substring(2) : code;
        string whole = digits.ToUpperInvariant().PadLeft(8, '0');
        return Explained.Value.TryGetValue(whole, out WritebackCode? known) ? known : new WritebackCode { Code = whole };
    }

    /// <summary>Finds all codes in the text of an event.</summary>
    /// <param name="data">The text.</param>
    /// <returns>Each once, in the order of the text; telling places after the codes.</returns>
    public static IReadOnlyList<WritebackCode> In(string data)
    {
        List<WritebackCode> found = new();
        foreach (Match match in Codes.Matches(data))
        {
            WritebackCode code = Of(match.Groups["code"].Value);
            if (code.Code != "00000000" && !found.Contains(code))
            {
                found.Add(code);
            }
        }

        found.AddRange(Texts.Value.Where(text => Array.TrueForAll(text.Match, forms => Array.Exists(forms, form => Holds(data, form)))));
        return found;
    }

    /// <inheritdoc/>
    public override string ToString() => Code;

    /// <inheritdoc/>
    public bool Equals(WritebackCode? other) => other is not null && string.Equals(Code, other.Code, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Code);

    // As a word: 0x5 is not in 0x57.
    private static bool Holds(string data, string form)
    {
        int at = -1;
        while ((at = data.IndexOf(form, at + 1, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            int end = at + form.Length;
            if (end == data.Length || !char.IsLetterOrDigit(data[end]))
            {
                return true;
            }
        }

        return false;
    }

    private static WritebackCode Parse(IReadOnlyDictionary<string, string> row) => new()
    {
        Code = row["code"],
        Cause = row["cause"],
        Fix = row["fix"],
        Certainty = (WritebackCertainty)Enum.Parse(typeof(WritebackCertainty), row["certainty"], ignoreCase: true),
        Scope = (FailureScope)Enum.Parse(typeof(FailureScope), row["scope"], ignoreCase: true),
        Match = row["match"] == "-" ? Array.Empty<string[]>() : Split(row["match"], " + ").Select(forms => Split(forms, " | ")).ToArray(),
    };

    private static string[] Split(string text, string separator) => text.Split(new[] { separator }, StringSplitOptions.None);
}
