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
    public override string ToString() => 
        Text.Of($"{Day:yyyy-MM-dd}: {Succeeded} succeeded, {Failed} failed, {NoResult} without result");
}
