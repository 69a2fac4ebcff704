using System;
using System.Formats.Asn1;
using System.Linq;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace PasswordOps.Files.Tests;

/// <summary>A message as a recipient reads it, by RFC 5652 and nothing of the product.</summary>
internal sealed class Opened
{
    private Opened(BigInteger serialNumber, byte[] issuer, string text)
    {
        SerialNumber = serialNumber;
        Issuer = issuer;
        Text = text;
    }

    public BigInteger SerialNumber { get; }

    public byte[] Issuer { get; }

    public string Text { get; }

    public static Opened With(TestCertificate certificate, string message)
    {
        string[] lines = message.Split('\n');
        Assert.Equal("-----BEGIN CMS-----", lines[0]);
        Assert.Equal("-----END CMS-----", lines[lines.Length - 1]);
        byte[] encoded = Convert.FromBase64String(string.Concat(lines.Skip(1).Take(lines.Length - 2)));
        Asn1Tag first = new(TagClass.ContextSpecific, 0);

        AsnReader content = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        Assert.Equal("1.2.840.113549.1.7.3", content.ReadObjectIdentifier());
        AsnReader enveloped = content.ReadSequence(first).ReadSequence();
        Assert.Equal(BigInteger.Zero, enveloped.ReadInteger());

        AsnReader recipients = enveloped.ReadSetOf();
        AsnReader recipient = recipients.ReadSequence();
        recipients.ThrowIfNotEmpty();
        Assert.Equal(BigInteger.Zero, recipient.ReadInteger());
        AsnReader name = recipient.ReadSequence();
        byte[] issuer = name.ReadEncodedValue().ToArray();
        BigInteger serialNumber = name.ReadInteger();
        AsnReader keyAlgorithm = recipient.ReadSequence();
        Assert.Equal("1.2.840.113549.1.1.1", keyAlgorithm.ReadObjectIdentifier());
        byte[] encryptedKey = recipient.ReadOctetString();
        recipient.ThrowIfNotEmpty();

        AsnReader data = enveloped.ReadSequence();
        enveloped.ThrowIfNotEmpty();
        Assert.Equal("1.2.840.113549.1.7.1", data.ReadObjectIdentifier());
        AsnReader algorithm = data.ReadSequence();
        Assert.Equal("2.16.840.1.101.3.4.1.42", algorithm.ReadObjectIdentifier());
        byte[] initialVector = algorithm.ReadOctetString();
        byte[] encrypted = data.ReadOctetString(first);
        data.ThrowIfNotEmpty();

        using Aes aes = Aes.Create();
        aes.Key = certificate.Key.Decrypt(encryptedKey, RSAEncryptionPadding.Pkcs1);
        Assert.Equal(256, aes.KeySize);
        aes.IV = initialVector;
        using ICryptoTransform decryptor = aes.CreateDecryptor();
        return new Opened(
            serialNumber, issuer, Encoding.UTF8.GetString(decryptor.TransformFinalBlock(encrypted, 0, encrypted.Length)));
    }
}
