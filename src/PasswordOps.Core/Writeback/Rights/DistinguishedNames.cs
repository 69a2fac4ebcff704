using System;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Distinguished names, as far as their parts matter here.</summary>
internal static class DistinguishedNames
{
    /// <summary>The name of the object above; null when there is none.</summary>
    public static string? Parent(string name)
    {
        bool escaped = false;
        for (int i = 0; i < name.Length; i++)
        {
            if (!escaped && name[i] == ',')
            {
                return name.Substring(i + 1).TrimStart();
            }

            escaped = !escaped && name[i] == '\\';
        }

        return null;
    }

    /// <summary>Whether an object is another, or is under it.</summary>
    public static bool IsWithin(string name, string above)
    {
        for (string? at = name.Trim(); at is not null; at = Parent(at))
        {
            if (string.Equals(at, above, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
