using System;
using System.Globalization;

namespace PasswordOps.Core;

/// <summary>
/// Texts for people in their language: that of <see cref="CultureInfo.CurrentUICulture"/>. The English text stands in the code and is the
/// key; a translation stands beside it in <c>Knowledge/texts.&lt;language&gt;.tsv</c>. What has no translation is said in English.
/// </summary>
public static class Text
{
    /// <summary>Says something, with values in it.</summary>
    /// <param name="phrase">An interpolated string, or a sum of them. Values are written with the invariant culture.</param>
    /// <returns>The text.</returns>
    public static string Of(Phrase phrase) => phrase.ToString();

    /// <summary>The translation of a text that comes from a data file; its <c>{names}</c> stay as they are.</summary>
    /// <param name="english">The text.</param>
    /// <returns>The translation.</returns>
    public static string Translated(string english) =>
        english is null ? throw new ArgumentNullException(nameof(english)) : TextCatalog.Current?.Find(english) ?? english;
}
