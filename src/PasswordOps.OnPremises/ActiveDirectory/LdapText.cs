using System;
using System.Globalization;
using System.Text;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>Values in the texts of LDAP.</summary>
internal static class LdapText
{
    /// <summary>A value in a filter (RFC 4515, section 3): whatever could mean something else is written as its bytes.</summary>
    public static string FilterValue(string text)
    {
        StringBuilder value = new(text.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            if (b is >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9'
                or (byte)'@' or (byte)'.' or (byte)'-' or (byte)'_')
            {
                value.Append((char)b);
            }
            else
            {
                Append(value, b);
            }
        }

        return value.ToString();
    }

    /// <summary>Bytes in a filter.</summary>
    public static string FilterValue(byte[] bytes)
    {
        StringBuilder value = new(bytes.Length * 3);
        foreach (byte b in bytes)
        {
            Append(value, b);
        }

        return value.ToString();
    }

    /// <summary>Bytes of a security identifier as S-1-... (MS-DTYP 2.4.2); null when they are none.</summary>
    public static string? Sid(byte[] bytes)
    {
        if (bytes.Length < 8 || bytes[0] != 1 || bytes[1] > 15 || bytes.Length != 8 + (4 * bytes[1]))
        {
            return null;
        }

        long authority = 0;
        for (int i = 2; i < 8; i++)
        {
            authority = (authority << 8) | bytes[i];
        }

        StringBuilder text = new();
        text.Append("S-1-").Append(authority.ToString(CultureInfo.InvariantCulture));
        for (int i = 0; i < bytes[1]; i++)
        {
            int at = 8 + (4 * i);
            uint part = (uint)(bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24));
            text.Append('-').Append(part.ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static void Append(StringBuilder value, byte b) => value.Append('\\').Append(b.ToString("x2", CultureInfo.InvariantCulture));
}
