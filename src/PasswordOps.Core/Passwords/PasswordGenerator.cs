using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace PasswordOps.Core.Passwords;

/// <summary>
/// Makes temporary passwords: within Entra ID's rules and Active Directory's usual ones, without characters that people take for one
/// another, and with at least <see cref="LeastBits"/> bits of chance.
/// </summary>
public sealed class PasswordGenerator
{
    /// <summary>Characters of a generated random password unless asked otherwise.</summary>
    public const int DefaultLength = 14;

    /// <summary>Fewest characters with which a random password has <see cref="LeastBits"/> bits.</summary>
    public const int MinimumLength = 11;

    /// <summary>Bits of chance that every password has at least.</summary>
    public const int LeastBits = 60;

    private const int PronounceableLength = 26;

    // Nobody reads more aloud; and with every further word it is likelier that one of them means something.
    private const int LongestPronounceable = 64;

    private static readonly ConcurrentDictionary<(PasswordStyle, int), double> WordParts = new();

    private readonly IRandomSource random;

    /// <summary>Creates a generator.</summary>
    /// <param name="random">Where chance comes from.</param>
    public PasswordGenerator(IRandomSource random)
    {
        this.random = random;
    }

    /// <summary>
    /// Bits of chance in a password of that style and length: the logarithm of the number of passwords, all equally likely, that it can be.
    /// Those that hold a common word or a name are drawn again and still in the number; <see cref="BitsLeft"/> leaves them out.
    /// </summary>
    /// <param name="length">Characters.</param>
    /// <param name="style">Style.</param>
    /// <returns>Bits.</returns>
    public static double EntropyBits(int length, PasswordStyle style = PasswordStyle.Random) =>
        BigInteger.Log(PasswordShape.Of(style, length).Count()) / Math.Log(2);

    /// <summary>
    /// Bits of chance that are left at least when passwords with a common word or one of these names are left out.
    /// </summary>
    /// <param name="length">Characters.</param>
    /// <param name="style">Style.</param>
    /// <param name="names">Names that the password must not hold; see <see cref="PasswordTerms"/>.</param>
    /// <returns>Bits; zero when so much is left out that nothing can be said.</returns>
    public static double BitsLeft(int length, PasswordStyle style, IEnumerable<string>? names = null)
    {
        PasswordShape shape = PasswordShape.Of(style, length);
        double words = WordParts.GetOrAdd(
            (style, length), _ => shape.PartWith(BannedWords.Common.SelectMany(BannedWords.Patterns)));
        double left = 1 - words - shape.PartWith(Forbidden(names).Select(name => name.Select(c => (char?)c).ToArray()));
        return left <= 0 ? 0 : EntropyBits(length, style) + (Math.Log(left) / Math.Log(2));
    }

    /// <summary>Characters of a generated password unless asked otherwise.</summary>
    /// <param name="style">Style.</param>
    /// <returns>The length.</returns>
    public static int UsualLength(PasswordStyle style) => style == PasswordStyle.Pronounceable ? PronounceableLength : DefaultLength;

    /// <summary>Fewest characters that give <see cref="LeastBits"/> bits.</summary>
    /// <param name="style">Style.</param>
    /// <returns>The length.</returns>
    public static int ShortestLength(PasswordStyle style) => Enumerable
        .Range(PasswordRules.MinimumLength, LongestLength(style))
        .First(length => BitsLeft(length, style) >= LeastBits);

    /// <summary>Most characters.</summary>
    /// <param name="style">Style.</param>
    /// <returns>The length.</returns>
    public static int LongestLength(PasswordStyle style) =>
        style == PasswordStyle.Pronounceable ? LongestPronounceable : PasswordRules.MaximumLength;

    /// <summary>Refuses a length that gives less than <see cref="LeastBits"/> bits, or more characters than can be.</summary>
    /// <param name="length">Characters.</param>
    /// <param name="style">Style.</param>
    /// <param name="names">Names that the password must not hold.</param>
    /// <exception cref="PasswordOpsException"><c>PasswordLengthUnfit</c>; the advice names the fewest characters that do.</exception>
    public static void RequireLength(int length, PasswordStyle style, IEnumerable<string>? names = null)
    {
        int longest = LongestLength(style);
        string sort = style == PasswordStyle.Pronounceable ? "pronounceable" : "random";
        if (length > longest)
        {
            throw new PasswordOpsException(
                "PasswordLengthUnfit", ErrorKind.InvalidArgument, Text.Of($"A {sort} password is made with at most {longest} characters."),
                Text.Of($"Ask for at most {longest}; {UsualLength(style)} are usual."));
        }

        if (length > 0 && BitsLeft(length, style, names) >= LeastBits)
        {
            return;
        }

        int enough = Enumerable.Range(Math.Max(length, PasswordRules.MinimumLength), longest)
            .FirstOrDefault(longer => longer <= longest && BitsLeft(longer, style, names) >= LeastBits);
        throw new PasswordOpsException(
            "PasswordLengthUnfit", ErrorKind.InvalidArgument,
            Text.Of($"A {sort} password of {length} characters has fewer than {LeastBits} bits of chance, which could be guessed."),
            enough == 0 ? Text.Of($"Give fewer names that must not occur in it.") : Text.Of($"Ask for at least {enough} characters."));
    }

    /// <summary>Makes a password with lower-case and upper-case letters, digits and symbols.</summary>
    /// <param name="length">Characters, from <see cref="ShortestLength"/> to <see cref="LongestLength"/> of the style; null for its usual
    /// length.</param>
    /// <param name="style">Style.</param>
    /// <param name="names">Names that it must not hold, of the user and of the tenant; those of fewer than three letters do not count.
    /// </param>
    /// <returns>The password; dispose it.</returns>
    /// <exception cref="PasswordOpsException"><c>PasswordLengthUnfit</c>: see <see cref="RequireLength"/>.</exception>
    public Password Next(int? length = null, PasswordStyle style = PasswordStyle.Random, IEnumerable<string>? names = null)
    {
        int places = length ?? UsualLength(style);
        IReadOnlyList<string> forbidden = Forbidden(names);
        RequireLength(places, style, forbidden);
        PasswordShape shape = PasswordShape.Of(style, places);
        char[] characters = new char[places];
        Password password = new(characters);
        do
        {
            Draw(shape, characters);
        }
        while (!shape.Has(characters) || HoldsAny(password, forbidden));
        return password;
    }

    /// <summary>Draws every place once, without looking at the whole.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="characters">Takes the characters.</param>
    internal void Draw(PasswordShape shape, char[] characters)
    {
        for (int i = 0; i < characters.Length; i++)
        {
            string place = shape.Places[i];
            characters[i] = place[random.Below(place.Length)];
        }
    }

    private static IReadOnlyList<string> Forbidden(IEnumerable<string>? names) =>
        names is null ? Array.Empty<string>() : BannedWords.Distinct(names, PasswordTerms.Shortest);

    private static bool HoldsAny(Password password, IReadOnlyList<string> forbidden)
    {
        char[] text = BannedWords.Normal(password);
        try
        {
            return BannedWords.FindAll(text, BannedWords.Common).Count > 0 || forbidden.Any(name => BannedWords.Holds(text, name));
        }
        finally
        {
            Array.Clear(text, 0, text.Length);
        }
    }
}
