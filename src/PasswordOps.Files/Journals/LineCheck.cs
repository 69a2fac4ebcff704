using System;

namespace PasswordOps.Files.Journals;

/// <summary>
/// The check at the end of every line of a journal: CRC-32C over the line, begun with the check of the line before. It tells a changed,
/// lost or moved line from a whole one; it is against accidents, the values have a seal of their own.
/// </summary>
internal static class LineCheck
{
    private const uint Polynomial = 0x82F63B78;

    // Eight tables, so that eight bytes go at once.
    private static readonly uint[][] Tables = MakeTables();

    /// <summary>Goes on with a check.</summary>
    /// <param name="before">The check so far; 0 before the first byte.</param>
    /// <param name="bytes">What follows.</param>
    public static uint Over(uint before, ReadOnlySpan<byte> bytes)
    {
        uint crc = ~before;
        while (bytes.Length >= 8)
        {
            crc ^= (uint)(bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24));
            crc = Tables[7][crc & 0xFF] ^ Tables[6][(crc >> 8) & 0xFF] ^ Tables[5][(crc >> 16) & 0xFF] ^ Tables[4][crc >> 24]
                ^ Tables[3][bytes[4]] ^ Tables[2][bytes[5]] ^ Tables[1][bytes[6]] ^ Tables[0][bytes[7]];
            bytes = bytes.Slice(8);
        }

        foreach (byte one in bytes)
        {
            crc = Tables[0][(crc ^ one) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[][] MakeTables()
    {
        uint[][] tables = new uint[8][];
        for (int table = 0; table < tables.Length; table++)
        {
            tables[table] = new uint[256];
            for (uint i = 0; i < 256; i++)
            {
                uint crc = table == 0 ? i : tables[table - 1][i];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
                }

                tables[table][i] = crc;
            }
        }

        return tables;
    }
}
