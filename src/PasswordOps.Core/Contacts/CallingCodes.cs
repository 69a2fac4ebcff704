using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Contacts;

/// <summary>Country calling codes (Knowledge/calling-codes.tsv). They are prefix-free: a number begins with exactly one.</summary>
internal static class CallingCodes
{
    private static readonly Dictionary<string, CallingCode> Codes = KnowledgeTable.Load("calling-codes").Rows.ToDictionary(
        row => row["code"],
        row => new CallingCode(
            row["code"],
            row["trunkZero"] == "Y",
            int.Parse(row["fewest"], CultureInfo.InvariantCulture),
            int.Parse(row["most"], CultureInfo.InvariantCulture)),
        StringComparer.Ordinal);

    /// <summary>The code that digits begin with; null when there is none.</summary>
    public static CallingCode? Of(string digits)
    {
        for (int length = 1; length <= 3 && length <= digits.Length; length++)
        {
            if (Codes.TryGetValue(digits.Substring(0, length), out CallingCode? code))
            {
                return code;
            }
        }

        return null;
    }

    /// <param name="Code">The digits.</param>
    /// <param name="DropsTrunkZero">True where a leading zero is dialled inside the country only.</param>
    /// <param name="Fewest">Fewest digits after the code.</param>
    /// <param name="Most">Most digits after the code.</param>
    internal sealed record CallingCode(string Code, bool DropsTrunkZero, int Fewest, int Most);
}
