using System;
using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PasswordOps.Files.Tests;

/// <summary>A self-signed certificate with its key, written part by part: the class that makes them is not in mono.</summary>
internal sealed class TestCertificate : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 8, 18, 9, 0, 0, TimeSpan.Zero);

    private const string EllipticCurve = "1.2.840.10045.2.1";
    private const string P256 = "1.2.840.10045.3.1.7";

    // The curve's base point, as good a public key as any.
    private const string P256Point =
        "04" + "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
        + "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5";

    // Making a key takes seconds under mono; certificates of different people share one unless a test is about the key.
    private static readonly ConcurrentDictionary<(int Bits, bool Other), Lazy<RSA>> Keys = new();

    private TestCertificate(RSA key, X509Certificate2 certificate)
    {
        Key = key;
        Certificate = certificate;
    }

    public RSA Key { get; }

    public X509Certificate2 Certificate { get; }

    public byte[] Der => Certificate.RawData;

    public string Pem =>
        "-----BEGIN CERTIFICATE-----\n" + Convert.ToBase64String(Der, Base64FormattingOptions.InsertLineBreaks)
        + "\n-----END CERTIFICATE-----\n";

    public static TestCertificate Make(
        string subject = "CN=Anna Bakker, O=Contoso",
        X509KeyUsageFlags? usage = X509KeyUsageFlags.KeyEncipherment,
        bool forDocuments = true,
        int bits = 2048,
        int fromDay = -10,
        int untilDay = 10,
        bool ellipticCurve = false,
        bool otherKey = false)
    {
        RSA key = Keys.GetOrAdd((bits, otherKey), _ => new Lazy<RSA>(() => NewKey(bits))).Value;
        byte[] name = new X500DistinguishedName(subject).RawData;
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                writer.WriteInteger(2);
            }

            writer.WriteInteger(new BigInteger(Guid.NewGuid().ToByteArray()) & ((BigInteger.One << 127) - 1));
            WriteSignatureAlgorithm(writer);
            writer.WriteEncodedValue(name);
            using (writer.PushSequence())
            {
                writer.WriteUtcTime(Now.AddDays(fromDay));
                writer.WriteUtcTime(Now.AddDays(untilDay));
            }

            writer.WriteEncodedValue(name);
            WritePublicKey(writer, key, ellipticCurve);
            WriteExtensions(writer, usage, forDocuments);
        }

        byte[] signed = writer.Encode();
        AsnWriter whole = new(AsnEncodingRules.DER);
        using (whole.PushSequence())
        {
            whole.WriteEncodedValue(signed);
            WriteSignatureAlgorithm(whole);
            whole.WriteBitString(key.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }

#if NET
        return new TestCertificate(key, X509CertificateLoader.LoadCertificate(whole.Encode()));
#else
        return new TestCertificate(key, new X509Certificate2(whole.Encode()));
#endif
    }

    public void Dispose() => Certificate.Dispose();

    private static RSA NewKey(int bits)
    {
#if NET
        return RSA.Create(bits);
#else
        return new RSACryptoServiceProvider(bits);
#endif
    }

    private static void WriteSignatureAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.1.11");
            writer.WriteNull();
        }
    }

    private static void WritePublicKey(AsnWriter writer, RSA key, bool ellipticCurve)
    {
        RSAParameters numbers = key.ExportParameters(includePrivateParameters: false);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(ellipticCurve ? EllipticCurve : "1.2.840.113549.1.1.1");
                if (ellipticCurve)
                {
                    writer.WriteObjectIdentifier(P256);
                }
                else
                {
                    writer.WriteNull();
                }
            }

            AsnWriter rsa = new(AsnEncodingRules.DER);
            using (rsa.PushSequence())
            {
                rsa.WriteIntegerUnsigned(numbers.Modulus);
                rsa.WriteIntegerUnsigned(numbers.Exponent);
            }

            writer.WriteBitString(ellipticCurve ? Bytes(P256Point) : rsa.Encode());
        }
    }

    private static void WriteExtensions(AsnWriter writer, X509KeyUsageFlags? usage, bool forDocuments)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
        using (writer.PushSequence())
        {
            AsnWriter value = new(AsnEncodingRules.DER);
            if (usage is X509KeyUsageFlags flags)
            {
                value.WriteBitString(new[] { (byte)flags }, TrailingZeros((byte)flags));
                WriteExtension(writer, "2.5.29.15", value);
            }

            if (forDocuments)
            {
                value = new AsnWriter(AsnEncodingRules.DER);
                using (value.PushSequence())
                {
                    value.WriteObjectIdentifier("1.3.6.1.4.1.311.80.1");
                }

                WriteExtension(writer, "2.5.29.37", value);
            }

            // A certificate has one extension at least, or none of this part.
            value = new AsnWriter(AsnEncodingRules.DER);
            value.PushSequence().Dispose();
            WriteExtension(writer, "2.5.29.19", value);
        }
    }

    private static void WriteExtension(AsnWriter writer, string id, AsnWriter value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(id);
            writer.WriteOctetString(value.Encode());
        }
    }

    private static int TrailingZeros(byte flags)
    {
        int zeros = 0;
        while (zeros < 7 && (flags >> zeros & 1) == 0)
        {
            zeros++;
        }

        return zeros;
    }

    private static byte[] Bytes(string digits)
    {
        byte[] bytes = new byte[digits.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = Convert.ToByte(digits.Substring(2 * i, 2), 16);
        }

        return bytes;
    }
}
