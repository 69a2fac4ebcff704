using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Writes and reads descriptors as text (SDDL).</summary>
internal static class Sddl
{
    private static readonly (uint Bit, string Letters)[] Rights =
    {
        (AccessMask.CreateChild, "CC"), (AccessMask.DeleteChild, "DC"), (AccessMask.List, "LC"), (AccessMask.ValidatedWrite, "SW"),
        (AccessMask.ReadProperty, "RP"), (AccessMask.WriteProperty, "WP"), (AccessMask.DeleteTree, "DT"), (AccessMask.ListObject, "LO"),
        (AccessMask.ControlAccess, "CR"), (AccessMask.Delete, "SD"), (AccessMask.ReadControl, "RC"), (AccessMask.WriteDacl, "WD"),
        (AccessMask.WriteOwner, "WO"), (AccessMask.GenericAll, "GA"), (AccessMask.GenericExecute, "GX"),
        (AccessMask.GenericWrite, "GW"), (AccessMask.GenericRead, "GR"),
    };

    private static readonly (AceFlags Flag, string Letters)[] Flags =
    {
        (AceFlags.ObjectInherit, "OI"), (AceFlags.ContainerInherit, "CI"), (AceFlags.NoPropagate, "NP"), (AceFlags.InheritOnly, "IO"),
        (AceFlags.Inherited, "ID"),
    };

    private static readonly (AceType Type, string Letters)[] Types =
    {
        (AceType.Allow, "A"), (AceType.Deny, "D"), (AceType.AllowObject, "OA"), (AceType.DenyObject, "OD"),
        (AceType.AllowConditional, "XA"), (AceType.DenyConditional, "XD"), (AceType.AllowObjectConditional, "ZA"),
        (AceType.DenyObjectConditional, "ZD"),
    };

    /// <summary>The whole descriptor.</summary>
    public static string Descriptor(SecurityDescriptor descriptor)
    {
        StringBuilder text = new();
        if (descriptor.Owner is SecurityId owner)
        {
            text.Append("O:").Append(Trustee(owner));
        }

        if (descriptor.Group is SecurityId group)
        {
            text.Append("G:").Append(Trustee(group));
        }

        return text.Append(List(descriptor)).ToString();
    }

    /// <summary>The list, with D: in front.</summary>
    public static string List(SecurityDescriptor descriptor)
    {
        if (descriptor.Dacl is null)
        {
            return "D:NO_ACCESS_CONTROL";
        }

        StringBuilder text = new("D:");
        text.Append(descriptor.IsProtected ? "P" : string.Empty).Append(descriptor.IsAutoInherited ? "AI" : string.Empty);
        foreach (Ace ace in descriptor.Dacl)
        {
            text.Append(Entry(ace));
        }

        return text.ToString();
    }

    /// <summary>One entry. Conditions, and types that decide nothing, are told by their size: nobody should take the text for all of
    /// it.</summary>
    public static string Entry(Ace ace)
    {
        if (!ace.Decides)
        {
            return FormattableString.Invariant($"(type 0x{(byte)ace.Type:X2};{Letters(ace.Flags)};{ace.Length} bytes)");
        }

        string type = Types.First(known => known.Type == ace.Type).Letters;
        string condition = ace.IsCallback ? ";(condition)" : string.Empty;
        return $"({type};{Letters(ace.Flags)};{Letters(ace.Mask)};{ace.ObjectType};{ace.InheritedObjectType};{Trustee(ace.Sid!)}"
            + $"{condition})";
    }

    /// <summary>A mask as letters, or as a number where it has bits without letters.</summary>
    public static string Letters(uint mask)
    {
        uint known = Rights.Aggregate(0u, (all, right) => all | right.Bit);
        return (mask & ~known) != 0
            ? "0x" + mask.ToString("x", CultureInfo.InvariantCulture)
            : string.Concat(Rights.Where(right => (mask & right.Bit) != 0).Select(right => right.Letters));
    }

