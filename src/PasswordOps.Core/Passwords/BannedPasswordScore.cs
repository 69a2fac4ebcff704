using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Passwords;

/// <summary>
/// What a password would score by the documented sum of Microsoft Entra Password Protection (concept-password-ban-bad, 2023-01-29), with a
/// list of common words that is ours. The service's list is secret and decides: this can warn, it can never promise.
/// </summary>
public sealed class BannedPasswordScore
{
    /// <summary>Points that the service asks for.</summary>
    public const int Needed = 5;

    private BannedPasswordScore(int points, bool holdsName)
    {
        Points = points;
        HoldsName = holdsName;
    }

    /// <summary>
    /// One for each common word and one for each character outside of them. Where words overlap, the reading with the fewest points counts.
    /// </summary>
    public int Points { get; }

    /// <summary>A name of the user or of the tenant, of four or more characters, is in it; the documents refuse that whatever the points.
    /// </summary>
    public bool HoldsName { get; }

    /// <summary>The service would probably refuse it. False is no promise.</summary>
    public bool IsProbablyRefused => HoldsName || Points < Needed;

    /// <summary>Scores a password.</summary>
    /// <param name="password">The password.</param>
    /// <param name="names">First and last name of the user, name of the tenant; see <see cref="PasswordTerms"/>.</param>
    /// <param name="words">The tenant's own banned words, where they are known.</param>
    /// <returns>The score.</returns>
    public static BannedPasswordScore Of(Password password, IEnumerable<string>? names = null, IEnumerable<string>? words = null)
    {
        char[] text = BannedWords.Normal(password);
        try
        {
            IEnumerable<string> own = BannedWords.Distinct(words ?? Enumerable.Empty<string>());
            bool holdsName = BannedWords.Distinct(names ?? Enumerable.Empty<string>()).Any(name => BannedWords.Holds(text, name));
            return new BannedPasswordScore(Fewest(text, BannedWords.Common.Concat(own)), holdsName);
        }
        finally
        {
            Array.Clear(text, 0, text.Length);
        }
    }

    // The documents do not say how words that overlap are counted; the fewest points are the careful reading of a warning.
    private static int Fewest(char[] text, IEnumerable<string> words)
    {
        // lengths[i]: stretches that begin at i and count as one word.
        HashSet<int>?[] lengths = new HashSet<int>?[text.Length];
        foreach ((int start, int length) in BannedWords.FindAll(text, words))
        {
            (lengths[start] ??= new HashSet<int>()).Add(length);
        }

        int[] points = new int[text.Length + 1];
        for (int start = text.Length - 1; start >= 0; start--)
        {
            points[start] = 1 + points[start + 1];
            foreach (int length in lengths[start] ?? Enumerable.Empty<int>())
            {
                points[start] = Math.Min(points[start], 1 + points[start + length]);
            }
        }

        return points[0];
    }
}
