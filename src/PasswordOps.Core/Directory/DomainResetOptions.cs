namespace PasswordOps.Core.Directory;

/// <summary>What a reset of a password on a domain controller does besides the password.</summary>
public sealed record DomainResetOptions
{
    /// <summary>
    /// The user has to choose another password at the next sign-in (pwdLastSet 0). When false nothing is written there: the domain
    /// controller
    /// sets the time itself, or asks for a change all the same when the caller lacks the right Unexpire Password on the domain.
    /// </summary>
    public bool MustChange { get; init; }

    /// <summary>Ends a lockout (lockoutTime 0), which a reset alone does not.</summary>
    public bool Unlock { get; init; }

    /// <summary>
    /// History and minimum age count as if the user changed the password, as they do in self-service reset by writeback. Off as in the
    /// tools
    /// of Windows, where an administrator's reset is bound by length and complexity only. Needs
    /// <see cref="DomainController.CanEnforceHistory"/>.
    /// </summary>
    public bool EnforceHistory { get; init; }
}
