using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core;
using PasswordOps.Core.Checks;

namespace PasswordOps;

/// <summary>Says in one line how checks ended.</summary>
internal static class CheckWords
{
    /// <summary>How a card tells where the checks are.</summary>
    internal static string Details => Paint.Dim("| Select-Object -ExpandProperty Checks");

    /// <summary>Counts checks by verdict, worst first, and names those that need attention.</summary>
    /// <param name="checks">The checks.</param>
    /// <returns>For example <c>8 checks: 1 Fail (contact.methods), 7 Pass</c>.</returns>
    internal static string Count(IReadOnlyList<CheckResult> checks) => Text.Of($"{checks.Count} checks: ") + string.Join(", ", checks
        .GroupBy(check => check.Verdict)
        .OrderByDescending(group => group.Key)
        .Select(group => group.Count() + " " + Paint.Word(group.Key)
            + (group.Key > Verdict.Pass ? " (" + string.Join(", ", group.Select(check => check.Id)) + ")" : string.Empty)));
}
