using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Passwords;

/// <summary>
/// Words that make a password easy to guess, and how the service is documented to look for them (concept-password-ban-bad): lower case,
/// four substitutions, then each word as it is or with one letter changed, left out or put in.
/// </summary>
internal static class BannedWords
{
    /// <summary>Names shorter than this are not looked for by the service.</summary>
    internal const int ShortestName = 4;

    // One edit leaves three letters of a word of four, which stand in any password; such words are looked for as they are.
    private const int ShortestFuzzy = 5;

    private static readonly Lazy<IReadOnlyList<string>> Table = new(() =>
        Distinct(KnowledgeTable.Load("banned-words").Rows.Select(row => row["word"])));

    /// <summary>The words of Knowledge/banned-words.tsv, normalised.</summary>
    internal static IReadOnlyList<string> Common => Table.Value;

    /// <summary>Normalises words, without those too short to be looked for and those that are there twice.</summary>
    /// <param name="words">Words.</param>
    /// <param name="shortest">Fewest characters of a word that is looked for.</param>
    /// <returns>Normalised words.</returns>
    internal static IReadOnlyList<string> Distinct(IEnumerable<string> words, int shortest = ShortestName) => words
        .Select(word => Fold(word).Trim())
        .Where(word => word.Length >= shortest)
        .Distinct(StringComparer.Ordinal)
        .ToArray();

    /// <summary>Normalises one character as the service does.</summary>
    /// <param name="c">The character.</param>
    /// <returns>The normalised one.</returns>
    internal static char Normal(char c) => c switch
    {
        '0' => 'o',
        '1' => 'l',
        '$' => 's',
        '@' => 'a',
        _ => char.ToLowerInvariant(c),
    };

    /// <summary>Normalises a password.</summary>
    /// <param name="password">The password.</param>
    /// <returns>A new array, which the caller erases.</returns>
    internal static char[] Normal(Password password) => Array.ConvertAll(password.Characters, Normal);

    /// <summary>True when a text holds a word as it is.</summary>
    /// <param name="text">Normalised text.</param>
    /// <param name="word">Normalised word.</param>
    /// <returns>True when it does.</returns>
    internal static bool Holds(char[] text, string word)
    {
        for (int start = 0; start + word.Length <= text.Length; start++)
        {
            if (IsAt(text, start, word, 0))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds every stretch of a text that counts as one of some words.</summary>
    /// <param name="text">Normalised text.</param>
    /// <param name="words">Normalised words.</param>
    /// <returns>Where each begins and how long it is; they may overlap.</returns>
    internal static List<(int Start, int Length)> FindAll(char[] text, IEnumerable<string> words)
    {
        List<(int Start, int Length)> found = new();

        // One edit leaves one half of a word whole: a word of whose halves neither begins anywhere in the text need not be looked for.
        int[] pairs = new int[Math.Max(0, text.Length - 1)];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = Pair(text[i], text[i + 1]);
        }

        Array.Sort(pairs);
        foreach (string word in words)
        {
            int half = word.Length / 2;
            if (Array.BinarySearch(pairs, Pair(word[0], word[1])) >= 0
                || Array.BinarySearch(pairs, Pair(word[half], word[half + 1])) >= 0)
            {
                Find(text, word, found);
            }
        }

        Array.Clear(pairs, 0, pairs.Length);
        return found;
    }

    /// <summary>Finds every stretch of a text that counts as a word.</summary>
    /// <param name="text">Normalised text.</param>
    /// <param name="word">Normalised word.</param>
    /// <param name="found">Takes where each begins and how long it is; they may overlap.</param>
    internal static void Find(char[] text, string word, List<(int Start, int Length)> found)
    {
        for (int start = 0; start < text.Length; start++)
        {
            // The first letter that differs is the one that an edit would have to concern.
            int left = text.Length - start;
            int same = 0;
            while (same < word.Length && same < left && text[start + same] == word[same])
            {
                same++;
            }

            if (same == word.Length)
            {
                found.Add((start, word.Length));
            }

            if (word.Length < ShortestFuzzy || same == word.Length)
            {
                continue;
            }

            if (IsAt(text, start + same, word, same + 1))
            {
                found.Add((start, word.Length - 1));
            }

            if (IsAt(text, start + same + 1, word, same + 1))
            {
                found.Add((start, word.Length));
            }

            // A letter put in before or behind the word is none of it: the documented sum counts it as a character of its own. Such a
            // letter may be the same as its neighbour, so the stretch must not hold the word as it is.
            if (same > 0 && IsAt(text, start + same + 1, word, same) && !IsAt(text, start + 1, word, 0))
            {
                found.Add((start, word.Length + 1));
            }
        }
    }

    /// <summary>
    /// Patterns of which a text that holds a word, as it is or with one edit, holds at least one: null stands for any character.
    /// </summary>
    /// <param name="word">Normalised word.</param>
    /// <returns>Patterns.</returns>
    internal static IEnumerable<char?[]> Patterns(string word)
    {
        char?[] letters = word.Select(c => (char?)c).ToArray();
        if (word.Length < ShortestFuzzy)
        {
            yield return letters;
            yield break;
        }

        // The word itself, and the word with its first or last letter changed, hold the word without that letter.
        for (int i = 0; i < letters.Length; i++)
        {
            yield return letters.Where((_, at) => at != i).ToArray();
        }

        for (int i = 1; i < letters.Length - 1; i++)
        {
            yield return letters.Select((c, at) => at == i ? null : c).ToArray();
        }

        for (int i = 1; i < letters.Length; i++)
        {
            yield return letters.Take(i).Concat(new char?[] { null }).Concat(letters.Skip(i)).ToArray();
        }
    }

    private static int Pair(char first, char second) => (first << 16) | second;

    // Whether the word's letters from one on stand at a place of the text.
    private static bool IsAt(char[] text, int start, string word, int from)
    {
        if (start + word.Length - from > text.Length)
        {
            return false;
        }

        for (int i = from; i < word.Length; i++)
        {
            if (text[start + i - from] != word[i])
            {
                return false;
            }
        }

        return true;
    }

    // A name with accents is also found where the password has it without, which is all that Entra ID takes.
    private static string Fold(string word) => new(word.Normalize(NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
        .Select(Normal)
        .ToArray());
}
