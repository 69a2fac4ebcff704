using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Bulk;

/// <summary>Knowledge/pace-limits.tsv: limits that the service publishes.</summary>
internal static class PaceLimits
{
    private static readonly ILookup<PaceBudget, (int Requests, int Seconds)> Published = KnowledgeTable.Load("pace-limits").Rows
        .ToLookup(
            row => (PaceBudget)Enum.Parse(typeof(PaceBudget), row["budget"]),
            row => (int.Parse(row["requests"], CultureInfo.InvariantCulture), int.Parse(row["seconds"], CultureInfo.InvariantCulture)));

    /// <summary>The limits of a budget, the smallest first.</summary>
    public static IReadOnlyList<(int Requests, int Seconds)> Of(PaceBudget budget) =>
        Published[budget].OrderBy(limit => limit.Requests).ToArray();
}
