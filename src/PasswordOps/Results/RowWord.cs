using System.Globalization;

namespace PasswordOps;

/// <summary>Says where in a sheet a row stands.</summary>
internal static class RowWord
{
    internal static string Of(int? row) => row is int number ? number.ToString(CultureInfo.InvariantCulture) : "-";
}
