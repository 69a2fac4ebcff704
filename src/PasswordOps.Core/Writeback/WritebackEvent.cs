using System;

namespace PasswordOps.Core.Writeback;

/// <summary>One event of password writeback in the Application log of a sync server, as it was read.</summary>
public sealed record WritebackEvent
{
    /// <summary>PasswordResetService or ADSync.</summary>
    public required string Provider { get; init; }

    /// <summary>Event id.</summary>
    public required int Id { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>1 critical, 2 error, 3 warning, 4 information, 5 verbose; 0 when the log does not say.</summary>
    public int Level { get; init; }

    /// <summary>Number of the record in its log; null when the export has none.</summary>
    public long? RecordId { get; init; }

    /// <summary>Server that wrote it; empty when the export does not say.</summary>
    public string Computer { get; init; } = string.Empty;

    /// <summary>Insertion texts of the event, joined; never the localised rendering.</summary>
    public string Data { get; init; } = string.Empty;
}
