using System;

namespace PasswordOps.Core.Activity;

/// <summary>What happened on one day of the calendar.</summary>
public sealed record ActivityDay
{
    /// <summary>The day in the time zone that was asked for; its time is midnight and means nothing.</summary>
    public required DateTime Day { get; init; }

    /// <summary>Self-service resets and unlocks that succeeded, also in Active Directory only.</summary>
    public int Succeeded { get; init; }

    /// <summary>Self-service resets and unlocks that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Self-service resets and unlocks that ended with a block of 24 hours.</summary>
    public int Blocked { get; init; }

    /// <summary>Self-service resets and unlocks that the user left.</summary>
    public int Abandoned { get; init; }

    /// <summary>Resets by administrators and applications that succeeded.</summary>
    public int AdministratorResets { get; init; }

    /// <summary>Resets by administrators and applications that failed.</summary>
    public int AdministratorFailures { get; init; }

    /// <summary>Changes of a known password that succeeded.</summary>
    public int Changes { get; init; }

    /// <summary>Changes of a known password that failed.</summary>
    public int ChangeFailures { get; init; }

    /// <summary>Registrations that were completed.</summary>
    public int Registrations { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
