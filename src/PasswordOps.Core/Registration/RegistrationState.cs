namespace PasswordOps.Core.Registration;

/// <summary>How far a user is with self-service password reset.</summary>
public enum RegistrationState
{
    /// <summary>Enabled, and registered with enough allowed methods.</summary>
    Capable,

    /// <summary>Registered, yet not capable: outside the scope, or with methods that are not allowed.</summary>
    Registered,

    /// <summary>Enabled, and has still to register.</summary>
    NotRegistered,

    /// <summary>The policy does not allow self-service password reset to this user.</summary>
    NotEnabled,

    /// <summary>The report says nothing of this user; the reason tells why.</summary>
    Unknown,
}
