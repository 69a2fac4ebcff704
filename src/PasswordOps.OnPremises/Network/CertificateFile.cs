using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using PasswordOps.Core;

namespace PasswordOps.OnPremises.Network;

/// <summary>Reads the certificates of authorities from a file, as PEM or DER.</summary>
internal static class CertificateFile
{
    private const long Largest = 1_048_576;

    private static readonly Regex Blocks = new(
        "-----BEGIN CERTIFICATE-----(?<body>[A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----", RegexOptions.CultureInvariant);

    public static IReadOnlyList<byte[]> Read(string path)
    {
        string name = Path.GetFileName(path);
        try
        {
            FileInfo info = new(path);
            if (!info.Exists)
            {
                throw new PasswordOpsException(
                    "CertificateNotFound", ErrorKind.NotFound, Text.Of($"There is no file '{path}'."),
                    Text.Of($"Check the path; a relative one starts at the current location."));
            }

            List<byte[]> found = new();
            if (info.Length <= Largest)
            {
                byte[] bytes = File.ReadAllBytes(path);
                MatchCollection blocks = Blocks.Matches(Encoding.ASCII.GetString(bytes));
                foreach (Match block in blocks)
                {
                    found.Add(Checked(Convert.FromBase64String(block.Groups["body"].Value)));
                }

                if (blocks.Count == 0)
                {
                    found.Add(Checked(bytes));
                }
            }

            return found.Count > 0 ? found : throw new FormatException();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or FormatException)
        {
            throw new PasswordOpsException(
                "CertificateUnreadable", ErrorKind.InvalidData, Text.Of($"'{name}' holds no certificate that can be read."),
                Text.Of($"Give the certificate of an authority as a .cer, .crt or .pem file that you may read."));
        }
    }

    private static byte[] Checked(byte[] bytes)
    {
        using X509Certificate2 certificate = Certificate.Of(bytes);
        return certificate.RawData;
    }
}
