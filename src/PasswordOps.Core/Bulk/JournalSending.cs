namespace PasswordOps.Core.Bulk;

/// <summary>A write is about to be sent. Without an outcome after it, nobody knows whether it took effect.</summary>
public sealed record JournalSending : JournalEntry
{
    /// <summary>Row of the sheet, or place in the input, from 1.</summary>
    public required int Row { get; init; }

    /// <summary>User principal name.</summary>
    public required string User { get; init; }

    /// <summary>Object id.</summary>
    public required string UserId { get; init; }

    /// <summary>The change.</summary>
    public required JournalChange Change { get; init; }

    /// <summary>Row and change, without values.</summary>
    /// <returns>For example <c>row 12 Add Mobile</c>.</returns>
    public override string ToString() => $"row {Row} {Change}";
}
