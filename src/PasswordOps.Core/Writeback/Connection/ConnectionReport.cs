using System;
using System.Collections.Generic;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>Answer to "does this machine reach what password writeback needs?".</summary>
public record ConnectionReport
{
    /// <summary>The worst of the checks.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The answer in one line.</summary>
    public required string Headline { get; init; }

    /// <summary>The check that decides; null when all is in order.</summary>
    public CheckResult? WeakestLink { get; init; }

    /// <summary>The one next step; null when there is nothing to do.</summary>
    public string? NextStep { get; init; }

    /// <summary>One answer a question over all endpoints, along the way to them.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>Each endpoint with checks of its own.</summary>
    public required IReadOnlyList<EndpointReport> Endpoints { get; init; }

    /// <summary>Machine that was tested from.</summary>
    public required string Machine { get; init; }

    /// <summary>True when that machine has Microsoft Entra Connect on it.</summary>
    public required bool IsSyncServer { get; init; }

    /// <summary>Name of the cloud whose endpoints were tested.</summary>
    public required string Cloud { get; init; }

    /// <summary>What this test cannot prove, a sentence each.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>When the test began, UTC.</summary>
    public required DateTimeOffset TestedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"Connection of password writeback: {Verdict}";
}
