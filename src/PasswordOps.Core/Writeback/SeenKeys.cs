using System;

namespace PasswordOps.Core.Writeback;

/// <summary>
/// Keys that were met before, as 64-bit digests in a table of a bounded size: 32 MB at most. Two different keys among three million have
/// the same digest once in four million runs.
/// </summary>
internal sealed class SeenKeys
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private readonly int limit;
    private ulong[] table = new ulong[1024];
    private int count;

    /// <summary>Creates the table.</summary>
    /// <param name="limit">Places at most, a power of two.</param>
    public SeenKeys(int limit = 1 << 22) => this.limit = limit;

    /// <summary>True when keys came that there was no room for: whether those were met before is not known.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The digest of an event's place: server, record number, and the time, since numbers begin anew in a cleared log.</summary>
    public static ulong Of(WritebackEvent source)
    {
        ulong digest = Offset;
        foreach (char c in source.Computer)
        {
            digest = (digest ^ char.ToUpperInvariant(c)) * Prime;
        }

        digest = Mixed(digest ^ (ulong)source.RecordId!.Value);
        return Mixed(digest ^ (ulong)source.Time.UtcTicks);
    }

    public static ulong Of(Guid id)
    {
        byte[] bytes = id.ToByteArray();
        return Mixed(Mixed(BitConverter.ToUInt64(bytes, 0)) ^ BitConverter.ToUInt64(bytes, 8));
    }

    /// <summary>Looks a key up and keeps it.</summary>
    /// <returns>True when it was not met before, or may not have been.</returns>
    public bool Add(ulong digest)
    {
        ulong key = digest == 0 ? 1 : digest;
        if (count * 4L > table.Length * 3L)
        {
            Grow();
        }

        int at = Find(table, key);
        if (table[at] == key)
        {
            return false;
        }

        if (count * 4L > table.Length * 3L)
        {
            IsFull = true;
            return true;
        }

        table[at] = key;
        count++;
        return true;
    }

    public bool Contains(ulong digest)
    {
        ulong key = digest == 0 ? 1 : digest;
        return table[Find(table, key)] == key;
    }

    private void Grow()
    {
        if (table.Length >= limit)
        {
            return;
        }

        ulong[] larger = new ulong[table.Length * 2];
        foreach (ulong key in table)
        {
            if (key != 0)
            {
                larger[Find(larger, key)] = key;
            }
        }

        table = larger;
    }

    // Always ends: a quarter of the places stay free.
    private static int Find(ulong[] places, ulong key)
    {
        int at = (int)(key & (ulong)(places.Length - 1));
        while (places[at] != 0 && places[at] != key)
        {
            at = (at + 1) & (places.Length - 1);
        }

        return at;
    }

    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
