using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>A security identifier (SID). Two are equal when their bytes are.</summary>
public sealed class SecurityId : IEquatable<SecurityId>
{
    private const int HeadLength = 8;
    private const int MostParts = 15;
    private const ulong LargestAuthority = 0xFFFF_FFFF_FFFF;

    private readonly ulong authority;
    private readonly uint[] parts;
    private readonly int hash;

    private SecurityId(ulong authority, uint[] parts)
    {
        this.authority = authority;
        this.parts = parts;
        int mixed = authority.GetHashCode();
        foreach (uint part in parts)
        {
            mixed = unchecked((mixed * 31) + (int)part);
        }

        hash = mixed;
    }

    /// <summary>Length in bytes.</summary>
    internal int Length => HeadLength + (4 * parts.Length);

    /// <summary>The last part, which tells accounts of a domain apart; null when there is none.</summary>
    internal uint? RelativeId => parts.Length == 0 ? null : parts[parts.Length - 1];

    /// <summary>Whether it is of an account or group of a domain (S-1-5-21-...), or of such a domain itself.</summary>
    internal bool IsOfDomain => authority == 5 && parts.Length >= 4 && parts[0] == 21;

    /// <summary>Reads the form that starts with S-1.</summary>
    /// <param name="text">For example S-1-5-21-1-2-3-1104; the authority may be hexadecimal, as it must be from 2 to the 32nd on.</param>
    /// <returns>The identifier; null when the text is none.</returns>
    public static SecurityId? TryParse(string? text)
    {
        string[] pieces = (text ?? string.Empty).Split('-');
        if (pieces.Length is < 3 or > 3 + MostParts || pieces[0] is not ("S" or "s") || pieces[1] != "1"
            || Authority(pieces[2]) is not ulong authority)
        {
            return null;
        }

        uint[] parts = new uint[pieces.Length - 3];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!uint.TryParse(pieces[i + 3], NumberStyles.None, CultureInfo.InvariantCulture, out parts[i]))
            {
                return null;
            }
        }

        return new SecurityId(authority, parts);
    }

    /// <summary>Reads the binary form, as objectSid has it.</summary>
    /// <param name="bytes">The whole value.</param>
    /// <returns>The identifier; null when the value is none.</returns>
    public static SecurityId? TryRead(byte[]? bytes) =>
        bytes is not null && TryRead(bytes, 0, bytes.Length) is SecurityId found && found.Length == bytes.Length ? found : null;

    /// <summary>The identifier of a domain and the relative id of a member of it, made one.</summary>
    /// <param name="relativeId">For example 513 for Domain Users.</param>
    /// <returns>The identifier of the member.</returns>
    public SecurityId Member(uint relativeId)
    {
        if (parts.Length == MostParts)
        {
            throw new InvalidOperationException("A security identifier has at most 15 parts.");
        }

        uint[] longer = new uint[parts.Length + 1];
        parts.CopyTo(longer, 0);
        longer[parts.Length] = relativeId;
        return new SecurityId(authority, longer);
    }

    /// <summary>The binary form.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        List<byte> bytes = new(Length);
        Write(bytes);
        return bytes.ToArray();
    }

    /// <inheritdoc/>
    public bool Equals(SecurityId? other)
    {
        if (other is null || other.authority != authority || other.parts.Length != parts.Length)
        {
            return false;
        }

        // From the end: identifiers of one domain differ in their last part.
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            if (other.parts[i] != parts[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecurityId);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;

    /// <summary>The form that starts with S-1.</summary>
    /// <returns>For example S-1-5-11.</returns>
    public override string ToString()
    {
        StringBuilder text = new("S-1-");
        if (authority > uint.MaxValue)
        {
            text.Append("0x").Append(authority.ToString("X12", CultureInfo.InvariantCulture));
        }
        else
        {
            text.Append(authority.ToString(CultureInfo.InvariantCulture));
        }

        foreach (uint part in parts)
        {
            text.Append('-').Append(part.ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    /// <summary>Reads the identifier that begins at a place; it ends where it ends.</summary>
    internal static SecurityId? TryRead(byte[] bytes, int start, int end)
    {
        if (end - start < HeadLength || bytes[start] != 1 || bytes[start + 1] is byte count && count > MostParts
            || end - start < HeadLength + (4 * count))
        {
            return null;
        }

        ulong authority = 0;
        for (int i = 2; i < HeadLength; i++)
        {
            authority = (authority << 8) | bytes[start + i];
        }

        uint[] parts = new uint[count];
        for (int i = 0; i < count; i++)
        {
            parts[i] = LittleEndian.UInt32(bytes, start + HeadLength + (4 * i));
        }

        return new SecurityId(authority, parts);
    }

    internal void Write(List<byte> bytes)
    {
        bytes.Add(1);
        bytes.Add((byte)parts.Length);
        for (int shift = 40; shift >= 0; shift -= 8)
        {
            bytes.Add((byte)(authority >> shift));
        }

        foreach (uint part in parts)
        {
            LittleEndian.Add(bytes, part);
        }
    }

    private static ulong? Authority(string text)
    {
        bool read = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong authority)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out authority);
        return read && authority <= LargestAuthority ? authority : null;
    }
}
