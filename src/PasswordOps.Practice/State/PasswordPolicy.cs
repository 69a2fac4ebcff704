using System;
using System.Linq;

namespace PasswordOps.Practice.State;

/// <summary>The password rules of the cloud.</summary>
internal static class PasswordPolicy
{
    private const string Symbols = "@#$%^&*-_!+=[]{}|\\:',.?/`~\"();<> ";

    /// <summary>A few stand in for the service's list, which nobody outside knows.</summary>
    private static readonly string[] s_banned =
        ["password", "welcome", "welkom", "contoso", "fabrikam", "qwerty", "letmein", "summer", "winter", "spring", "autumn", "zomer",
            "admin"];

    internal const string Banned = "FuzzyPolicyViolationInvalidPassword";

    internal const string RefusalText =
        "The specified password does not comply with password complexity requirements. Please provide a different password.";

    /// <summary>Why the cloud does not take a password, as the audit log calls it; null when it does.</summary>
    internal static string? Refusal(string password, User user, string organisation) =>
        IsBanned(password, user, organisation) ? Banned : IsComplex(password) ? null : "PolicyViolationInvalidPassword";

    /// <summary>Long enough, three of four kinds of characters, and none that the cloud does not take.</summary>
    internal static bool IsComplex(string password)
    {
        if (password.Length is < 8 or > 256)
            return false;
        bool lower = false, upper = false, digit = false, symbol = false;
        foreach (char c in password)
        {
            if (char.IsAsciiLetterLower(c))
                lower = true;
            else if (char.IsAsciiLetterUpper(c))
                upper = true;
            else if (char.IsAsciiDigit(c))
                digit = true;
            else if (Symbols.Contains(c, StringComparison.Ordinal))
                symbol = true;
            else
                return false;
        }
        return (lower ? 1 : 0) + (upper ? 1 : 0) + (digit ? 1 : 0) + (symbol ? 1 : 0) >= 3;
    }

    /// <summary>
    /// Too close to a banned word: after normalising, each banned word counts one point and so does every other character; five are needed.
    /// A name of the user or of the organisation inside is refused outright.
    /// </summary>
    internal static bool IsBanned(string password, User user, string organisation)
    {
        string normal = Normalise(password);
        string?[] names = [user.GivenName, user.Surname, organisation];
        if (names.Any(name => name is { Length: >= 4 } && normal.Contains(Normalise(name), StringComparison.Ordinal)))
            return true;
        int points = 0;
        string rest = normal;
        foreach (string word in s_banned)
        {
            for (int at = rest.IndexOf(word, StringComparison.Ordinal); at >= 0; at = rest.IndexOf(word, StringComparison.Ordinal))
            {
                points++;
                rest = rest.Remove(at, word.Length);
            }
        }
        return points > 0 && points + rest.Length < 5;
    }

    private static string Normalise(string text) =>
        text.ToLowerInvariant().Replace('0', 'o').Replace('1', 'l').Replace('$', 's').Replace('@', 'a');
}
