using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Directory;

/// <summary>A user's authentication phones and authentication email: the private contact data of password reset.</summary>
public sealed record ContactData
{
    /// <summary>Numbers by type, in the form <c>+1 4255550100x123</c>. An Authentication Administrator sees them masked.</summary>
    public IReadOnlyDictionary<PhoneType, string> Phones { get; init; } = new Dictionary<PhoneType, string>();

    /// <summary>Address of the email method; null when there is none.</summary>
    public string? Email { get; init; }

    /// <summary>
    /// Whether the mobile number is set up for text-message sign-in: notSupported, notAllowedByPolicy, notEnabled, phoneNumberNotUnique,
    /// ready or notConfigured; null when there is no mobile method.
    /// </summary>
    public string? SmsSignInState { get; init; }

    /// <summary>Counts only: the record holds phone numbers.</summary>
    /// <returns>How many methods there are.</returns>
    public override string ToString() => $"{Phones.Count + (Email is null ? 0 : 1)} methods";
}
