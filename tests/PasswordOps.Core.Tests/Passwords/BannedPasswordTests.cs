using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Tests.Passwords;

public class BannedPasswordTests
{
    private static readonly string[] Own = { "contoso", "blank", "abcdef" };

    [Theory]
    [InlineData("C0ntos0Blank12", 4)]
    [InlineData("ContoS0Bl@nkf9!", 5)]
    [InlineData("Bl@nK", 1)]
    [InlineData("abcdeg", 1)]
    [InlineData("abcdefg", 2)]
    [InlineData("abcde", 1)]
    [InlineData("gabcdef", 2)]
    [InlineData("abc-def", 1)]
    [InlineData("contosocontoso", 2)]
    [InlineData("contooso", 1)]
    [InlineData("contosoo", 2)]
    [InlineData("ccontoso", 2)]
    [InlineData("", 0)]
    [InlineData("xkqj", 4)]
    public void Points_are_counted_as_documented(string text, int points)
    {
        using Password password = new(text.ToCharArray());
        BannedPasswordScore score = BannedPasswordScore.Of(password, words: Own);
        Assert.Equal(points, score.Points);
        Assert.Equal(points < 5, score.IsProbablyRefused);
    }

    [Fact]
    public void Where_words_overlap_the_fewest_points_count()
    {
        using Password password = new("xxsunshineyardxx".ToCharArray());
        Assert.Equal(8, BannedPasswordScore.Of(password, words: new[] { "sunshine", "shineyard" }).Points);
        Assert.Equal(6, BannedPasswordScore.Of(password, words: new[] { "sunshine", "yard", "eyard" }).Points);
    }

    [Theory]
    [InlineData("p0LL23fbXW", "Poll", true)]
    [InlineData("pol23fbXW9", "Pol", false)]
    [InlineData("Ren\u00E9e", "Rene\u00E9", false)]
    [InlineData("xrenee9Q-p", "Ren\u00E9e", true)]
    [InlineData("x9-f@bRik@m", "Fabrikam", true)]
    public void A_name_of_four_letters_is_refused_whatever_the_points(string text, string name, bool holds)
    {
        using Password password = new(text.ToCharArray());
        BannedPasswordScore score = BannedPasswordScore.Of(password, new[] { name });
        Assert.True(score.Points >= 5);
        Assert.Equal(holds, score.HoldsName);
        Assert.Equal(holds, score.IsProbablyRefused);
    }

    [Fact]
    public void The_search_finds_what_comparing_every_stretch_finds()
    {
        SeededRandom random = new(7);
        int hits = 0;
        for (int round = 0; round < 20_000; round++)
        {
            char[] text = Letters(random, 4 + random.Below(6));
            string word = new(Letters(random, 4 + random.Below(3)));
            List<(int, int)> found = BannedWords.FindAll(text, new[] { word });
            (int, int)[] expected = EveryStretch(text, word).ToArray();
            Assert.Equal(expected, found.Distinct().OrderBy(stretch => stretch));
            hits += expected.Length;
            if (expected.Length > 0)
            {
                Assert.Contains(BannedWords.Patterns(word), pattern => IsIn(pattern, text));
            }
        }

        Assert.True(hits > 2_000, "Too few words were found to tell: " + hits);
    }

    [Theory]
    [InlineData('a')]
    [InlineData('1')]
    public void The_longest_password_is_scored_at_once(char c)
    {
        using Password password = new(new string(c, 256).ToCharArray());
        string[] words = Enumerable.Range(5, 12).Select(length => new string(c, length)).ToArray();
        Stopwatch watch = Stopwatch.StartNew();
        BannedPasswordScore score = BannedPasswordScore.Of(password, words: words);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), watch.Elapsed.ToString());
        Assert.Equal(256 / 16, score.Points);
    }

    [Fact]
    public void The_list_holds_words_as_the_search_needs_them()
    {
        Assert.InRange(BannedWords.Common.Count, 300, 1000);
        Assert.Contains("welkom", BannedWords.Common);
        Assert.Contains("l2345", BannedWords.Common);
        Assert.All(BannedWords.Common, word =>
        {
            Assert.True(word.Length >= 4);
            Assert.All(word, c => Assert.Equal(BannedWords.Normal(c), c));
        });
    }

    [Theory]
    [InlineData("Winter")]
    [InlineData("Zomer")]
    [InlineData("October")]
    [InlineData("Maandag")]
    [InlineData("Password")]
    [InlineData("Wachtwoord")]
    [InlineData("Welcome")]
    [InlineData("Qwerty")]
    [InlineData("Bedrijf")]
    [InlineData("Microsoft")]
    [InlineData("2026")]
    public void Common_words_are_known(string word)
    {
        using Password password = new(word.ToCharArray());
        Assert.Equal(1, BannedPasswordScore.Of(password).Points);
    }

    private static char[] Letters(SeededRandom random, int count) =>
        Enumerable.Range(0, count).Select(_ => "abc"[random.Below(3)]).ToArray();

    private static IEnumerable<(int Start, int Length)> EveryStretch(char[] text, string word)
    {
        for (int start = 0; start < text.Length; start++)
        {
            for (int length = word.Length - 1; length <= word.Length + 1 && start + length <= text.Length; length++)
            {
                string part = new(text, start, length);
                bool near = word.Length >= 5 && Distance(part, word) == 1 && part.IndexOf(word, StringComparison.Ordinal) < 0
                    && !(length < word.Length && Whole(text, start, word));
                if (part == word || near)
                {
                    yield return (start, length);
                }
            }
        }
    }

    // A word that stands there whole is not also found without its last letter.
    private static bool Whole(char[] text, int start, string word) =>
        start + word.Length <= text.Length && new string(text, start, word.Length) == word;

    private static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(
                        Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }
        }

        return cost[a.Length, b.Length];
    }

    private static bool IsIn(char?[] pattern, char[] text) =>
        Enumerable.Range(0, Math.Max(0, text.Length - pattern.Length + 1))
            .Any(start => pattern.Select((c, i) => c is null || c == text[start + i]).All(fits => fits));
}
