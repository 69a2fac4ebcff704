using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>What granting would change. Nothing has been written yet.</summary>
public sealed record GrantPlan
{
    /// <summary>The account.</summary>
    public required ConnectorAccount Account { get; init; }

    /// <summary>The domain.</summary>
    public required DirectoryDomain Domain { get; init; }

    /// <summary>The domain controller that was read and is to be written on.</summary>
    public required string Server { get; init; }

    /// <summary>The changes; empty when nothing is missing.</summary>
    public required IReadOnlyList<GrantStep> Steps { get; init; }

    /// <summary>Why it must not be done; null when it may.</summary>
    public PasswordOpsException? Refusal { get; init; }

    /// <summary>What somebody should know before, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Nothing is missing.</summary>
    public bool IsEmpty => Steps.Count == 0 && Refusal is null;
}
