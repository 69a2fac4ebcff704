using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Tests.Writeback.Rights;

/// <summary>
/// The rules once more, in another way: every way in which the open questions may be answered is a world, each world has a plain answer,
/// and when all worlds agree that is the answer.
/// </summary>
internal static class NaiveAccess
{
    /// <returns>True, false, or null where worlds differ.</returns>
    public static bool? Ask(
        IReadOnlyList<Ace> list, uint bit, Guid[] covering, Guid classId, HashSet<string> certain, HashSet<string> possible)
    {
        string[] doubted = list.Where(ace => ace.Sid is not null).Select(ace => ace.Sid!.ToString()).Distinct()
            .Where(sid => possible.Contains(sid) && !certain.Contains(sid)).ToArray();
        int[] conditions = Enumerable.Range(0, list.Count).Where(i => (byte)list[i].Type is >= 9 and <= 12).ToArray();
        HashSet<bool> answers = new();
        for (int world = 0; world < 1 << (2 + doubted.Length + conditions.Length); world++)
        {
            bool Bit(int i) => (world >> i & 1) == 1;
            HashSet<string> held = new(certain.Concat(doubted.Where((_, i) => Bit(2 + i))));
            HashSet<Guid> covers = new(covering);
            if (Bit(0))
            {
                covers.Add(Guid.Empty);
            }

            if (Bit(1) || bit == 0x20)
            {
                covers.Add(classId);
            }

            bool answer = false;
            for (int i = 0; i < list.Count; i++)
            {
                Ace ace = list[i];
                int condition = Array.IndexOf(conditions, i);
                if (((byte)ace.Flags & 8) == 0 && ace.Sid is not null && held.Contains(ace.Sid.ToString())
                    && (Expand(ace.Mask) & bit) != 0 && (ace.ObjectType is null || covers.Contains(ace.ObjectType.Value))
                    && (condition < 0 || Bit(2 + doubted.Length + condition)))
                {
                    answer = (byte)ace.Type is 0 or 5 or 9 or 11;
                    break;
                }
            }

            answers.Add(answer);
        }

        return answers.Count == 1 ? answers.First() : null;
    }

    private static uint Expand(uint mask) => mask | (mask >= 0x8000_0000 ? 0x20094u : 0) | ((mask & 0x4000_0000) != 0 ? 0x20028u : 0)
        | ((mask & 0x2000_0000) != 0 ? 0x20004u : 0) | ((mask & 0x1000_0000) != 0 ? 0xF01FFu : 0);
}
