using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Numbers as descriptors hold them, lowest byte first whatever the computer does.</summary>
internal static class LittleEndian
{
    public static ushort UInt16(byte[] bytes, int at) => (ushort)(bytes[at] | (bytes[at + 1] << 8));

    public static uint UInt32(byte[] bytes, int at) =>
        bytes[at] | ((uint)bytes[at + 1] << 8) | ((uint)bytes[at + 2] << 16) | ((uint)bytes[at + 3] << 24);

    public static void Add(List<byte> bytes, ushort number)
    {
        bytes.Add((byte)number);
        bytes.Add((byte)(number >> 8));
    }

    public static void Add(List<byte> bytes, uint number)
    {
        Add(bytes, (ushort)number);
        Add(bytes, (ushort)(number >> 16));
    }
}