    /// <summary>
    /// Reads a list, as defaultSecurityDescriptor of a class holds it: <c>D:(...)(...)</c>, perhaps with owner and group in front and an
    /// audit list behind, which is left out.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="domain">SID of the domain that DA, DU and the like are of.</param>
    /// <param name="forest">SID of the forest's root domain, that EA and SA are of.</param>
    /// <returns>Null when it holds anything that is not understood: nothing is left out in silence.</returns>
    public static SecurityDescriptor? TryRead(string text, SecurityId? domain, SecurityId? forest)
    {
        SecurityId? owner = null;
        SecurityId? group = null;
        List<Ace>? dacl = null;
        string flags = string.Empty;
        foreach ((char part, string content) in Parts(text))
        {
            switch (part)
            {
                case 'O' when (owner = Sid(content, domain, forest)) is null:
                case 'G' when (group = Sid(content, domain, forest)) is null:
                    return null;
                case 'D':
                    int first = content.IndexOf('(');
                    flags = first < 0 ? content : content.Substring(0, first);
                    dacl = first < 0 ? new List<Ace>() : Entries(content.Substring(first), domain, forest);
                    if (dacl is null || flags.Replace("P", string.Empty).Replace("AI", string.Empty).Replace("AR", string.Empty).Length > 0)
                    {
                        return null;
                    }

                    break;
                case '?':
                    return null;
            }
        }

        bool isProtected = flags.Replace("AI", string.Empty).Replace("AR", string.Empty) == "P";
        return SecurityDescriptor.Of(owner, group, dacl, isProtected, flags.Contains("AI"));
    }

    /// <summary>A mask from letters or a number.</summary>
    public static uint? Mask(string text)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return uint.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint number)
                ? number
                : null;
        }

        uint mask = 0;
        for (int i = 0; i < text.Length; i += 2)
        {
            (uint Bit, string Letters) right = Rights.FirstOrDefault(right => string.CompareOrdinal(text, i, right.Letters, 0, 2) == 0);
            if (right.Bit == 0)
            {
                return null;
            }

            mask |= right.Bit;
        }

        return mask;
    }

    private static string Trustee(SecurityId sid) => WellKnown.Letters(sid) ?? sid.ToString();

    private static string Letters(AceFlags flags) =>
        string.Concat(Flags.Where(known => (flags & known.Flag) != 0).Select(known => known.Letters));

    private static SecurityId? Sid(string text, SecurityId? domain, SecurityId? forest) =>
        text.Length == 2 ? WellKnown.OfLetters(text, domain, forest) : SecurityId.TryParse(text);

    private static IEnumerable<(char Part, string Content)> Parts(string text)
    {
        int at = 0;
        while (at < text.Length)
        {
            if (at + 1 >= text.Length || text[at + 1] != ':' || "OGDS".IndexOf(text[at]) < 0)
            {
                yield return ('?', string.Empty);
                yield break;
            }

            // A part ends where, outside of parentheses, the letter of the next stands before a colon.
            int depth = 0;
            int end = at + 2;
            while (end < text.Length && !(depth == 0 && end + 1 < text.Length && text[end + 1] == ':' && "OGDS".IndexOf(text[end]) >= 0))
            {
                depth += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
                end++;
            }

            yield return (text[at], text.Substring(at + 2, end - at - 2));
            at = end;
        }
    }

    private static List<Ace>? Entries(string text, SecurityId? domain, SecurityId? forest)
    {
        List<Ace> aces = new();
        int at = 0;
        while (at < text.Length)
        {
            int end = text.IndexOf(')', at);
            if (text[at] != '(' || end < 0 || Entry(text.Substring(at + 1, end - at - 1).Split(';'), domain, forest) is not Ace ace)
            {
                return null;
            }

            aces.Add(ace);
            at = end + 1;
        }

        return aces;
    }

    private static Ace? Entry(string[] fields, SecurityId? domain, SecurityId? forest)
    {
        if (fields.Length != 6)
        {
            return null;
        }

        (AceType Type, string Letters) type = Types.FirstOrDefault(known => known.Letters == fields[0]);
        AceFlags? flags = ReadFlags(fields[1]);
        bool isObject = type.Type is AceType.AllowObject or AceType.DenyObject;
        if (type.Letters is null || fields[0][0] is 'X' or 'Z' || flags is null || Mask(fields[2]) is not uint mask
            || !TryGuid(fields[3], out Guid? objectType) || !TryGuid(fields[4], out Guid? inherited)
            || (!isObject && (objectType ?? inherited) is not null)
            || Sid(fields[5], domain, forest) is not SecurityId sid)
        {
            return null;
        }

        return Ace.Of(type.Type, flags.Value, mask, objectType, inherited, sid);
    }

    private static AceFlags? ReadFlags(string text)
    {
        AceFlags flags = AceFlags.None;
        for (int i = 0; i < text.Length; i += 2)
        {
            (AceFlags Flag, string Letters) flag =
                Flags.FirstOrDefault(known => string.CompareOrdinal(text, i, known.Letters, 0, 2) == 0);
            if (flag.Flag == AceFlags.None)
            {
                return null;
            }

            flags |= flag.Flag;
        }

        return flags;
    }

    private static bool TryGuid(string text, out Guid? guid)
    {
        guid = Guid.TryParseExact(text, "D", out Guid read) ? read : null;
        return guid is not null || text.Length == 0;
    }
}
