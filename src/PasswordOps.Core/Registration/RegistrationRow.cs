using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Registration;

/// <summary>One user and what the registration report says of them, which runs up to a few hours behind. Times are UTC.</summary>
public record RegistrationRow
{
    /// <summary>User principal name; the object id for the rare user without one.</summary>
    public required string User { get; init; }

    /// <summary>Object id.</summary>
    public required string UserId { get; init; }

    /// <summary>Name shown to people; null when unset.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Department of the profile; null when unset.</summary>
    public string? Department { get; init; }

    /// <summary>The part of the user principal name behind the @; null for a user without one.</summary>
    public string? Domain { get; init; }

    /// <summary>True for a user whose userType is Guest.</summary>
    public bool IsGuest { get; init; }

    /// <summary>True when Active Directory masters the user.</summary>
    public bool IsSynced { get; init; }

    /// <summary>False when sign-in is blocked; null when it was not read.</summary>
    public bool? AccountEnabled { get; init; }

    /// <summary>Holds an administrator role, by the report; null when it does not say.</summary>
    public bool? IsAdmin { get; init; }

    /// <summary>Names of the active directory roles; null when they were not read.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>The policy allows self-service password reset to this user; null when not known.</summary>
    public bool? IsSsprEnabled { get; init; }

    /// <summary>Registered at least as many methods as the policy asks for; null when not known.</summary>
    public bool? IsSsprRegistered { get; init; }

    /// <summary>Enabled, and registered with enough allowed methods; null when not known.</summary>
    public bool? IsSsprCapable { get; init; }

    /// <summary>Registered a strong method for multifactor authentication; null when not known.</summary>
    public bool? IsMfaRegistered { get; init; }

    /// <summary>Registered one that the policy allows; null when not known.</summary>
    public bool? IsMfaCapable { get; init; }

    /// <summary>Registered a way to sign in without a password that the policy allows; null when not known.</summary>
    public bool? IsPasswordlessCapable { get; init; }

    /// <summary>Names such as mobilePhone, email, microsoftAuthenticatorPush; an open list.</summary>
    public IReadOnlyList<string> MethodsRegistered { get; init; } = Array.Empty<string>();

    /// <summary>The user's default second factor; null when there is none, or it was not told.</summary>
    public string? DefaultMethod { get; init; }

    /// <summary>Age of the report's line; null when there is none.</summary>
    public DateTimeOffset? LastUpdated { get; init; }

    /// <summary>How far the user is.</summary>
    public required RegistrationState State { get; init; }

    /// <summary>Why it is not known; null when it is.</summary>
    public string? Reason { get; init; }

    /// <summary>When this was read.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{User} {State}";

    internal static RegistrationRow Of(DirectoryUser user, Reading<RegistrationDetail> reading, IReadOnlyList<string>? roles)
    {
        RegistrationDetail? line = reading.IsKnown ? reading.Value : null;
        int at = user.UserPrincipalName.LastIndexOf('@');
        return new RegistrationRow
        {
            User = user.Name,
            UserId = user.Id,
            DisplayName = user.DisplayName,
            Department = user.Department,
            Domain = at < 0 ? null : user.UserPrincipalName.Substring(at + 1).ToLowerInvariant(),
            IsGuest = user.IsGuest,
            IsSynced = user.OnPremisesSyncEnabled == true,
            AccountEnabled = user.AccountEnabled,
            IsAdmin = line?.IsAdmin,
            Roles = roles,
            IsSsprEnabled = line?.IsSsprEnabled,
            IsSsprRegistered = line?.IsSsprRegistered,
            IsSsprCapable = line?.IsSsprCapable,
            IsMfaRegistered = line?.IsMfaRegistered,
            IsMfaCapable = line?.IsMfaCapable,
            IsPasswordlessCapable = line?.IsPasswordlessCapable,
            MethodsRegistered = line?.MethodsRegistered ?? Array.Empty<string>(),
            DefaultMethod = line?.PreferredMethod is { Length: > 0 } method && method != "none" ? method : null,
            LastUpdated = line?.LastUpdated,
            State = StateOf(line),
            Reason = line is null ? WhyUnknown(user, reading.Error!) : null,
            ReadAt = reading.At,
        };
    }

    private static RegistrationState StateOf(RegistrationDetail? line) =>
        line is null ? RegistrationState.Unknown
        : line.IsSsprCapable ? RegistrationState.Capable
        : !line.IsSsprEnabled ? RegistrationState.NotEnabled
        : line.IsSsprRegistered ? RegistrationState.Registered
        : RegistrationState.NotRegistered;

    private static string WhyUnknown(DirectoryUser user, PasswordOpsException error) =>
        error.Id != UnlistedUser.ErrorId ? Text.Of($"{error.Message} {error.Advice}")
        : user.AccountEnabled == false
            ? Text.Of($"Sign-in is blocked: the registration report leaves such users out, whatever they registered.")
        : Text.Of($"The registration report has no line for this user: it runs up to a few hours behind, so a new user comes later.");
}
