using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Report;

/// <summary>Something to mend.</summary>
/// <param name="CheckId">Check that found it.</param>
/// <param name="Verdict">How bad it is.</param>
/// <param name="Text">What it is.</param>
/// <param name="Users">How many people it concerns; null where it concerns the tenant.</param>
/// <param name="Fix">One step that mends it; null where there is none.</param>
/// <param name="Command">Command that mends it or shows whom it concerns; null where there is none.</param>
public sealed record ReportProblem(string CheckId, Verdict Verdict, string Text, int? Users, string? Fix, string? Command);
