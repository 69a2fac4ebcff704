using System;

namespace PasswordOps.Core.Contacts;

/// <summary>How spreadsheets write a text so that they do not take it for a number or a formula.</summary>
internal static class SpreadsheetText
{
    /// <summary>Takes <c>="..."</c> off: a formula that is nothing but a text. The wrapping is Excel's, not the value's.</summary>
    public static string Unwrapped(string value) =>
        value.Length > 3 && value.StartsWith("=\"", StringComparison.Ordinal) && value.EndsWith("\"", StringComparison.Ordinal)
            ? value.Substring(2, value.Length - 3).Replace("\"\"", "\"").Trim()
            : value;
}
