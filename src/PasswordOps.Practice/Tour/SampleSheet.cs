using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace PasswordOps.Practice.Tour;

/// <summary>A contact sheet as a personnel system would export it. All numbers are from ranges that are reserved for fiction.</summary>
internal static class SampleSheet
{
    private static readonly string[] s_areas = ["206", "212", "303", "425", "503", "617", "702", "808", "916"];

    internal static void Write(string file, IEnumerable<string> users)
    {
        using var writer = new StreamWriter(file);
        writer.WriteLine("UserPrincipalName,Mobile,Office,Email");
        foreach ((int index, string user) in users.Index())
        {
            string mobile = string.Create(CultureInfo.InvariantCulture, $"+1 {s_areas[index / 100 % s_areas.Length]}55501{index % 100:00}");
            string office = index % 4 == 0 ? "+44 20 7946 0" + (index % 1000).ToString("000", CultureInfo.InvariantCulture) : "";
            writer.WriteLine($"{user},{mobile},{office},private{index.ToString(CultureInfo.InvariantCulture)}@fabrikam.com");
        }
    }
}
