using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.RegularExpressions;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Tests.Passwords;

public class PasswordGeneratorTests
{
    private static readonly ActiveDirectoryNames Nobody = new("sam", "Some Body");

    public static TheoryData<PasswordStyle> Styles => new() { PasswordStyle.Random, PasswordStyle.Pronounceable };

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    public void The_number_of_random_passwords_is_what_counting_them_one_by_one_gives(int length)
    {
        string[] kinds = { "ab", "C", "23", "+" };
        PasswordShape shape = new(Enumerable.Repeat(string.Concat(kinds), length).ToArray(), kinds);
        Assert.Equal(new BigInteger(CountOneByOne(shape)), shape.Count());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void The_number_of_pronounceable_passwords_is_what_counting_them_one_by_one_gives(int length)
    {
        PasswordShape shape = PasswordShape.Of(PasswordStyle.Pronounceable, length);
        int counted = CountOneByOne(shape);
        Assert.Equal(new BigInteger(counted), shape.Count());
        Assert.Equal(Math.Log(counted, 2), PasswordGenerator.EntropyBits(length, PasswordStyle.Pronounceable), 9);
    }

    [Fact]
    public void Entropy_of_the_usual_lengths_follows_from_their_shape()
    {
        // Four characters, one of each kind in any order: 24 orders of 24 x 21 x 8 x 8.
        Assert.Equal(Math.Log(24d * 24 * 21 * 8 * 8, 2), PasswordGenerator.EntropyBits(4), 9);

        // Three groups of three syllables and two digits, and two symbols.
        double group = Math.Pow(7 * 4, 3) * Math.Pow(7, 2);
        Assert.Equal(
            Math.Log(Math.Pow(group, 3) * Math.Pow(6, 2), 2), PasswordGenerator.EntropyBits(26, PasswordStyle.Pronounceable), 9);
        Assert.Equal(82.58, PasswordGenerator.EntropyBits(PasswordGenerator.DefaultLength), 2);
        Assert.Equal(65.28, PasswordGenerator.EntropyBits(26, PasswordStyle.Pronounceable), 2);
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public void No_length_that_is_taken_has_fewer_than_sixty_bits_and_each_character_more_adds_some(PasswordStyle style)
    {
        double before = 0;
        for (int length = 8; length <= PasswordGenerator.LongestLength(style); length += length < 40 ? 1 : 24)
        {
            double bits = PasswordGenerator.EntropyBits(length, style);
            Assert.True(bits > before);
            Assert.InRange(PasswordGenerator.BitsLeft(length, style), bits - 0.2, bits);
            Assert.Equal(length >= PasswordGenerator.ShortestLength(style), PasswordGenerator.BitsLeft(length, style) >= 60);
            before = bits;
        }

        Assert.True(PasswordGenerator.UsualLength(style) >= PasswordGenerator.ShortestLength(style));
        Assert.Equal(PasswordGenerator.MinimumLength, PasswordGenerator.ShortestLength(PasswordStyle.Random));
    }

    [Theory]
    [InlineData(PasswordStyle.Random, 10, "11")]
    [InlineData(PasswordStyle.Random, 0, "11")]
    [InlineData(PasswordStyle.Random, -1, "11")]
    [InlineData(PasswordStyle.Random, 257, "256")]
    [InlineData(PasswordStyle.Pronounceable, 14, "25")]
    [InlineData(PasswordStyle.Pronounceable, 24, "25")]
    [InlineData(PasswordStyle.Pronounceable, 65, "64")]
    public void A_length_that_will_not_do_is_refused_with_one_that_does(PasswordStyle style, int length, string does)
    {
        PasswordGenerator generator = new(new SeededRandom(1));
        PasswordOpsException refusal = Assert.Throws<PasswordOpsException>(() => generator.Next(length, style));
        Assert.Equal("PasswordLengthUnfit", refusal.Id);
        Assert.Contains($" {does}", refusal.Advice);
    }

    [Fact]
    public void Names_that_leave_too_little_chance_are_refused()
    {
        string[] syllables = "dfhkmrw".SelectMany(c => "aeiu".SelectMany(v => "dfhkmrw".Select(d => $"{c}{v}{d}"))).ToArray();
        PasswordGenerator generator = new(new SeededRandom(1));
        PasswordOpsException refusal = Assert.Throws<PasswordOpsException>(
            () => generator.Next(26, PasswordStyle.Pronounceable, syllables));
        Assert.Contains("fewer names", refusal.Advice);
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public void Every_length_keeps_the_rules_of_Entra_ID_and_of_Active_Directory(PasswordStyle style)
    {
        PasswordGenerator generator = new(new SeededRandom(2));
        for (int length = PasswordGenerator.ShortestLength(style); length <= PasswordGenerator.LongestLength(style); length += 3)
        {
            using Password password = generator.Next(length, style);
            Assert.Equal(length, password.Characters.Length);
            Assert.Empty(PasswordRules.Broken(password, Nobody));
            Assert.Empty(PasswordRules.Warnings(password));
            Assert.DoesNotContain(password.Characters, c => "lIoO01|".IndexOf(c) >= 0);
        }
    }

    [Fact]
    public void A_pronounceable_password_is_syllables_digits_and_a_symbol_between_groups()
    {
        PasswordGenerator generator = new(new SeededRandom(3));
        Regex form = new("^(?:[DFHKMRW][aeiu](?:[dfhkmrw][aeiu]){1,2}[2-8]{1,2}(?:[+%*?=@](?!$)|$)){3,}$");
        for (int length = 25; length <= 64; length++)
        {
            using Password password = generator.Next(length, PasswordStyle.Pronounceable);
            Assert.Matches(form, new string(password.Characters));
        }
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public void Names_and_common_words_never_occur(PasswordStyle style)
    {
        string[] names = { "Mira", "KIM", "Rafi", "Wim", "Duk", "R@dem", "ab", "a2e", "Xu" };
        PasswordGenerator generator = new(new SeededRandom(4));
        for (int i = 0; i < 3000; i++)
        {
            using Password password = generator.Next(style: style, names: names);
            string text = new string(password.Characters).ToLowerInvariant().Replace('@', 'a');
            Assert.DoesNotContain(names, name => name.Length >= 3 && text.Contains(name.ToLowerInvariant().Replace('@', 'a')));
            Assert.Equal(text.Length, BannedPasswordScore.Of(password).Points);
        }
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public void No_more_passwords_are_drawn_again_than_the_bits_left_allow_for(PasswordStyle style)
    {
        int length = PasswordGenerator.UsualLength(style);
        PasswordShape shape = PasswordShape.Of(style, length);
        PasswordGenerator generator = new(new SeededRandom(5));
        int whole = 0;
        int again = 0;
        char[] characters = new char[length];
        while (whole < 10_000)
        {
            generator.Draw(shape, characters);
            if (shape.Has(characters))
            {
                whole++;
                again += BannedWords.FindAll(Array.ConvertAll(characters, BannedWords.Normal), BannedWords.Common).Count > 0 ? 1 : 0;
            }
        }

        double bound = 1 - Math.Pow(2, PasswordGenerator.BitsLeft(length, style) - PasswordGenerator.EntropyBits(length, style));
        Assert.InRange(again / 10_000d, bound / 10, bound * 1.1);
    }

    /// <summary>The numbers come from a fixed seed: this cannot fail by chance, only by a generator that favours something.</summary>
    [Theory]
    [MemberData(nameof(Styles))]
    public void Every_character_of_a_place_is_equally_likely(PasswordStyle style)
    {
        const int Draws = 6_000;
        PasswordGenerator generator = new(new SeededRandom(6));
        int length = PasswordGenerator.UsualLength(style);
        IReadOnlyList<string> places = PasswordShape.Of(style, length).Places;
        Dictionary<char, int>[] seen = places.Select(place => place.ToDictionary(c => c, _ => 0)).ToArray();
        for (int i = 0; i < Draws; i++)
        {
            char[] characters = new char[length];
            generator.Draw(PasswordShape.Of(style, length), characters);
            for (int at = 0; at < length; at++)
            {
                seen[at][characters[at]]++;
            }
        }

        for (int at = 0; at < length; at++)
        {
            double expected = Draws / (double)places[at].Length;
            double chi = seen[at].Values.Sum(count => Math.Pow(count - expected, 2) / expected);
            int freedom = places[at].Length - 1;
            Assert.InRange(chi, 0, freedom + (5 * Math.Sqrt(2 * freedom)));
        }
    }

    /// <summary>Counts what can be drawn, and sees that nothing can be drawn in two ways.</summary>
    private static int CountOneByOne(PasswordShape shape)
    {
        EveryOutcome outcomes = new();
        PasswordGenerator generator = new(outcomes);
        HashSet<string> seen = new();
        char[] characters = new char[shape.Places.Count];
        do
        {
            generator.Draw(shape, characters);
            if (shape.Has(characters))
            {
                Assert.True(seen.Add(new string(characters)));
            }
        }
        while (outcomes.Advance());
        return seen.Count;
    }
}
