namespace PasswordOps.Core.Bulk;

/// <summary>A process begins to work at the run, for the first time or again. A plan that was not complete before it is void.</summary>
public sealed record JournalBegun : JournalEntry
{
    /// <summary>Process id, to tell the lives of a run apart.</summary>
    public required int ProcessId { get; init; }
}
