namespace PasswordOps.Core.Registration;

/// <summary>What to read of the registration report beside its lines.</summary>
public sealed record RegistrationOptions
{
    /// <summary>Only users who are enabled and have still to register; the service itself leaves out most of the others.</summary>
    public bool OnlyNotRegistered { get; init; }

    /// <summary>Read the names of roles too.</summary>
    public bool WithRoles { get; init; }
}
