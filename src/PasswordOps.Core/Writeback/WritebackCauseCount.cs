using System;
using System.Globalization;

namespace PasswordOps.Core.Writeback;

/// <summary>Failures that one cause explains.</summary>
public sealed record WritebackCauseCount
{
    /// <summary>The cause; null when nothing is published.</summary>
    public string? Cause { get; init; }

    /// <summary>How sure it is, where it is surest; null where there is none.</summary>
    public WritebackCertainty? Certainty { get; init; }

    /// <summary>First thing to do; null when nothing is published.</summary>
    public string? Fix { get; init; }

    /// <summary>Failures.</summary>
    public long Count { get; init; }

    /// <summary>When it last happened, UTC.</summary>
    public DateTimeOffset Last { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}: {1}", Count, Cause ?? "-");
}
