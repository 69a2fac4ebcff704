namespace PasswordOps.Core.Contacts;

/// <summary>How a user's row ended.</summary>
public enum ContactStatus
{
    /// <summary>Every planned write was confirmed by the service.</summary>
    Succeeded,

    /// <summary>Nothing had to be written.</summary>
    Unchanged,

    /// <summary>At least one write was refused; those that were confirmed are listed.</summary>
    Failed,

    /// <summary>At least one write was sent and nobody can tell whether it took effect.</summary>
    Unknown,

    /// <summary>Nothing was sent: the row has errors, or the run ended before its turn.</summary>
    NotSent,
}
