using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Contacts;

/// <summary>
/// Finds rows that name the same user, with twelve bytes a row: names are kept as numbers of 64 bits. Among a million different names the
/// odds of two with one number are below one to thirty million.
/// </summary>
internal sealed class Doubles
{
    private ulong[] keys = new ulong[1024];
    private int[] places = new int[1024];
    private int count;

    public void Add(ulong key, int place)
    {
        if (count == keys.Length)
        {
            Array.Resize(ref keys, count * 2);
            Array.Resize(ref places, count * 2);
        }

        keys[count] = key;
        places[count++] = place;
    }

    /// <summary>The rows that are not the first with their user, each with the first. What was added is forgotten.</summary>
    public IReadOnlyDictionary<int, int> Find()
    {
        Dictionary<int, int> found = new();
        Array.Sort(keys, places, 0, count);
        for (int start = 0, end; start < count; start = end)
        {
            int first = places[start];
            for (end = start + 1; end < count && keys[end] == keys[start]; end++)
            {
                first = Math.Min(first, places[end]);
            }

            for (int i = start; i < end && end > start + 1; i++)
            {
                if (places[i] != first)
                {
                    found[places[i]] = first;
                }
            }
        }

        keys = Array.Empty<ulong>();
        places = Array.Empty<int>();
        count = 0;
        return found;
    }
}
