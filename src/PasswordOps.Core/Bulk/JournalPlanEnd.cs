namespace PasswordOps.Core.Bulk;

/// <summary>The plan is complete: every row has its line.</summary>
public sealed record JournalPlanEnd : JournalEntry
{
    /// <summary>Rows in the plan.</summary>
    public required int Rows { get; init; }
}
