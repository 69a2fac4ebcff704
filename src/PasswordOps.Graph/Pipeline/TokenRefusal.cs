using System;
using System.Text;

namespace PasswordOps.Graph.Pipeline;

/// <summary>A token that the service took no longer: which one, and what a new one has to claim (null for nothing in particular).</summary>
internal sealed record TokenRefusal(string? TokenMark, string? Claims)
{
    private const string ClaimsName = "claims=\"";

    /// <summary>Reads the claims of a challenge; null when there are none.</summary>
    public static string? ClaimsOf(string? challenge)
    {
        int start = challenge?.IndexOf(ClaimsName, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (start < 0)
        {
            return null;
        }

        start += ClaimsName.Length;
        int end = challenge!.IndexOf('"', start);
        string encoded = end < 0 ? string.Empty : challenge.Substring(start, end - start).TrimEnd('=').Replace('-', '+').Replace('_', '/');
        try
        {
            string claims = Encoding.UTF8.GetString(Convert.FromBase64String(encoded + new string('=', (4 - (encoded.Length % 4)) % 4)));
            return claims.Length > 0 ? claims : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
