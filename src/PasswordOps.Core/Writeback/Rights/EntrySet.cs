using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Compares lists by their own entries. Domain controllers sort these, replace generic bits by what they stand for, and make the
/// inherited ones anew.</summary>
internal static class EntrySet
{
    /// <summary>The same own entries, whatever their order.</summary>
    public static bool Same(SecurityDescriptor one, SecurityDescriptor other) =>
        one.IsProtected == other.IsProtected && one.Dacl is not null && other.Dacl is not null
        && Missing(one.Dacl, other.Dacl).Count == 0 && Missing(other.Dacl, one.Dacl).Count == 0;

    /// <summary>Exactly the same list.</summary>
    public static bool SameBytes(SecurityDescriptor one, SecurityDescriptor other) =>
        one.IsProtected == other.IsProtected && one.Dacl is not null && other.Dacl is not null && one.Dacl.Count == other.Dacl.Count
        && one.Dacl.Zip(other.Dacl, (a, b) => a.SameBytes(b)).All(same => same);

    /// <summary>The own entries of one list that another has not, or not as often.</summary>
    public static IReadOnlyList<Ace> Missing(IReadOnlyList<Ace> from, IReadOnlyList<Ace> other)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (Ace ace in other.Where(ace => !ace.IsInherited))
        {
            string key = Key(ace);
            counts[key] = counts.TryGetValue(key, out int count) ? count + 1 : 1;
        }

        List<Ace> missing = new();
        foreach (Ace ace in from.Where(ace => !ace.IsInherited))
        {
            string key = Key(ace);
            if (counts.TryGetValue(key, out int count) && count > 0)
            {
                counts[key] = count - 1;
            }
            else
            {
                missing.Add(ace);
            }
        }

        return missing;
    }

    private static string Key(Ace ace)
    {
        byte[] bytes = ace.ToBytes();
        if (ace.Decides)
        {
            uint mask = AccessMask.Map(ace.Mask);
            for (int i = 0; i < 4; i++)
            {
                bytes[4 + i] = (byte)(mask >> (8 * i));
            }
        }

        return Convert.ToBase64String(bytes);
    }
}
