using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace PasswordOps.Core;

/// <summary>
/// Texts for people in their language: that of <see cref="CultureInfo.CurrentUICulture"/> unless another is asked for with
/// <see cref="In{T}"/>. The English text stands in the code and is the key; a translation stands beside it in
/// <c>Knowledge/texts.&lt;language&gt;.tsv</c>. What has no translation is said in English.
/// </summary>
public static class Text
{
    // Flows with the work to whatever thread it goes on, also in Windows PowerShell, where the culture of a thread does not.
    private static readonly AsyncLocal<CultureInfo?> Chosen = new();

    /// <summary>The languages that texts are there in, as two letters.</summary>
    public static IReadOnlyList<string> Languages { get; } = new[] { "en" }.Concat(TextCatalog.Languages).ToArray();

    /// <summary>The language that texts are said in here and now.</summary>
    public static CultureInfo Language => Chosen.Value ?? CultureInfo.CurrentUICulture;

    /// <summary>Says something, with values in it.</summary>
    /// <param name="phrase">An interpolated string, or a sum of them. Values are written with the invariant culture.</param>
    /// <returns>The text.</returns>
    public static string Of(Phrase phrase) => phrase.ToString();

    /// <summary>The translation of a text that comes from a data file; its <c>{names}</c> stay as they are.</summary>
    /// <param name="english">The text.</param>
    /// <returns>The translation.</returns>
    public static string Translated(string english) =>
        english is null ? throw new ArgumentNullException(nameof(english)) : TextCatalog.Current?.Find(english) ?? english;

    /// <summary>Finds a language by the name that a person gives it.</summary>
    /// <param name="name">Name of a culture, any case: nl, nl-NL, en-US.</param>
    /// <returns>The culture.</returns>
    /// <exception cref="PasswordOpsException">There are no texts in it: <c>LanguageUnknown</c>.</exception>
    public static CultureInfo LanguageNamed(string name)
    {
        string wanted = (name ?? string.Empty).Trim();
        try
        {
            CultureInfo culture = CultureInfo.GetCultureInfo(wanted);
            if (Languages.Contains(culture.TwoLetterISOLanguageName, StringComparer.Ordinal))
            {
                return culture;
            }
        }
        catch (CultureNotFoundException)
        {
            // Said below: it is as good as a language that there are no texts in.
        }

        throw new PasswordOpsException(
            "LanguageUnknown", ErrorKind.InvalidArgument, Text.Of($"There are no texts in the language '{wanted}'."),
            Text.Of($"Use one of: {string.Join(", ", Languages)}."));
    }

    /// <summary>Does something whose texts, on whatever thread it goes on, are said in one language.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="language">The language.</param>
    /// <param name="work">What to do.</param>
    /// <returns>What it gave.</returns>
    public static T In<T>(CultureInfo language, Func<T> work)
    {
        if (work is null)
        {
            throw new ArgumentNullException(nameof(work));
        }

        CultureInfo? before = Chosen.Value;
        Chosen.Value = language;
        try
        {
            return work();
        }
        finally
        {
            Chosen.Value = before;
        }
    }
}
