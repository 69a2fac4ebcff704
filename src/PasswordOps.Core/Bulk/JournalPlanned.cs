using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Bulk;

/// <summary>What is planned for one row. A later one for the same row replaces it.</summary>
public sealed record JournalPlanned : JournalEntry
{
    /// <summary>Row of the sheet, or place in the input, from 1.</summary>
    public required int Row { get; init; }

    /// <summary>User principal name, or the user as asked for.</summary>
    public required string User { get; init; }

    /// <summary>Object id; null when the user was not found.</summary>
    public string? UserId { get; init; }

    /// <summary>The changes; empty when there is nothing to write.</summary>
    public IReadOnlyList<JournalChange> Changes { get; init; } = Array.Empty<JournalChange>();

    /// <summary>Id of the row's error; null when it can be carried out.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The error in words, without a value; null when there is none.</summary>
    public string? Reason { get; init; }

    /// <summary>Only the row.</summary>
    /// <returns>The row's number.</returns>
    public override string ToString() => "row " + Row.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
