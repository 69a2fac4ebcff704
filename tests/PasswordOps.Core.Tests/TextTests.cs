using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;
using Xunit;

namespace PasswordOps.Core.Tests;

public sealed class TextTests : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentUICulture;

    public void Dispose() => CultureInfo.CurrentUICulture = before;

    [Theory]
    [InlineData("en-US", "There is no cloud 'Moon'.")]
    [InlineData("nl-NL", "Er is geen cloud 'Moon'.")]
    [InlineData("nl-BE", "Er is geen cloud 'Moon'.")]
    [InlineData("fr-FR", "There is no cloud 'Moon'.")]
    public void A_text_is_said_in_the_language_of_the_reader(string language, string expected)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        string name = "Moon";
        Assert.Equal(expected, Text.Of($"There is no cloud '{name}'."));
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
        Assert.EndsWith(" '" + hostile + "'.", Text.Of($"There is no cloud '{hostile}'."), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nl")]
    [InlineData("NL-be")]
    [InlineData(" en-GB ")]
    public void A_language_is_found_by_the_name_of_its_culture(string name) =>
        Assert.Equal(name.Trim().Substring(0, 2).ToLowerInvariant(), Text.LanguageNamed(name).TwoLetterISOLanguageName);

    [Theory]
    [InlineData("fr")]
    [InlineData("")]
    [InlineData("nonsense of a name")]
    public void A_language_without_texts_is_refused(string name) =>
        Assert.Equal("LanguageUnknown", Assert.Throws<PasswordOpsException>(() => Text.LanguageNamed(name)).Id);

    [Fact]
    public async Task A_language_goes_with_the_work_to_other_threads_and_ends_with_it()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-US");
        CultureInfo dutch = CultureInfo.GetCultureInfo("nl-NL");
        string[] said = await Text.In(dutch, () => Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            await Task.Delay(i).ConfigureAwait(false);
            string once = Text.Of($"Try again.");
            await Task.Run(() => Thread.Sleep(1)).ConfigureAwait(false);
            return once + Text.Of($"Try again.");
        }))));
        Assert.All(said, text => Assert.Equal("Probeer het opnieuw.Probeer het opnieuw.", text));
        Assert.Equal("Try again.", Text.Of($"Try again."));
    }

    [Fact]
    public async Task A_bulk_run_speaks_the_language_it_was_begun_in()
    {
        ConcurrentBag<string> said = new();
        BulkRunner runner = new("activity", 2, 3, SystemClock.Instance);
        await Text.In(CultureInfo.GetCultureInfo("nl"), () => runner.RunAsync(
            Enumerable.Range(0, 20).ToArray(),
            async (_, stop) =>
            {
                await Task.Delay(1, stop).ConfigureAwait(false);
                said.Add(Text.Of($"Try again."));
            },
            null, CancellationToken.None));
        Assert.Equal(new[] { "Probeer het opnieuw." }, said.Distinct());
    }

    [Fact]
    public void In_English_a_text_without_values_is_the_very_text_of_the_source()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-US");
        Assert.Same(Text.Of($"Try again."), Text.Of($"Try again."));
    }
}
