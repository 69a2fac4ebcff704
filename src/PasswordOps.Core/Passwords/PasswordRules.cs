using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Passwords;

/// <summary>
/// Entra ID's own password rules (concept-sspr-policy, 2025-05-15), as far as a client can test them, and the complexity rule of Windows:
/// a password that passes can still be refused for a banned word, or by what else Active Directory's administrators have set.
/// </summary>
public static class PasswordRules
{
    /// <summary>Fewest characters.</summary>
    public const int MinimumLength = 8;

    /// <summary>Most characters.</summary>
    public const int MaximumLength = 256;

    private const string Symbols = "@#$%^&*-_!+=[]{}|\\:',.?/`~\"();<> ";

    /// <summary>Tests a password.</summary>
    /// <param name="password">The password.</param>
    /// <returns>The rules that it breaks, in words that do not repeat it; empty when it breaks none.</returns>
    public static IReadOnlyList<string> Broken(Password password)
    {
        char[] characters = password.Characters;
        List<string> broken = new();
        if (characters.Length < MinimumLength)
        {
            broken.Add(Text.Of($"it has fewer than {MinimumLength} characters"));
        }

        if (characters.Length > MaximumLength)
        {
            broken.Add(Text.Of($"it has more than {MaximumLength} characters"));
        }

        if (Classes(characters) < 3)
        {
            broken.Add(Text.Of($"it has fewer than three of: lower-case letters, upper-case letters, digits, symbols"));
        }

        IReadOnlyList<int> strange = Strange(characters);
        if (strange.Count > 0)
        {
            string more = strange.Count == 1 ? string.Empty : Text.Of($" (and {strange.Count - 1} more after it)");
            broken.Add(Text.Of($"character {strange[0]}{more} is none that Entra ID takes: letters a-z and A-Z, digits, blank and the "
                + $"symbols of a US keyboard"));
        }

        return broken;
    }

    /// <summary>
    /// Tests a password that is to be set in Active Directory: Entra ID's rules, since a synced password ends there, and Windows'
    /// complexity rule, which does not count a blank as a symbol and forbids the account's names.
    /// </summary>
    /// <param name="password">The password.</param>
    /// <param name="names">Names of the account.</param>
    /// <returns>The rules that it breaks, in words that repeat neither password nor names; empty when it breaks none.</returns>
    public static IReadOnlyList<string> Broken(Password password, ActiveDirectoryNames names)
    {
        List<string> broken = new(Broken(password));
        char[] characters = password.Characters;
        if (Classes(characters) >= 3 && Classes(Array.FindAll(characters, c => c != ' ')) < 3)
        {
            broken.Add(Text.Of($"it has fewer than three kinds of character in Active Directory, where a blank is no symbol"));
        }

        // Windows leaves out an account name of fewer than three characters, and looks for it whole.
        if (names.AccountName is { Length: >= PasswordTerms.Shortest } account && Holds(characters, account))
        {
            broken.Add(Text.Of($"it holds the account name (sAMAccountName), which Active Directory's complexity rule forbids"));
        }

        if (PasswordTerms.Parts(names.DisplayName).Any(part => Holds(characters, part)))
        {
            broken.Add(Text.Of($"it holds a part of the display name, which Active Directory's complexity rule forbids"));
        }

        return broken;
    }

    /// <summary>Looks for what the service is known to refuse beyond its written rules: words and names that make guessing easy.</summary>
    /// <param name="password">The password.</param>
    /// <param name="names">Names of the user and of the tenant; see <see cref="PasswordTerms"/>.</param>
    /// <param name="words">The tenant's own banned words, where they are known.</param>
    /// <returns>Warnings, in words that repeat neither password nor names. None is no promise: the service's list is secret.</returns>
    public static IReadOnlyList<string> Warnings(Password password, IEnumerable<string>? names = null, IEnumerable<string>? words = null)
    {
        BannedPasswordScore score = BannedPasswordScore.Of(password, names, words);
        List<string> warnings = new();
        if (score.Points < BannedPasswordScore.Needed)
        {
            warnings.Add(Text.Of($"the service would probably refuse it: common words, and characters besides them, give it "
                + $"{score.Points} of the {BannedPasswordScore.Needed} points that a password needs"));
        }

        if (score.HoldsName)
        {
            warnings.Add(Text.Of($"the service would probably refuse it: it holds a name of the user or of the tenant"));
        }

        return warnings;
    }

    internal static int Classes(char[] characters) =>
        (characters.Any(IsLower) ? 1 : 0) + (characters.Any(IsUpper) ? 1 : 0) + (characters.Any(IsDigit) ? 1 : 0)
            + (characters.Any(IsSymbol) ? 1 : 0);

    // Places as people count them, from 1: a character that takes two code units is one.
    private static List<int> Strange(char[] characters)
    {
        List<int> places = new();
        int place = 0;
        for (int i = 0; i < characters.Length; i++)
        {
            if (i > 0 && char.IsLowSurrogate(characters[i]) && char.IsHighSurrogate(characters[i - 1]))
            {
                continue;
            }

            place++;
            char c = characters[i];
            if (!IsLower(c) && !IsUpper(c) && !IsDigit(c) && !IsSymbol(c))
            {
                places.Add(place);
            }
        }

        return places;
    }

    private static bool Holds(char[] characters, string name)
    {
        char[] text = Array.ConvertAll(characters, char.ToUpperInvariant);
        try
        {
            return BannedWords.Holds(text, name.ToUpperInvariant());
        }
        finally
        {
            Array.Clear(text, 0, text.Length);
        }
    }

    private static bool IsLower(char c) => c is >= 'a' and <= 'z';

    private static bool IsUpper(char c) => c is >= 'A' and <= 'Z';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsSymbol(char c) => Symbols.IndexOf(c) >= 0;
}
