namespace PasswordOps.Core.Bulk;

/// <summary>The run came to its end: every row had its turn.</summary>
public sealed record JournalEnd : JournalEntry;
