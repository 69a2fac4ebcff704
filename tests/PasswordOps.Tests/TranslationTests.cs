using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace PasswordOps.Tests;

/// <summary>Every text for people has its translation, every translation its text, and both take the same values.</summary>
public class TranslationTests
{
    /// <summary>Columns of data files that people read, and what parts several texts in one cell.</summary>
    private static readonly (string File, string[] Columns, char? Separator)[] DataTexts =
    {
        ("errors", new[] { "message", "advice" }, null),
        ("directory-codes", new[] { "message", "advice" }, null),
        ("symptoms", new[] { "title", "otherwise", "next" }, null),
        ("permissions", new[] { "title" }, null),
        ("clouds", new[] { "lacks" }, ';'),
        ("report-problems", new[] { "text", "fix" }, null),
        ("reset-matrix", new[] { "name" }, null),
        ("sensitive-matrix", new[] { "name" }, null),
        ("events", new[] { "meaning", "cause", "fix" }, null),
        ("writeback-codes", new[] { "cause", "fix" }, null),
        ("connect-versions", new[] { "meaning" }, null),
        ("sspr-activities", new[] { "meaning" }, null),
        ("sspr-reasons", new[] { "meaning", "cause", "next" }, null),
    };

    /// <summary>Data files without a text for people: names, ids and numbers.</summary>
    private static readonly string[] WithoutTexts =
    {
        "azure-authorities", "banned-words", "calling-codes", "countries", "identity-issuers", "method-rights", "pace-limits", "plans",
        "role-rules", "roles", "sheet-columns", "skus", "writeback-endpoints", "writeback-idle",
    };

    private static readonly Lazy<SourceTexts> Source = new(SourceTexts.Read);

    public static TheoryData<string> Languages()
    {
        TheoryData<string> languages = new();
        foreach (string file in Files().Where(file => file.StartsWith("texts.", StringComparison.Ordinal)))
        {
            languages.Add(file.Substring("texts.".Length));
        }

        return languages;
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_text_has_a_translation_and_every_translation_its_text(string language)
    {
        Dictionary<string, string> texts = Texts();
        Dictionary<string, string> translations = Translations(language);
        string[] missing = texts.Where(text => !translations.ContainsKey(text.Key)).Select(text => $"{text.Value} {text.Key}").ToArray();
        Assert.True(missing.Length == 0, "Without translation:\n" + string.Join("\n", missing));
        string[] left = translations.Keys.Where(key => !texts.ContainsKey(key)).ToArray();
        Assert.True(left.Length == 0, "Nobody says:\n" + string.Join("\n", left));
        Assert.True(texts.Count > 1000, "The texts of the source were not found.");
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_translation_takes_the_values_of_its_text_and_keeps_its_ends(string language)
    {
        foreach ((string english, string translation) in Translations(language))
        {
            Assert.True(Values(english).SequenceEqual(Values(translation)), $"{english}\n{translation}");
            Assert.True(translation.Trim().Length > 0, english);

            // Pieces that are put together keep the blank between them.
            Assert.True(
                english.StartsWith(' ') == translation.StartsWith(' ') && english.EndsWith(' ') == translation.EndsWith(' '),
                $"{english}\n{translation}");
            if (!Regex.IsMatch(english, @"\{[A-Za-z]"))
            {
                Assert.NotEmpty(string.Format(CultureInfo.InvariantCulture, translation, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
            }
        }
    }

    [Fact]
    public void What_is_said_is_an_interpolated_string_or_a_sum_of_them() =>
        Assert.True(Source.Value.Malformed.Count == 0, string.Join("\n", Source.Value.Malformed));

    [Fact]
    public void No_reason_fix_message_or_advice_is_beyond_translation()
    {
        Assert.True(Source.Value.Untold.Count == 0, string.Join("\n", Source.Value.Untold));
        Assert.True(Source.Value.Made > 400, $"Only {Source.Value.Made} checks and failures were found in the source.");
    }

    [Fact]
    public void It_is_known_of_every_data_file_whether_people_read_it()
    {
        IEnumerable<string> known = DataTexts.Select(texts => texts.File).Concat(WithoutTexts)
            .Concat(Files().Where(file => file.StartsWith("texts.", StringComparison.Ordinal)));
        Assert.Equal(Files().Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Texts()
    {
        HashSet<string> roles = Repository.Knowledge("roles").Select(row => row["name"]).ToHashSet(StringComparer.Ordinal);
        Dictionary<string, string> texts = new(Source.Value.Keys, StringComparer.Ordinal);
        foreach ((string file, string[] columns, char? separator) in DataTexts)
        {
            foreach (string cell in Repository.Knowledge(file).SelectMany(row => columns.Select(column => row[column])))
            {
                foreach (string text in (separator is char by ? cell.Split(by) : new[] { cell }).Select(part => part.Trim())
                    .Where(part => part != "-" && !roles.Contains(part)))
                {
                    texts.TryAdd(text, file + ".tsv");
                }
            }
        }

        return texts;
    }

    private static Dictionary<string, string> Translations(string language) =>
        Repository.Knowledge("texts." + language).ToDictionary(row => row["english"], row => row["translation"], StringComparer.Ordinal);

    private static string[] Files() => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "src", "PasswordOps.Core", "Knowledge"), "*.tsv")
        .Select(file => Path.GetFileNameWithoutExtension(file)!)
        .ToArray();

    // {0}, {1} of phrases and {name} of data files; doubled braces are none.
    private static IEnumerable<string> Values(string text) =>
        Regex.Matches(text.Replace("{{", string.Empty).Replace("}}", string.Empty), @"\{[A-Za-z0-9]+\}").Select(match => match.Value)
            .Distinct().Order(StringComparer.Ordinal);
}
