using System;
using System.Collections.Generic;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Writeback;

/// <summary>
/// Answer to "does password writeback work?", as far as the event log of a sync server can tell. Holds no text of events and no user.
/// </summary>
public record WritebackHealthReport
{
    /// <summary>The worst of the checks.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The answer in one line.</summary>
    public required string Headline { get; init; }

    /// <summary>The check that decides; null when all is in order.</summary>
    public CheckResult? WeakestLink { get; init; }

    /// <summary>The one next step; null when there is nothing to do.</summary>
    public string? NextStep { get; init; }

    /// <summary>All checks, along the chain from the switch to the proof.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>When the listener last started (31015), UTC; null when the log does not say.</summary>
    public DateTimeOffset? LastStart { get; init; }

    /// <summary>When the listener last stopped (31016), UTC; null when the log does not say.</summary>
    public DateTimeOffset? LastStop { get; init; }

    /// <summary>Last heartbeat (31019), UTC; null when the log holds none.</summary>
    public DateTimeOffset? LastHeartbeat { get; init; }

    /// <summary>When Active Directory last took a password (31002, 31007, 31010), UTC; null when the log holds none.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>When something last failed, UTC; null when nothing did.</summary>
    public DateTimeOffset? LastFailure { get; init; }

    /// <summary>The events of the log by provider and id.</summary>
    public required IReadOnlyList<WritebackEventCount> Events { get; init; }

    /// <summary>Time of the oldest event in the file, UTC; null when there is none.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Time of the newest event in the file, UTC; null when there is none.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Servers that wrote the log, at most 32.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>What the reader met.</summary>
    public required EventReadSummary Read { get; init; }

    /// <summary>What this log cannot prove, a sentence each.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>When the log was judged, UTC.</summary>
    public required DateTimeOffset JudgedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"Password writeback: {Verdict}";
}
