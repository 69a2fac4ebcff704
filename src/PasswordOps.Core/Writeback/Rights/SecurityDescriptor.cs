using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>A security descriptor in its self-relative form, without its audit list.</summary>
internal sealed class SecurityDescriptor
{
    /// <summary>Longest list that the size in its head can tell.</summary>
    public const int LongestList = ushort.MaxValue;

    private const ushort DaclPresent = 0x0004;
    private const ushort DaclAutoInherited = 0x0400;
    private const ushort DaclProtected = 0x1000;
    private const ushort SelfRelative = 0x8000;

    // What is said of the audit list, which is never read nor written here.
    private const ushort OfSacl = 0x0010 | 0x0020 | 0x0200 | 0x0800 | 0x2000;
    private const int HeadLength = 20;
    private const int ListHeadLength = 8;
    private const byte PlainRevision = 2;
    private const byte ObjectRevision = 4;

    private SecurityDescriptor(ushort control)
    {
        Control = control;
    }

    public ushort Control { get; private set; }

    public SecurityId? Owner { get; private set; }

    public SecurityId? Group { get; private set; }

    /// <summary>The entries in stored order; null when there is no list, which by the rule gives everybody everything.</summary>
    public IReadOnlyList<Ace>? Dacl { get; private set; }

    public bool IsAutoInherited => (Control & DaclAutoInherited) != 0;

    /// <summary>Nothing is inherited.</summary>
    public bool IsProtected => (Control & DaclProtected) != 0;

    /// <summary>Makes a descriptor.</summary>
    public static SecurityDescriptor Of(
        SecurityId? owner, SecurityId? group, IReadOnlyList<Ace>? dacl, bool isProtected = false, bool autoInherited = false) =>
        new((ushort)(SelfRelative | (dacl is null ? 0 : DaclPresent) | (isProtected ? DaclProtected : 0)
            | (autoInherited ? DaclAutoInherited : 0)))
        {
            Owner = owner, Group = group, Dacl = dacl,
        };

    /// <summary>Reads the bytes, and believes none of the sizes in them.</summary>
    /// <param name="bytes">The whole value.</param>
    /// <param name="fault">What is wrong with it; null when nothing is.</param>
    /// <returns>Null when it is malformed.</returns>
    public static SecurityDescriptor? TryRead(byte[] bytes, out string? fault)
    {
        fault = null;
        if (bytes.Length < HeadLength)
        {
            fault = Text.Of($"it has {bytes.Length} bytes, and its head alone has {HeadLength}");
            return null;
        }

        ushort control = LittleEndian.UInt16(bytes, 2);
        if (bytes[0] != 1 || (control & SelfRelative) == 0)
        {
            fault = Text.Of($"it is not of revision 1 in self-relative form");
            return null;
        }

        SecurityDescriptor read = new(control);
        uint ownerAt = LittleEndian.UInt32(bytes, 4);
        uint groupAt = LittleEndian.UInt32(bytes, 8);
        uint saclAt = LittleEndian.UInt32(bytes, 12);
        uint daclAt = LittleEndian.UInt32(bytes, 16);
        foreach (uint place in new[] { ownerAt, groupAt, saclAt, daclAt })
        {
            if (place != 0 && (place < HeadLength || place >= bytes.Length))
            {
                fault = Text.Of($"a part of it begins at {place}, and it has {bytes.Length} bytes");
                return null;
            }
        }

        read.Owner = ownerAt == 0 ? null : SecurityId.TryRead(bytes, (int)ownerAt, bytes.Length);
        read.Group = groupAt == 0 ? null : SecurityId.TryRead(bytes, (int)groupAt, bytes.Length);
        if ((ownerAt != 0 && read.Owner is null) || (groupAt != 0 && read.Group is null))
        {
            fault = Text.Of($"its owner or group is not a security identifier");
            return null;
        }

        if ((control & DaclPresent) == 0 || daclAt == 0)
        {
            return read;
        }

        read.Dacl = ReadList(bytes, (int)daclAt, out fault);
        return fault is null ? read : null;
    }

