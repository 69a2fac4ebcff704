using System;
using System.Globalization;
using System.Linq;

namespace PasswordOps.Core.Tests;

/// <summary>A language in which every text stands in brackets: what stands outside of them did not pass the catalogue. It
/// goes by the name of
/// Danish, which every runtime knows and nobody has translated.</summary>
internal static class PseudoLanguage
{
    private static readonly CultureInfo Culture = Make();

    /// <summary>Does something in this language.</summary>
    public static T In<T>(Func<T> work) => Text.In(Culture, work);

    /// <summary>Asserts that a text passed the catalogue. What a test itself put in, such as a fake's advice, may stand outside.</summary>
    public static void AssertSaid(string? text, params string[] asGiven)
    {
        int depth = 0;
        string outside = string.Concat((text ?? string.Empty).Select(c =>
        {
            depth += c == '\u27e6' ? 1 : 0;
            string kept = depth == 0 ? c.ToString() : string.Empty;
            depth -= c == '\u27e7' ? 1 : 0;
            return kept;
        }));
        Assert.True(!outside.Any(char.IsLetter) || asGiven.Contains(outside.Trim()), text);
    }

    private static CultureInfo Make()
    {
        CultureInfo culture = CultureInfo.GetCultureInfo("da");
        TextCatalog.Add(culture.TwoLetterISOLanguageName, new TextCatalog(english => "\u27e6" + english + "\u27e7"));
        return culture;
    }
}
