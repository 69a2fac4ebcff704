using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>One entry of an access control list, with its bytes as they were stored. An entry of a type that decides nothing has no more
/// than a head.</summary>
internal sealed class Ace
{
    private const int HeadLength = 4;
    private const int MaskEnd = 8;
    private const int ObjectFlagsEnd = 12;
    private const int GuidLength = 16;
    private const uint HasObjectType = 1;
    private const uint HasInheritedObjectType = 2;

    private static readonly byte[] ConditionMark = { 0x61, 0x72, 0x74, 0x78 };

    private readonly byte[] source;
    private readonly int start;

    private Ace(byte[] source, int start, int length)
    {
        this.source = source;
        this.start = start;
        Length = length;
        Type = (AceType)source[start];
        Flags = (AceFlags)source[start + 1];
    }

    public AceType Type { get; }

    public AceFlags Flags { get; }

    public int Length { get; }

    /// <summary>As stored: generic bits are not mapped.</summary>
    public uint Mask { get; private set; }

    /// <summary>Null when there is none; may be the empty GUID.</summary>
    public Guid? ObjectType { get; private set; }

    public Guid? InheritedObjectType { get; private set; }

    /// <summary>Whom it is for; null when it is of a type that decides nothing.</summary>
    public SecurityId? Sid { get; private set; }

    /// <summary>A conditional expression stands behind the SID.</summary>
    public bool HasCondition { get; private set; }

    public bool Decides => Sid is not null;

    public bool Allows => Type is AceType.Allow or AceType.AllowObject or AceType.AllowConditional or AceType.AllowObjectConditional;

    /// <summary>Of a type that another program, or an expression over claims, has a say in.</summary>
    public bool IsCallback => Type is AceType.AllowConditional or AceType.DenyConditional
        or AceType.AllowObjectConditional or AceType.DenyObjectConditional;

    public bool IsInherited => (Flags & AceFlags.Inherited) != 0;

    public bool IsInheritOnly => (Flags & AceFlags.InheritOnly) != 0;

    public bool IsObject => IsObjectType(Type);

    /// <summary>Makes an entry.</summary>
    public static Ace Of(
        AceType type, AceFlags flags, uint mask, Guid? objectType, Guid? inheritedObjectType, SecurityId sid, byte[]? behind = null)
    {
        bool simple = !IsObjectType(type);
        if (simple && (objectType is not null || inheritedObjectType is not null))
        {
            throw new ArgumentException("Only an object entry can name an object type.", nameof(type));
        }

        List<byte> bytes = new(MaskEnd + 36 + sid.Length) { (byte)type, (byte)flags, 0, 0 };
        LittleEndian.Add(bytes, mask);
        if (!simple)
        {
            LittleEndian.Add(
                bytes, (objectType is null ? 0 : HasObjectType) | (inheritedObjectType is null ? 0 : HasInheritedObjectType));
            bytes.AddRange(objectType?.ToByteArray() ?? Array.Empty<byte>());
            bytes.AddRange(inheritedObjectType?.ToByteArray() ?? Array.Empty<byte>());
        }

        sid.Write(bytes);
        bytes.AddRange(behind ?? Array.Empty<byte>());
        while (bytes.Count % 4 != 0)
        {
            bytes.Add(0);
        }

        bytes[2] = (byte)bytes.Count;
        bytes[3] = (byte)(bytes.Count >> 8);
        return TryRead(bytes.ToArray(), 0, bytes.Count) ?? throw new ArgumentException("The entry is too long.", nameof(behind));
    }

    /// <summary>Reads the entry that begins at a place of a list.</summary>
    /// <returns>Null when it is malformed.</returns>
    public static Ace? TryRead(byte[] bytes, int start, int end)
    {
        if (end - start < HeadLength)
        {
            return null;
        }

        int length = LittleEndian.UInt16(bytes, start + 2);
        if (length < HeadLength || length > end - start)
        {
            return null;
        }

        Ace ace = new(bytes, start, length);
        bool isObject = ace.IsObject;
        return !isObject && ace.Type is not (AceType.Allow or AceType.Deny or AceType.AllowConditional or AceType.DenyConditional)
            || ace.ReadBody(isObject)
                ? ace
                : null;
    }

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Length];
        Buffer.BlockCopy(source, start, bytes, 0, Length);
        return bytes;
    }

    public void Write(List<byte> bytes) => bytes.AddRange(new ArraySegment<byte>(source, start, Length));

    public bool SameBytes(Ace other)
    {
        if (other.Length != Length)
        {
            return false;
        }

        for (int i = 0; i < Length; i++)
        {
            if (source[start + i] != other.source[other.start + i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The same entry with other flags.</summary>
    public Ace With(AceFlags flags)
    {
        byte[] bytes = ToBytes();
        bytes[1] = (byte)flags;
        return TryRead(bytes, 0, bytes.Length)!;
    }

    public override string ToString() => Sddl.Entry(this);

    private static bool IsObjectType(AceType type) => type is AceType.AllowObject or AceType.DenyObject
        or AceType.AllowObjectConditional or AceType.DenyObjectConditional;

    private bool ReadBody(bool isObject)
    {
        int end = start + Length;
        int at = start + MaskEnd;
        if (end < at)
        {
            return false;
        }

        Mask = LittleEndian.UInt32(source, start + HeadLength);
        if (isObject)
        {
            at = start + ObjectFlagsEnd;
            if (end < at)
            {
                return false;
            }

            uint present = LittleEndian.UInt32(source, start + MaskEnd);
            int guids = ((present & HasObjectType) != 0 ? 1 : 0) + ((present & HasInheritedObjectType) != 0 ? 1 : 0);
            if (end - at < guids * GuidLength)
            {
                return false;
            }

            if ((present & HasObjectType) != 0)
            {
                ObjectType = ReadGuid(at);
                at += GuidLength;
            }

            if ((present & HasInheritedObjectType) != 0)
            {
                InheritedObjectType = ReadGuid(at);
                at += GuidLength;
            }
        }

        if (SecurityId.TryRead(source, at, end) is not SecurityId sid)
        {
            return false;
        }

        Sid = sid;
        at += sid.Length;
        HasCondition = IsCallback && end - at >= ConditionMark.Length
            && source[at] == ConditionMark[0] && source[at + 1] == ConditionMark[1]
            && source[at + 2] == ConditionMark[2] && source[at + 3] == ConditionMark[3];
        return true;
    }

    private Guid ReadGuid(int at)
    {
        byte[] bytes = new byte[GuidLength];
        Buffer.BlockCopy(source, at, bytes, 0, GuidLength);
        return new Guid(bytes);
    }
}
