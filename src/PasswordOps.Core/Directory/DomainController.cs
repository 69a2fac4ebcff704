using System;
using System.Globalization;

namespace PasswordOps.Core.Directory;

/// <summary>What a domain controller says of itself.</summary>
public sealed record DomainController
{
    /// <summary>Largest difference of clocks that Kerberos and the certificates of a domain bear well.</summary>
    public static readonly TimeSpan ToleratedSkew = TimeSpan.FromMinutes(5);

    /// <summary>DNS name.</summary>
    public required string Name { get; init; }

    /// <summary>Distinguished name of its domain, for example DC=corp,DC=contoso,DC=com.</summary>
    public required string DomainName { get; init; }

    /// <summary>Its time, UTC, when the connection was opened; null when it did not say.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Its time minus this computer's; null when it did not say.</summary>
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>It offers the control by which history and minimum age count in a reset (2012 and later, 2008 R2 under an older
    /// id).</summary>
    public bool CanEnforceHistory { get; init; }

    /// <summary>A read-only domain controller, on which no password can be set.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>What a person should know about the clocks; null when they agree.</summary>
    public string? ClockWarning => ClockSkew is TimeSpan skew && skew.Duration() > ToleratedSkew
        ? skew > TimeSpan.Zero
            ? Text.Of($"The clock of {Name} is {skew.Duration().TotalMinutes:0} minutes ahead of this computer's: Kerberos fails beyond "
                + $"{ToleratedSkew.TotalMinutes:0} minutes, and times of password changes cannot be compared. Synchronise both with the "
                + $"domain's time source.")
            : Text.Of($"The clock of {Name} is {skew.Duration().TotalMinutes:0} minutes behind this computer's: Kerberos fails beyond "
                + $"{ToleratedSkew.TotalMinutes:0} minutes, and times of password changes cannot be compared. Synchronise both with the "
                + $"domain's time source.")
        : null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
