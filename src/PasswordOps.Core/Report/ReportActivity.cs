using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Report;

/// <summary>What happened with passwords, from the audit log.</summary>
/// <param name="From">First moment that was asked for, UTC.</param>
/// <param name="To">Last moment, UTC.</param>
/// <param name="Days">By day, the oldest first, days without anything included.</param>
/// <param name="Reasons">Why attempts failed, the most frequent first.</param>
public sealed record ReportActivity(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ReportDay> Days, IReadOnlyList<ReportReason> Reasons);
