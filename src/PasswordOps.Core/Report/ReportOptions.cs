using System;

namespace PasswordOps.Core.Report;

/// <summary>How a report is made.</summary>
public sealed record ReportOptions
{
    /// <summary>Earliest moment of the audit log.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Time zone of its days.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>True to show people as numbers instead of names.</summary>
    public bool Mask { get; init; }

    /// <summary>Version of the module, for the page.</summary>
    public required string MadeBy { get; init; }
}
