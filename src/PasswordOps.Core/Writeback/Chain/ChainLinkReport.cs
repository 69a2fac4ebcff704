using System;
using System.Collections.Generic;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>One link of the chain.</summary>
public record ChainLinkReport
{
    /// <summary>Which.</summary>
    public required ChainLink Link { get; init; }

    /// <summary>The worst of its checks.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The answer in one line.</summary>
    public required string Headline { get; init; }

    /// <summary>Its checks.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>How long the slowest look at it took.</summary>
    public required TimeSpan Took { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Link}: {Verdict}";
}
