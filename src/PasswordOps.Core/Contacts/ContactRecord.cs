namespace PasswordOps.Core.Contacts;

/// <summary>One user's contact data, in the profile and as authentication methods. Holds contact data: never log it.</summary>
public sealed record ContactRecord
{
    /// <summary>User as asked for.</summary>
    public required string Identity { get; init; }

    /// <summary>User principal name, or the user as asked for when it was not found.</summary>
    public required string User { get; init; }

    /// <summary>Object id; null when the user was not found.</summary>
    public string? UserId { get; init; }

    /// <summary>Name shown to people; null when unset.</summary>
    public string? DisplayName { get; init; }

    /// <summary>True when Active Directory masters the user, so that phones of the profile are read-only here.</summary>
    public bool IsSynced { get; init; }

    /// <summary>Mobile phone of the profile.</summary>
    public string? ProfileMobile { get; init; }

    /// <summary>Office phone of the profile.</summary>
    public string? ProfileOffice { get; init; }

    /// <summary>First alternate mail address of the profile.</summary>
    public string? ProfileEmail { get; init; }

    /// <summary>Authentication phone.</summary>
    public string? Mobile { get; init; }

    /// <summary>Alternate authentication phone.</summary>
    public string? AlternateMobile { get; init; }

    /// <summary>Office phone among the authentication methods.</summary>
    public string? Office { get; init; }

    /// <summary>Authentication email.</summary>
    public string? Email { get; init; }

    /// <summary>Whether the mobile number signs in by text message; null when there is no mobile method.</summary>
    public string? SmsSignInState { get; init; }

    /// <summary>True when the caller's role sees the numbers of methods masked: they cannot be written back.</summary>
    public bool IsMasked { get; init; }

    /// <summary>Why the user or the methods could not be read; null when they could.</summary>
    public PasswordOpsException? Error { get; init; }

    /// <summary>The value of a field.</summary>
    /// <param name="field">Which field.</param>
    /// <param name="target">Where it is kept.</param>
    /// <returns>The value; null when there is none.</returns>
    public string? Value(ContactField field, ContactTarget target) => (target, field) switch
    {
        (ContactTarget.Profile, ContactField.Mobile) => ProfileMobile,
        (ContactTarget.Profile, ContactField.Office) => ProfileOffice,
        (ContactTarget.Profile, ContactField.Email) => ProfileEmail,
        (ContactTarget.AuthenticationMethods, ContactField.Mobile) => Mobile,
        (ContactTarget.AuthenticationMethods, ContactField.AlternateMobile) => AlternateMobile,
        (ContactTarget.AuthenticationMethods, ContactField.Office) => Office,
        (ContactTarget.AuthenticationMethods, ContactField.Email) => Email,
        _ => null,
    };

    /// <summary>The value that password reset uses: the authentication method, and where there is none the profile's.</summary>
    /// <param name="field">Which field.</param>
    /// <returns>The value; null when there is none.</returns>
    public string? Used(ContactField field) => Value(field, ContactTarget.AuthenticationMethods) ?? Value(field, ContactTarget.Profile);

    /// <summary>Only the user.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => User;
}
