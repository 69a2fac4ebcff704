namespace PasswordOps.Core.Bulk;

/// <summary>How a write ended.</summary>
public enum JournalOutcomeKind
{
    /// <summary>The service confirmed it.</summary>
    Written,

    /// <summary>No answer told, and a later look found it done.</summary>
    Found,

    /// <summary>The service refused it: it did not take effect.</summary>
    Refused,

    /// <summary>It was not sent after all.</summary>
    NotSent,

    /// <summary>It was sent, and even later looks could not tell whether it took effect.</summary>
    Unknown,
}
