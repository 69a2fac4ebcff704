using System;
using System.Globalization;
using Xunit;

namespace PasswordOps.Core.Tests;

public sealed class TextTests : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentUICulture;

    public void Dispose() => CultureInfo.CurrentUICulture = before;

    [Theory]
    [InlineData("en-US", "Password writeback: Pass")]
    [InlineData("nl-NL", "Wachtwoord terugschrijven: Pass")]
    [InlineData("nl-BE", "Wachtwoord terugschrijven: Pass")]
    [InlineData("fr-FR", "Password writeback: Pass")]
    public void A_text_is_said_in_the_language_of_the_reader(string language, string expected)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        string verdict = "Pass";
        Assert.Equal(expected, Text.Of($"Password writeback: {verdict}"));
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("nl-NL")]
    public void What_has_no_translation_is_said_in_English_with_its_values(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        Assert.Equal(
            "A {brace}, 1.5, 007 and nothing: , nobody translates this.",
            Text.Of($"A {{brace}}, {1.5}, " + $"{7:000} and nothing: {(string?)null}, nobody translates this."));
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("nl-NL")]
    public void A_value_with_braces_is_no_part_of_the_format(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        string hostile = "{0} {1} {x";
        Assert.EndsWith(": " + hostile, Text.Of($"Password writeback: {hostile}"), StringComparison.Ordinal);
    }
}
