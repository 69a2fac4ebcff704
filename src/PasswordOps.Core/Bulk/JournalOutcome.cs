namespace PasswordOps.Core.Bulk;

/// <summary>What became of a write.</summary>
public sealed record JournalOutcome : JournalEntry
{
    /// <summary>Row of the sheet, or place in the input, from 1.</summary>
    public required int Row { get; init; }

    /// <summary>Name of the field.</summary>
    public required string Field { get; init; }

    /// <summary>How it ended.</summary>
    public required JournalOutcomeKind Kind { get; init; }

    /// <summary>Id of the failure; null when there was none.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The service's request id; null when there was no answer.</summary>
    public string? RequestId { get; init; }

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; init; }
}
