using System;

namespace PasswordOps.Core.Bulk;

/// <summary>One line of a journal after the first.</summary>
public abstract record JournalEntry
{
    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
