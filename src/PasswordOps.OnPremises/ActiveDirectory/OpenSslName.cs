#if NET
using System;
using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>The number under which OpenSSL looks for an authority in a folder: a hash of its name in a form that letter case and blanks
/// do not
/// change (openssl x509 -hash).</summary>
internal static class OpenSslName
{
    public static string Hash(X500DistinguishedName name)
    {
        using System.IO.MemoryStream form = new();
        AsnReader relative = new AsnReader(name.RawData, AsnEncodingRules.DER).ReadSequence();
        while (relative.HasData)
        {
            AsnReader set = relative.ReadSetOf(skipSortOrderValidation: true);
            AsnWriter writer = new(AsnEncodingRules.DER);
            using (writer.PushSetOf())
            {
                while (set.HasData)
                {
                    Write(writer, set.ReadSequence());
                }
            }

            form.Write(writer.Encode());
        }

#pragma warning disable CA5350 // A number to find files by, chosen by OpenSSL; nothing is protected by it.
        byte[] hash = SHA1.HashData(form.ToArray());
#pragma warning restore CA5350
        return BinaryPrimitives.ReadUInt32LittleEndian(hash).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Write(AsnWriter writer, AsnReader attribute)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(attribute.ReadObjectIdentifier());
            Asn1Tag tag = attribute.PeekTag();
            if (tag.TagClass == TagClass.Universal && (UniversalTagNumber)tag.TagValue is UniversalTagNumber.UTF8String
                or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.T61String
                or UniversalTagNumber.BMPString or UniversalTagNumber.VisibleString)
            {
                writer.WriteCharacterString(
                    UniversalTagNumber.UTF8String, Plain(attribute.ReadCharacterString((UniversalTagNumber)tag.TagValue)));
            }
            else
            {
                writer.WriteEncodedValue(attribute.ReadEncodedValue().Span);
            }
        }
    }

    private static string Plain(string text)
    {
        StringBuilder plain = new(text.Length);
        foreach (char c in text)
        {
            bool blank = c is ' ' or '\t' or '\n' or '\v' or '\f' or '\r';
            if (!blank)
            {
                plain.Append(c is >= 'A' and <= 'Z' ? (char)(c + 32) : c);
            }
            else if (plain.Length > 0 && plain[plain.Length - 1] != ' ')
            {
                plain.Append(' ');
            }
        }

        return plain.ToString().TrimEnd(' ');
    }
}
#endif
