namespace PasswordOps.Core.Registration;

/// <summary>Counts of one department, domain or role, or of all users. Shares are of the users whom the report knows.</summary>
public record RegistrationMeasure
{
    /// <summary>By what was counted; null for all users.</summary>
    public RegistrationDimension? By { get; init; }

    /// <summary>The department, domain or role; empty for those without one, and for all users.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Users, those of whom the report says nothing included.</summary>
    public required int Users { get; init; }

    /// <summary>Users of whom the report says nothing: blocked, too new, or not readable.</summary>
    public required int Unknown { get; init; }

    /// <summary>Users whose sign-in is blocked.</summary>
    public required int Disabled { get; init; }

    /// <summary>Users in the scope of self-service password reset.</summary>
    public required int Enabled { get; init; }

    /// <summary>Users who registered enough methods.</summary>
    public required int Registered { get; init; }

    /// <summary>Users who can reset now.</summary>
    public required int Capable { get; init; }

    /// <summary>Users who are enabled and have still to register.</summary>
    public required int ToRegister { get; init; }

    /// <summary>Users who registered for multifactor authentication.</summary>
    public required int MfaRegistered { get; init; }

    /// <summary>Users whom the report knows.</summary>
    public int Listed => Users - Unknown;

    /// <summary>Share of enabled users, from 0 to 1; null where the report knows nobody.</summary>
    public double? EnabledShare => Share(Enabled);

    /// <summary>Share of registered users, from 0 to 1; null where the report knows nobody.</summary>
    public double? RegisteredShare => Share(Registered);

    /// <summary>Share of capable users, from 0 to 1; null where the report knows nobody.</summary>
    public double? CapableShare => Share(Capable);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Users}";

    private double? Share(int part) => Listed == 0 ? null : (double)part / Listed;
}
