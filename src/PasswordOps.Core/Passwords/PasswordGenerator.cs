using System;

namespace PasswordOps.Core.Passwords;

/// <summary>Makes temporary passwords: within Entra ID's rules, and without characters that people take for one another.</summary>
public sealed class PasswordGenerator
{
    /// <summary>Characters of a generated password unless asked otherwise.</summary>
    public const int DefaultLength = 14;

    /// <summary>Fewest characters that still give 60 bits.</summary>
    public const int MinimumLength = 12;

    // No l, I, 1, O, o, 0; no symbol that a shell, a spreadsheet or a person on the telephone stumbles over.
    private const string Lower = "abcdefghijkmnpqrstuvwxyz";
    private const string Upper = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Digits = "23456789";
    private const string Symbols = "#%+-=?@*";
    private const string All = Lower + Upper + Digits + Symbols;

    private readonly IRandomSource random;

    /// <summary>Creates a generator.</summary>
    /// <param name="random">Where chance comes from.</param>
    public PasswordGenerator(IRandomSource random)
    {
        this.random = random;
    }

    /// <summary>
    /// Bits of chance in a password of that length: what is lost by insisting on all four kinds of character is under two bits and taken
    /// off.
    /// </summary>
    /// <param name="length">Characters.</param>
    /// <returns>Bits.</returns>
    public static double EntropyBits(int length) => (length * Math.Log(All.Length, 2)) - 2;

    /// <summary>Makes a password with lower-case and upper-case letters, digits and symbols.</summary>
    /// <param name="length">Characters, at least <see cref="MinimumLength"/>.</param>
    /// <returns>The password; dispose it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is too small, or more than Entra ID takes.</exception>
    public Password Next(int length = DefaultLength)
    {
        if (length is < MinimumLength or > PasswordRules.MaximumLength)
        {
            throw new ArgumentOutOfRangeException(nameof(length));
        }

        char[] characters = new char[length];
        do
        {
            for (int i = 0; i < length; i++)
            {
                characters[i] = All[random.Below(All.Length)];
            }
        }
        while (PasswordRules.Classes(characters) < 4);
        return new Password(characters);
    }
}
