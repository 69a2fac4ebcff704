using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Report;

/// <summary>Takes the names of people out of a report. Numbers are given in the order of the work and say nothing of anybody.</summary>
internal sealed class ReportMask
{
    // Anything that looks like a user principal name or a mail address.
    private static readonly Regex Account = new(
        @"[^\s@'""(),;:]+@[^\s@'""(),;:]+\.[^\s@'""(),;:]*[^\s@'""(),;:.]", RegexOptions.CultureInvariant);

    private int given;

    /// <summary>Gives a person a number in place of the name.</summary>
    public ReportPerson Of(ReportPerson person)
    {
        string number = Text.Of($"Person {++given}");
        return person with
        {
            Name = number,
            UserPrincipalName = given.ToString(CultureInfo.InvariantCulture),
            Reason = Of(person.Reason, person, number)!,
            NextStep = Of(person.NextStep, person, number),
        };
    }

    /// <summary>Takes accounts out of what a check says.</summary>
    public static CheckResult Of(CheckResult check) => check with
    {
        Reason = Of(check.Reason)!, Evidence = Of(check.Evidence)!, Fix = Of(check.Fix), Target = null,
        Missing = check.Missing.Select(one => Of(one)!).ToArray(),
    };

    /// <summary>Takes accounts out of a text.</summary>
    public static string? Of(string? text) => text is null ? null : Account.Replace(text, _ => Text.Of($"(somebody)"));

    private static string? Of(string? text, ReportPerson person, string number)
    {
        foreach (string name in new[] { person.UserPrincipalName, person.Name })
        {
            if (name.Length > 2)
            {
                text = text?.Replace(name, number);
            }
        }

        return Of(text);
    }
}
