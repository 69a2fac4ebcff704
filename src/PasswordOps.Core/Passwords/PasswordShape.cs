using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace PasswordOps.Core.Passwords;

/// <summary>
/// The characters that each place of a generated password is drawn from, all equally likely and independent of each other. So the number of
/// possible passwords, and with it their entropy, is counted and not estimated.
/// </summary>
internal sealed class PasswordShape
{
    // Of the random style. No l, I, 1, O, o, 0; no B, S, Z, which are read as 8, 5, 2; no symbol that shells, spreadsheets or people on the
    // telephone stumble over.
    private const string Lower = "abcdefghijkmnpqrstuvwxyz";
    private const string Upper = "ACDEFGHJKLMNPQRTUVWXY";
    private const string Digits = "23456789";
    private const string Symbols = "#%+-=?@*";

    // Of the pronounceable style. Of letters that sound alike one is kept: d for b, d, p and t; m for m and n; f for f, s, v and z; k for
    // c, k and q. Out are letters that English and Dutch say differently (g, j, y, x), and look-alikes: l and o as such, v because vv is
    // a w, n because rn is an m. Syllables are one consonant and one vowel, so no letters run together.
    private const string Consonants = "dfhkmrw";
    private const string Vowels = "aeiu";

    // No 9: five and nine are taken for one another in English, zeven and negen in Dutch. No B, S, Z stands beside 8, 5, 2.
    private const string SpokenDigits = "2345678";

    // Plus, percent, star, question mark, equals, at: each has one name, and is on every keyboard.
    private const string SpokenSymbols = "+%*?=@";

    private const int LongestGroup = 8;
    private const int LongestWord = 3;

    private readonly string[]? everyKind;

    /// <summary>Creates a shape.</summary>
    /// <param name="places">What each character is drawn from.</param>
    /// <param name="everyKind">Sets of which a password has to show each; they make up every place. Null asks for nothing.</param>
    internal PasswordShape(IReadOnlyList<string> places, string[]? everyKind)
    {
        Places = places;
        this.everyKind = everyKind;
    }

    /// <summary>What each character is drawn from.</summary>
    internal IReadOnlyList<string> Places { get; }

    internal static PasswordShape Of(PasswordStyle style, int length) => style == PasswordStyle.Pronounceable
        ? new PasswordShape(Spoken(length), null)
        : new PasswordShape(
            Enumerable.Repeat(Lower + Upper + Digits + Symbols, length).ToArray(), new[] { Lower, Upper, Digits, Symbols });

    /// <summary>How many different passwords have this shape.</summary>
    /// <returns>The number.</returns>
    internal BigInteger Count()
    {
        if (everyKind is null)
        {
            return Places.Aggregate(BigInteger.One, (product, place) => product * place.Length);
        }

        // Inclusion and exclusion: all, less those without one kind, plus those without two, and so on.
        BigInteger count = BigInteger.Zero;
        for (int without = 0; without < 1 << everyKind.Length; without++)
        {
            int left = Places[0].Length;
            int sign = 1;
            for (int kind = 0; kind < everyKind.Length; kind++)
            {
                if ((without >> kind & 1) == 1)
                {
                    left -= everyKind[kind].Length;
                    sign = -sign;
                }
            }

            count += sign * BigInteger.Pow(left, Places.Count);
        }

        return count;
    }

    /// <summary>True when every kind of character that is asked for is there.</summary>
    /// <param name="characters">A password drawn from the places.</param>
    /// <returns>True when the shape has it.</returns>
    internal bool Has(char[] characters) =>
        everyKind is null || everyKind.All(kind => characters.Any(c => kind.IndexOf(c) >= 0));

    /// <summary>
    /// At most how large a part of the passwords of this shape holds one of some patterns, once normalised: the chances of each pattern at
    /// each place, added up.
    /// </summary>
    /// <param name="patterns">Patterns of normalised characters; null stands for any.</param>
    /// <returns>A number that can exceed 1, where it says nothing.</returns>
    internal double PartWith(IEnumerable<char?[]> patterns)
    {
        Dictionary<char, double>[] chances = Places
            .Select(place => place.GroupBy(BannedWords.Normal).ToDictionary(same => same.Key, same => same.Count() / (double)place.Length))
            .ToArray();
        double sum = 0;
        foreach (char?[] pattern in patterns)
        {
            for (int start = 0; start + pattern.Length <= chances.Length; start++)
            {
                double chance = 1;
                for (int i = 0; i < pattern.Length && chance > 0; i++)
                {
                    if (pattern[i] is char c)
                    {
                        chance *= chances[start + i].TryGetValue(c, out double part) ? part : 0;
                    }
                }

                sum += chance;
            }
        }

        // Passwords that lack a kind of character are drawn again, so all others are likelier by as much.
        double all = Places.Sum(place => System.Math.Log(place.Length));
        return sum * System.Math.Exp(all - BigInteger.Log(Count()));
    }

    // Groups of a word and digits with a symbol between them: Dakufi47+Remuwa38*Hikefa52. As few groups as hold the length, as even as
    // can be.
    private static List<string> Spoken(int length)
    {
        List<string> places = new(length);
        int groups = (length + 1 + LongestGroup) / (LongestGroup + 1);
        int inGroups = length - groups + 1;
        for (int group = 0; group < groups; group++)
        {
            if (group > 0)
            {
                places.Add(SpokenSymbols);
            }

            int size = (inGroups / groups) + (group < inGroups % groups ? 1 : 0);
            int syllables = System.Math.Min(LongestWord, (size - 1) / 2);
            for (int syllable = 0; syllable < syllables; syllable++)
            {
                places.Add(syllable == 0 ? Consonants.ToUpperInvariant() : Consonants);
                places.Add(Vowels);
            }

            places.AddRange(Enumerable.Repeat(SpokenDigits, size - (2 * syllables)));
        }

        return places;
    }
}
