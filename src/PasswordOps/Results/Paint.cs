using System;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Writeback;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps;

/// <summary>
/// Colours of words in views. PowerShell takes them out again where its rules ask for plain text; here they are left off when nobody wants
/// colours at all (NO_COLOR, $PSStyle.OutputRendering) and on Windows PowerShell, which has no such rules.
/// </summary>
internal static class Paint
{
    private const string Reset = "\u001b[0m";
    private const string Green = "\u001b[32m";
    private const string Yellow = "\u001b[33m";
    private const string Red = "\u001b[31m";
    private const string Grey = "\u001b[90m";

    private static readonly string[] Colours = { Reset, Green, Yellow, Red, Grey };

    private static readonly PropertyInfo? Rendering =
        typeof(PSObject).Assembly.GetType("System.Management.Automation.PSStyle")?.GetProperty("OutputRendering");
    private static readonly PropertyInfo? Style =
        Rendering?.DeclaringType?.GetProperty("Instance", BindingFlags.Public | BindingFlags.Static);

    private static bool IsOn =>
        Style is not null
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && !string.Equals(Rendering!.GetValue(Style.GetValue(null))?.ToString(), "PlainText", StringComparison.Ordinal);

    internal static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Pass => Good("Pass"),
        Verdict.Warn => Doubt("Warn"),
        Verdict.Fail => Bad("Fail"),
        Verdict.Unknown => Doubt("Unknown"),
        _ => Dim("NotApplicable"),
    };

    internal static string Word(RightRow row) => row.Outcome switch
    {
        RightOutcome.Granted => Good("Granted"),
        RightOutcome.NotGranted => Bad("NotGranted"),
        _ => Doubt(row.Granted > 0 && row.NotGranted > 0 ? "Partly" : "Unknown"),
    };

    internal static string Of(WritebackEventGroup group, string text) => group switch
    {
        WritebackEventGroup.Ok => Good(text),
        WritebackEventGroup.Warn => Doubt(text),
        WritebackEventGroup.Fail => Bad(text),
        _ => text,
    };

    /// <summary>How many characters from here on are a colour that is given here; 0 when none begins here.</summary>
    internal static int LengthOfColour(string text, int at) =>
        Colours.FirstOrDefault(colour => string.CompareOrdinal(text, at, colour, 0, colour.Length) == 0)?.Length ?? 0;

    internal static string Good(string text) => With(Green, text);

    internal static string Doubt(string text) => With(Yellow, text);

    internal static string Bad(string text) => With(Red, text);

    internal static string Dim(string text) => With(Grey, text);

    private static string With(string colour, string text) => IsOn ? colour + text + Reset : text;
}
