namespace PasswordOps.Core.Writeback;

/// <summary>Whom a failure concerns.</summary>
internal enum FailureScope
{
    /// <summary>No failure.</summary>
    None,

    /// <summary>The event alone does not say.</summary>
    Either,

    /// <summary>The account or the password at hand.</summary>
    User,

    /// <summary>Everybody.</summary>
    Service,
}
