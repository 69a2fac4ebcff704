using System;

namespace PasswordOps.Core.Report;

/// <summary>A day of the trend.</summary>
/// <param name="Date">The day, in the time zone of the report.</param>
/// <param name="Succeeded">Resets, changes and unlocks by people themselves that succeeded.</param>
/// <param name="Failed">Those that failed or were blocked.</param>
/// <param name="Abandoned">Those that were begun and not ended.</param>
/// <param name="ByAdmins">Resets by administrators.</param>
public sealed record ReportDay(DateTime Date, int Succeeded, int Failed, int Abandoned, int ByAdmins);
