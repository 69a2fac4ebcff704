using PasswordOps.Core.Bulk;

namespace PasswordOps.Core.Contacts;

/// <summary>How contact data is to be set.</summary>
public sealed record ContactOptions
{
    /// <summary>Where the values are kept.</summary>
    public ContactTarget Target { get; init; } = ContactTarget.AuthenticationMethods;

    /// <summary>Country that numbers without a country code belong to, such as <c>NL</c>; null to refuse such numbers.</summary>
    public string? DefaultCountry { get; init; }

    /// <summary>The part of the users that is worked on; the others are left to other runs.</summary>
    public Shard Shard { get; init; } = Shard.All;

    /// <summary>True to write the valid rows although others have errors.</summary>
    public bool SkipsInvalid { get; init; }

    /// <summary>True to show values as they are instead of masked.</summary>
    public bool ShowsValues { get; init; }
}
