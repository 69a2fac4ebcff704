using System;
using System.Collections.Generic;
using System.Text;

namespace PasswordOps.Core.Directory;

/// <summary>Finds names in a distinguished name that hold characters which are reserved there.</summary>
internal static class ReservedCharacters
{
    private const string Reserved = ",+\"\\<>;=/\n\r";

    /// <summary>Whether a name has a leading blank or #, a trailing blank, or a reserved character.</summary>
    public static bool In(string name) =>
        name.Length > 0 && (name[0] is ' ' or '#' || name[name.Length - 1] == ' ' || name.IndexOfAny(Reserved.ToCharArray()) >= 0);

    /// <summary>The names of organizational units in a distinguished name that are so, as they read without escapes.</summary>
    public static IReadOnlyList<string> UnitsOf(string distinguishedName)
    {
        List<string> found = new();
        foreach (string part in Parts(distinguishedName))
        {
            int equal = part.IndexOf('=');
            if (equal > 0 && part.Substring(0, equal).Trim().Equals("OU", StringComparison.OrdinalIgnoreCase))
            {
                string name = Unescaped(part.Substring(equal + 1));
                if (In(name))
                {
                    found.Add(name);
                }
            }
        }

        return found;
    }

    private static IEnumerable<string> Parts(string name)
    {
        int start = 0;
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == '\\')
            {
                i++;
            }
            else if (name[i] == ',')
            {
                yield return name.Substring(start, i - start);
                start = i + 1;
            }
        }

        yield return name.Substring(start);
    }

    // A backslash stands before the character itself, or before the two hexadecimal digits of a byte (RFC 4514).
    private static string Unescaped(string value)
    {
        StringBuilder text = new();
        List<byte> bytes = new();
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 2 < value.Length && IsHex(value[i + 1]) && IsHex(value[i + 2]))
            {
                bytes.Add(Convert.ToByte(value.Substring(i + 1, 2), 16));
                i += 2;
                continue;
            }

            Flush(bytes, text);
            if (value[i] == '\\' && i + 1 < value.Length)
            {
                i++;
            }

            text.Append(value[i]);
        }

        Flush(bytes, text);
        return text.ToString();
    }

    private static void Flush(List<byte> bytes, StringBuilder text)
    {
        text.Append(Encoding.UTF8.GetString(bytes.ToArray()));
        bytes.Clear();
    }

    private static bool IsHex(char letter) => letter is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
}
