using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Passwords;

/// <summary>
/// Entra ID's own password rules (concept-sspr-policy, 2025-05-15), as far as a client can test them: a password that passes can still be
/// refused for a banned word, and Active Directory has rules of its own.
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
            broken.Add($"it has fewer than {MinimumLength} characters");
        }

        if (characters.Length > MaximumLength)
        {
            broken.Add($"it has more than {MaximumLength} characters");
        }

        if (Classes(characters) < 3)
        {
            broken.Add("it has fewer than three of: lower-case letters, upper-case letters, digits, symbols");
        }

        if (characters.Any(c => !IsLower(c) && !IsUpper(c) && !IsDigit(c) && !IsSymbol(c)))
        {
            broken.Add("it has a character outside the letters a-z and A-Z, digits, blank and the symbols that Entra ID takes");
        }

        return broken;
    }

    internal static int Classes(char[] characters) =>
        (characters.Any(IsLower) ? 1 : 0) + (characters.Any(IsUpper) ? 1 : 0) + (characters.Any(IsDigit) ? 1 : 0)
            + (characters.Any(IsSymbol) ? 1 : 0);

    private static bool IsLower(char c) => c is >= 'a' and <= 'z';

    private static bool IsUpper(char c) => c is >= 'A' and <= 'Z';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsSymbol(char c) => Symbols.IndexOf(c) >= 0;
}
