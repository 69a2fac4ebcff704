using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;

namespace PasswordOps.Core.Contacts;

/// <summary>What tells one list of texts from another.</summary>
internal static class Digests
{
    /// <summary>SHA-256 of the lines, as hexadecimal digits.</summary>
    public static string Of(IEnumerable<string> lines)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string line in lines)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        }

        return BitConverter.ToString(hash.GetHashAndReset()).Replace("-", string.Empty);
    }
}
