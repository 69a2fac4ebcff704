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
            row["trunk"] switch { "-" => string.Empty, "?" => null, string trunk => trunk },
            int.Parse(row["fewest"], CultureInfo.InvariantCulture),
            int.Parse(row["most"], CultureInfo.InvariantCulture),
            row["abroad"] == "-" ? null : row["abroad"]),
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
    /// <param name="Trunk">
    /// What is dialled in front of a number inside the country only; empty when nothing is; null when it is not sure.
    /// </param>
    /// <param name="Fewest">Fewest digits after the code.</param>
    /// <param name="Most">Most digits after the code.</param>
    /// <param name="Abroad">What is dialled for a call abroad where it is not only 00; otherwise null.</param>
    internal sealed record CallingCode(string Code, string? Trunk, int Fewest, int Most, string? Abroad)
    {
        /// <summary>True where a leading zero is dialled inside the country only.</summary>
        public bool DropsTrunkZero => Trunk is not null && Trunk.StartsWith("0", StringComparison.Ordinal);

        /// <summary>True where every number has the same length, so that a number tells by it whether it is whole.</summary>
        public bool HasOneLength => Fewest == Most;

        /// <summary>True when there can be a number of that many digits.</summary>
        public bool Fits(int digits) => digits >= Fewest && digits <= Most;
    }
}
