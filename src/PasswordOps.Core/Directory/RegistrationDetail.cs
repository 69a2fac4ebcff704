using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Directory;

/// <summary>One user's line of the registration report, which runs up to a few hours behind. Times are UTC.</summary>
public sealed record RegistrationDetail
{
    /// <summary>Object id.</summary>
    public required string Id { get; init; }

    /// <summary>Holds an administrator role.</summary>
    public bool? IsAdmin { get; init; }

    /// <summary>The policy allows self-service password reset to this user.</summary>
    public bool IsSsprEnabled { get; init; }

    /// <summary>Registered at least as many methods as the policy asks for.</summary>
    public bool IsSsprRegistered { get; init; }

    /// <summary>Enabled, and registered with enough allowed methods.</summary>
    public bool IsSsprCapable { get; init; }

    /// <summary>Registered a strong method for multifactor authentication.</summary>
    public bool IsMfaRegistered { get; init; }

    /// <summary>Registered one that the policy allows.</summary>
    public bool IsMfaCapable { get; init; }

    /// <summary>Registered a way to sign in without a password that the policy allows.</summary>
    public bool IsPasswordlessCapable { get; init; }

    /// <summary>Names such as mobilePhone, email, microsoftAuthenticatorPush; an open list.</summary>
    public IReadOnlyList<string> MethodsRegistered { get; init; } = Array.Empty<string>();

    /// <summary>
    /// The user's default second factor: push, oath, voiceMobile, voiceAlternateMobile, voiceOffice, sms, none; null when it was not told.
    /// </summary>
    public string? PreferredMethod { get; init; }

    /// <summary>Age of the line.</summary>
    public DateTimeOffset? LastUpdated { get; init; }
}
