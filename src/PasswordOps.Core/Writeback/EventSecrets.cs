using System;
using System.Text.RegularExpressions;

namespace PasswordOps.Core.Writeback;

/// <summary>
/// Takes secrets out of the text of an event. The service writes none, but any program may write under its name, and what is shown ends up
/// in tickets.
/// </summary>
internal static class EventSecrets
{
    private const string Mask = "***";
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private static readonly Regex Named = new(
        @"(?<name>\b\w{0,20}(?:password|passwd|pwd|secret|token|sharedaccesskey|\bsig)[""']?\s{0,3}[=:]\s{0,3}[""']?)(?![\s""']|hr=)"
        + @"[^\s,;&""'<>]+",
        Plain, Limit);

    private static readonly Regex Tokens = new(
        @"(?<name>\bBearer\s+)[A-Za-z0-9._~+/=-]{8,}|\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){1,4}", Plain, Limit);

    private static readonly Regex Phones = new(@"(?<![\w.+-])\+\d[\d \-()]{7,17}\d(?![\w-])", Plain, Limit);

    /// <summary>Gives the text without them.</summary>
    /// <param name="text">Text of an event.</param>
    /// <returns>The text; values of passwords, tokens and telephone numbers as three stars.</returns>
    public static string Masked(string text)
    {
        if (text.Length == 0)
        {
            return text;
        }

        try
        {
            return Phones.Replace(Named.Replace(Tokens.Replace(text, "${name}" + Mask), "${name}" + Mask), Mask);
        }
        catch (RegexMatchTimeoutException)
        {
            // A text made to be slow to read is not worth showing.
            return Mask;
        }
    }
}
