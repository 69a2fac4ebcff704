using System;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PasswordOps.Files;

/// <summary>
/// Writes enveloped data of the Cryptographic Message Syntax (RFC 5652) for one recipient: AES-256 in CBC mode under a key of its own, that
/// key encrypted with RSA (PKCS #1 v1.5, which every reader opens). It is a page of code: less than a package for it would bring along, and
/// content and key stay in arrays that are erased.
/// </summary>
internal static class EnvelopedMessage
{
    private const string EnvelopedData = "1.2.840.113549.1.7.3";
    private const string Data = "1.2.840.113549.1.7.1";
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const string Aes256Cbc = "2.16.840.1.101.3.4.1.42";
    private const int LineLength = 64;

    private static readonly Asn1Tag First = new(TagClass.ContextSpecific, 0);

    /// <summary>Encrypts content.</summary>
    /// <param name="content">The content; the caller erases it.</param>
    /// <param name="certificate">The recipient's.</param>
    /// <returns>The message in DER form.</returns>
    internal static byte[] Encrypt(byte[] content, X509Certificate2 certificate)
    {
        using Aes aes = Aes.Create();
        aes.KeySize = 256;
        aes.Mode = CipherMode.CBC;
        aes.Padding = PaddingMode.PKCS7;
        byte[] key = aes.Key;
        try
        {
            byte[] encrypted;
            using (ICryptoTransform encryptor = aes.CreateEncryptor())
            {
                encrypted = encryptor.TransformFinalBlock(content, 0, content.Length);
            }

            using RSA rsa = certificate.GetRSAPublicKey()!;
            return Encode(certificate.RawData, rsa.Encrypt(key, RSAEncryptionPadding.Pkcs1), aes.IV, encrypted);
        }
        finally
        {
            Array.Clear(key, 0, key.Length);
        }
    }

    /// <summary>Wraps a message in the lines by which PowerShell and OpenSSL know it.</summary>
    /// <param name="message">The message in DER form.</param>
    /// <returns>Text.</returns>
    internal static string ToText(byte[] message)
    {
        string encoded = Convert.ToBase64String(message);
        StringBuilder text = new("-----BEGIN CMS-----\n");
        for (int i = 0; i < encoded.Length; i += LineLength)
        {
            text.Append(encoded, i, Math.Min(LineLength, encoded.Length - i)).Append('\n');
        }

        return text.Append("-----END CMS-----").ToString();
    }

    private static byte[] Encode(byte[] certificate, byte[] encryptedKey, byte[] initialVector, byte[] encryptedContent)
    {
        (byte[] issuer, BigInteger serialNumber) = IssuerAndSerialNumber(certificate);
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(EnvelopedData);
            using (writer.PushSequence(First))
            using (writer.PushSequence())
            {
                writer.WriteInteger(0);
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteInteger(0);
                    using (writer.PushSequence())
                    {
                        writer.WriteEncodedValue(issuer);
                        writer.WriteInteger(serialNumber);
                    }

                    using (writer.PushSequence())
                    {
                        writer.WriteObjectIdentifier(RsaEncryption);
                        writer.WriteNull();
                    }

                    writer.WriteOctetString(encryptedKey);
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Data);
                    using (writer.PushSequence())
                    {
                        writer.WriteObjectIdentifier(Aes256Cbc);
                        writer.WriteOctetString(initialVector);
                    }

                    writer.WriteOctetString(encryptedContent, First);
                }
            }
        }

        return writer.Encode();
    }

    // Read from the certificate itself: its name has to be repeated byte for byte, or the recipient's key is not found.
    private static (byte[] Issuer, BigInteger SerialNumber) IssuerAndSerialNumber(byte[] certificate)
    {
        AsnReader signed = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        if (signed.PeekTag().HasSameClassAndValue(First))
        {
            signed.ReadEncodedValue();
        }

        BigInteger serialNumber = signed.ReadInteger();
        signed.ReadEncodedValue();
        return (signed.ReadEncodedValue().ToArray(), serialNumber);
    }
}
