using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.OnPremises.Network;

/// <summary>Reads out of certificates what a report needs.</summary>
internal static class Certificate
{
    private const string RevocationListsOid = "2.5.29.31";
    private const int MostLists = 8;
    private const int LongestName = 300;

    // [6] IA5String of a general name: how the address of a list is written.
    private const byte AddressTag = 0x86;

    public static X509Certificate2 Of(byte[] bytes) => new(bytes);

    public static SeenCertificate Seen(X509Certificate2 certificate) => new()
    {
        Subject = Short(certificate.Subject),
        Issuer = Short(certificate.Issuer),
        IssuerOrganization = Short(Owner(certificate.Issuer)),
        Fingerprint = Fingerprint(certificate.RawData),
        NotBefore = certificate.NotBefore.ToUniversalTime(),
        NotAfter = certificate.NotAfter.ToUniversalTime(),
        RevocationLists = RevocationLists(certificate),
    };

    public static string Fingerprint(byte[] raw)
    {
        using SHA256 hash = SHA256.Create();
        return BitConverter.ToString(hash.ComputeHash(raw)).Replace("-", string.Empty);
    }

    /// <summary>O of a distinguished name, else its CN, else all of it.</summary>
    public static string Owner(string name)
    {
        List<string> parts = Parts(name);
        string? found = parts.Find(part => part.StartsWith("O=", StringComparison.Ordinal))
            ?? parts.Find(part => part.StartsWith("CN=", StringComparison.Ordinal));
        return found is null ? name : Unquoted(found.Substring(found.IndexOf('=') + 1));
    }

    /// <summary>Parts of a distinguished name; what stands between quotation marks is no part, whatever it says.</summary>
    private static List<string> Parts(string name)
    {
        List<string> parts = new();
        bool isQuoted = false;
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            if (i == name.Length || (!isQuoted && name[i] is (',' or '+')))
            {
                parts.Add(name.Substring(start, i - start).Trim());
                start = i + 1;
            }
            else if (name[i] == '"')
            {
                isQuoted = !isQuoted;
            }
        }

        return parts;
    }

    private static string Unquoted(string value) => value.Length >= 2 && value[0] == '"' && value[value.Length - 1] == '"'
        ? value.Substring(1, value.Length - 2).Replace("\"\"", "\"")
        : value;

    // A certificate can hold anything; it is shown to people.
    private static string Short(string text)
    {
        StringBuilder clean = new();
        foreach (char c in text.Take(LongestName))
        {
            clean.Append(char.IsControl(c) ? ' ' : c);
        }

        return clean.ToString();
    }

    /// <summary>Addresses in the extension, found by their tag: a list of names inside choices inside sequences.</summary>
    private static List<Uri> RevocationLists(X509Certificate2 certificate)
    {
        List<Uri> found = new();
        foreach (X509Extension extension in certificate.Extensions)
        {
            if (extension.Oid?.Value == RevocationListsOid)
            {
                Walk(extension.RawData, 0, extension.RawData.Length, found);
            }
        }

        return found;
    }

    private static void Walk(byte[] data, int start, int end, List<Uri> found)
    {
        int at = start;
        while (at + 2 <= end && found.Count < MostLists)
        {
            byte tag = data[at++];
            int length = data[at++];
            if (length >= 0x80)
            {
                int bytes = length & 0x7F;
                if (bytes is 0 or > 3 || at + bytes > end)
                {
                    return;
                }

                length = 0;
                for (int i = 0; i < bytes; i++)
                {
                    length = (length << 8) | data[at++];
                }
            }

            if (at + length > end)
            {
                return;
            }

            bool isConstructed = (tag & 0x20) != 0;
            if (tag == AddressTag && Uri.TryCreate(Encoding.ASCII.GetString(data, at, length), UriKind.Absolute, out Uri? address)
                && address.Scheme == Uri.UriSchemeHttp)
            {
                found.Add(address);
            }
            else if (isConstructed)
            {
                Walk(data, at, at + length, found);
            }

            at += length;
        }
    }
}
