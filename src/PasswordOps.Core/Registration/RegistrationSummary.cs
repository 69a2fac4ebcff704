using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Registration;

/// <summary>The whole tenant in counts, gathered in one pass over its users. Times are UTC.</summary>
public sealed record RegistrationSummary
{
    /// <summary>All users.</summary>
    public required RegistrationMeasure All { get; init; }

    /// <summary>Users whom the report calls administrators.</summary>
    public required int Administrators { get; init; }

    /// <summary>Guests, who are counted in <see cref="All"/> too.</summary>
    public required int Guests { get; init; }

    /// <summary>Methods and how many users registered each, the most used first.</summary>
    public required IReadOnlyList<MethodCount> Methods { get; init; }

    /// <summary>Counts by department, the largest first.</summary>
    public required IReadOnlyList<RegistrationMeasure> ByDepartment { get; init; }

    /// <summary>Counts by domain, the largest first.</summary>
    public required IReadOnlyList<RegistrationMeasure> ByDomain { get; init; }

    /// <summary>Counts by role, the largest first; empty when roles were not read.</summary>
    public required IReadOnlyList<RegistrationMeasure> ByRole { get; init; }

    /// <summary>Time of the oldest line of the report; null when it has none.</summary>
    public required DateTimeOffset? OldestLine { get; init; }

    /// <summary>Time of the newest line of the report; null when it has none.</summary>
    public required DateTimeOffset? NewestLine { get; init; }

    /// <summary>Why the report could not be read, and what to grant; null when it could.</summary>
    public string? Problem { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{All.Users} users, {All.Capable} capable";
}
