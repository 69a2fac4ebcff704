using System;
using System.Globalization;
using System.Linq;

namespace PasswordOps.Core.Bulk;

/// <summary>
/// One of several parts of the users, so that several processes can share the work without talking to each other. The part follows from the
/// user as typed, in any case, and not from the row: the same user is in the same part of every sheet, whoever sorts it.
/// </summary>
/// <param name="Index">Which part, from 1.</param>
/// <param name="Count">How many parts there are.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>Everybody.</summary>
    public static readonly Shard All = new(1, 1);

    /// <summary>Reads <c>2/8</c>.</summary>
    /// <param name="text">Part, slash, number of parts.</param>
    /// <returns>The part.</returns>
    /// <exception cref="PasswordOpsException"><c>ShardInvalid</c>.</exception>
    public static Shard Parse(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(parts[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && index >= 1 && index <= count
            ? new Shard(index, count)
            : throw new PasswordOpsException(
                "ShardInvalid", ErrorKind.InvalidArgument, Text.Of($"'{text}' is no part of a whole."),
                Text.Of($"Give the part, counted from 1, and how many there are: -Shard 1/8 to -Shard 8/8."));
    }

    /// <summary>True when a user belongs to this part.</summary>
    /// <param name="identity">User as typed.</param>
    /// <returns>Whether this run handles the user.</returns>
    public bool Contains(string identity) => Count <= 1 || (int)(Hash(identity) % (ulong)Count) == Index - 1;

    /// <summary>A number that is the same for a name in every process, whatever its case.</summary>
    internal static ulong Hash(string identity)
    {
        // FNV-1a, and a last stir: its low bits alone spread badly over small counts.
        ulong hash = identity.Aggregate(14695981039346656037UL, (sum, c) => unchecked((sum ^ char.ToLowerInvariant(c)) * 1099511628211UL));
        hash ^= hash >> 33;
        hash = unchecked(hash * 0xff51afd7ed558ccdUL);
        return hash ^ (hash >> 33);
    }

    /// <summary>Part and count.</summary>
    /// <returns>For example <c>2/8</c>.</returns>
    public override string ToString() =>
        Index.ToString(CultureInfo.InvariantCulture) + "/" + Count.ToString(CultureInfo.InvariantCulture);
}
