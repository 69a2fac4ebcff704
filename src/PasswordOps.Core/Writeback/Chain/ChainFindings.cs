using System;
using System.Collections.Generic;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>What one step of the look at the chain brought home.</summary>
public sealed record ChainFindings
{
    /// <summary>The answers.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>Engines of which there is a sign that they serve the tenant.</summary>
    public IReadOnlyList<WritebackEngine> Engines { get; init; } = Array.Empty<WritebackEngine>();

    /// <summary>What was seen and what it cannot prove, a sentence each.</summary>
    public IReadOnlyList<string> Limits { get; init; } = Array.Empty<string>();
}
