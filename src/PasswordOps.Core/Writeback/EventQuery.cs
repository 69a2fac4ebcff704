using System;

namespace PasswordOps.Core.Writeback;

/// <summary>Which events of password writeback to read, and where.</summary>
public sealed record EventQuery
{
    /// <summary>File that an event log was exported to or saved in; null for the live Application log of this machine.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// Leave older events out where the log can be asked for it: the live one and a saved one (.evtx). An export is read as it is.
    /// </summary>
    public DateTimeOffset? Since { get; init; }
}
