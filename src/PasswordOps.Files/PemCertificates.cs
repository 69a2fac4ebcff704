using System;
using System.Collections.Generic;

namespace PasswordOps.Files;

/// <summary>Tells forms of certificate files apart.</summary>
internal static class PemCertificates
{
    public const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string End = "-----END CERTIFICATE-----";

    /// <summary>The certificates in a PEM text; other parts of it, keys for example, are passed over.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Certificates in DER form; none when one of them is broken.</returns>
    public static IReadOnlyList<byte[]> In(string text)
    {
        List<byte[]> found = new();
        int from = 0;
        while ((from = text.IndexOf(Begin, from, StringComparison.Ordinal)) >= 0)
        {
            int end = text.IndexOf(End, from, StringComparison.Ordinal);
            if (end < 0)
            {
                return Array.Empty<byte[]>();
            }

            try
            {
                found.Add(Convert.FromBase64String(text.Substring(from + Begin.Length, end - from - Begin.Length)));
            }
            catch (FormatException)
            {
                return Array.Empty<byte[]>();
            }

            from = end;
        }

        return found;
    }

    /// <summary>
    /// True when a file begins as PFX files and private keys do: a sequence whose first part is a number. That of a certificate is a
    /// sequence.
    /// </summary>
    /// <param name="content">The file.</param>
    /// <returns>True for a key.</returns>
    public static bool IsKeyFile(byte[] content)
    {
        if (content.Length < 2 || content[0] != 0x30)
        {
            return false;
        }

        int at = content[1] > 0x80 ? 2 + (content[1] & 0x7F) : 2;
        return at < content.Length && content[at] == 0x02;
    }
}