    /// <summary>Entries of a type that decides nothing.</summary>
    public int SteppedOver => Dacl?.Count(ace => !ace.Decides) ?? 0;

    /// <summary>
    /// What domain controllers keep: own entries before inherited ones, and of the own ones those that deny first. Inherited entries may
    /// come in generations, each in order of its own.
    /// </summary>
    public bool IsInOrder
    {
        get
        {
            bool allowed = false;
            bool inherited = false;
            foreach (Ace ace in (Dacl ?? Array.Empty<Ace>()).Where(ace => ace.Decides))
            {
                if (ace.IsInherited)
                {
                    inherited = true;
                }
                else if (inherited || (allowed && !ace.Allows))
                {
                    return false;
                }
                else
                {
                    allowed |= ace.Allows;
                }
            }

            return true;
        }
    }

    /// <summary>The same descriptor with another list.</summary>
    public SecurityDescriptor With(IReadOnlyList<Ace> dacl) =>
        new((ushort)(Control | DaclPresent)) { Owner = Owner, Group = Group, Dacl = dacl };

    /// <summary>The list and what is said of it, without owner and group.</summary>
    public SecurityDescriptor ListOnly() => new(Control) { Dacl = Dacl };

    public byte[] ToBytes()
    {
        List<byte> bytes = new(512) { 1, 0 };
        LittleEndian.Add(bytes, (ushort)(Control & ~OfSacl));
        bytes.AddRange(new byte[HeadLength - 4]);
        Place(bytes, 4, Owner);
        Place(bytes, 8, Group);
        if (Dacl is not null)
        {
            int length = LengthOf(Dacl);
            if (length > LongestList || Dacl.Count > ushort.MaxValue)
            {
                throw new InvalidOperationException("The list is longer than a descriptor can hold.");
            }

            SetOffset(bytes, 16);
            bytes.Add(Dacl.Any(ace => ace.IsObject) ? ObjectRevision : PlainRevision);
            bytes.Add(0);
            LittleEndian.Add(bytes, (ushort)length);
            LittleEndian.Add(bytes, (ushort)Dacl.Count);
            LittleEndian.Add(bytes, (ushort)0);
            foreach (Ace ace in Dacl)
            {
                ace.Write(bytes);
            }
        }

        return bytes.ToArray();
    }

    public static int LengthOf(IReadOnlyList<Ace> dacl) => ListHeadLength + dacl.Sum(ace => ace.Length);

    public override string ToString() => Sddl.Descriptor(this);

    private static IReadOnlyList<Ace>? ReadList(byte[] bytes, int start, out string? fault)
    {
        fault = null;
        int size = bytes.Length - start < ListHeadLength ? 0 : LittleEndian.UInt16(bytes, start + 2);
        if (size < ListHeadLength || size > bytes.Length - start)
        {
            fault = Text.Of($"its list reaches beyond its end");
            return null;
        }

        int end = start + size;
        int count = LittleEndian.UInt16(bytes, start + 4);
        List<Ace> aces = new(Math.Min(count, size / 4));
        int at = start + ListHeadLength;
        for (int i = 0; i < count; i++)
        {
            if (Ace.TryRead(bytes, at, end) is not Ace ace)
            {
                fault = Text.Of($"entry {i + 1} of its list is malformed");
                return null;
            }

            aces.Add(ace);
            at += ace.Length;
        }

        return aces;
    }

    private static void Place(List<byte> bytes, int field, SecurityId? sid)
    {
        if (sid is not null)
        {
            SetOffset(bytes, field);
            sid.Write(bytes);
        }
    }

    private static void SetOffset(List<byte> bytes, int field)
    {
        int offset = bytes.Count;
        for (int i = 0; i < 4; i++)
        {
            bytes[field + i] = (byte)(offset >> (8 * i));
        }
    }
}
