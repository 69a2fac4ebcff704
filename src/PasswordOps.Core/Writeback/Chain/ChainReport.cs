using System;
using System.Collections.Generic;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>Answer to "do passwords get from the cloud to the domain controller?".</summary>
public record ChainReport
{
    /// <summary>The worst of the links.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The answer in one line.</summary>
    public required string Headline { get; init; }

    /// <summary>The check that decides; null when all is in order.</summary>
    public CheckResult? WeakestLink { get; init; }

    /// <summary>The one next step; null when there is nothing to do.</summary>
    public string? NextStep { get; init; }

    /// <summary>The links in their order.</summary>
    public required IReadOnlyList<ChainLinkReport> Links { get; init; }

    /// <summary>All checks, link by link.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>What carries the passwords, as far as there is a sign of it.</summary>
    public required IReadOnlyList<WritebackEngine> Engines { get; init; }

    /// <summary>What was seen and what it cannot prove, a sentence each.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>When it was judged, UTC.</summary>
    public required DateTimeOffset JudgedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"Password writeback: {Verdict}";
}
