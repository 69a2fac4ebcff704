using System;
using System.Globalization;

namespace PasswordOps.Core.Writeback;

/// <summary>Operations that began on one day.</summary>
public sealed record WritebackDayCount
{
    /// <summary>The day, UTC.</summary>
    public DateTime Day { get; init; }

    /// <summary>Operations whose password Active Directory took.</summary>
    public long Succeeded { get; init; }

    /// <summary>Operations that failed.</summary>
    public long Failed { get; init; }

    /// <summary>Operations whose result is not in the log.</summary>
    public long NoResult { get; init; }

    /// <summary>Failures of the service that belong to no operation.</summary>
    public long ServiceFailures { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0:yyyy-MM-dd}: {1} succeeded, {2} failed, {3} without result", Day, Succeeded, Failed, NoResult);
}
