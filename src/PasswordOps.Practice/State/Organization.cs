using System;
using System.Collections.Generic;

namespace PasswordOps.Practice.State;

internal sealed record Organization
{
    public required Guid TenantId { get; init; }

    public required string DisplayName { get; init; }

    public string CountryLetterCode { get; init; } = "NL";

    public string PreferredLanguage { get; init; } = "en";

    public DateTimeOffset CreatedDateTime { get; init; }

    public string TenantType { get; init; } = "AAD";

    /// <summary>True: syncs; false: did; null: never did.</summary>
    public bool? OnPremisesSyncEnabled { get; init; }

    /// <summary>Null for a tenant that syncs: as on any day, the last round was less than half an hour ago.</summary>
    public DateTimeOffset? OnPremisesLastSync { get; init; }

    public IReadOnlyList<string> TechnicalNotificationMails { get; init; } = [];
}

internal sealed record Domain
{
    public required string Name { get; init; }

    public bool Federated { get; init; }

    public bool IsDefault { get; init; }

    public bool IsInitial { get; init; }

    public bool IsRoot { get; init; } = true;

    public bool IsVerified { get; init; } = true;

    public int? PasswordValidityPeriodInDays { get; init; }

    public int? PasswordNotificationWindowInDays { get; init; }
}

/// <summary>A product that the tenant owns.</summary>
internal sealed record SubscribedSku
{
    public required Product Product { get; init; }

    public string CapabilityStatus { get; init; } = "Enabled";

    public int Enabled { get; init; }

    public int Warning { get; init; }

    public int Suspended { get; init; }

    public int LockedOut { get; init; }

    public int Consumed { get; init; }

    public required Guid SubscriptionId { get; init; }

    /// <summary>The tenant has what the product brings: the service counts units in the warning period too.</summary>
    public bool Usable => CapabilityStatus is "Enabled" or "Warning" && Enabled + Warning > 0;
}

/// <summary>A subscription as the tenant bought it, or tries it.</summary>
internal sealed record Subscription
{
    public required Guid Id { get; init; }

    public required Guid CommerceId { get; init; }

    public required Product Product { get; init; }

    public DateTimeOffset CreatedDateTime { get; init; }

    public DateTimeOffset? NextLifecycleDateTime { get; init; }

    public bool IsTrial { get; init; }

    public string Status { get; init; } = "Enabled";

    public int TotalLicenses { get; init; }
}

/// <summary>State of one method in the authentication methods policy.</summary>
internal sealed record MethodConfiguration(string Id, string Type, bool Enabled);

internal sealed record Policies
{
    public bool AllowedToUseSspr { get; init; } = true;

    public string MigrationState { get; init; } = "migrationComplete";

    public IReadOnlyList<MethodConfiguration> Methods { get; init; } = DefaultMethods;

    internal static readonly IReadOnlyList<MethodConfiguration> DefaultMethods =
    [
        new("Fido2", "fido2", false),
        new("MicrosoftAuthenticator", "microsoftAuthenticator", true),
        new("Sms", "sms", true),
        new("TemporaryAccessPass", "temporaryAccessPass", false),
        new("SoftwareOath", "softwareOath", true),
        new("Voice", "voice", true),
        new("Email", "email", true),
        new("X509Certificate", "x509Certificate", false),
    ];
}

/// <summary>The switches of the sync engine that the tenant shows.</summary>
internal sealed record SyncFeatures
{
    public bool PasswordSync { get; init; } = true;

    public bool CloudPasswordPolicyForPasswordSyncedUsers { get; init; }

    public bool UserForcePasswordChangeOnLogon { get; init; } = true;

    public bool BypassDirSyncOverrides { get; init; }
}

/// <summary>How this tenant behaves where the service has no property for it, or where its documents disagree.</summary>
internal sealed record Settings
{
    /// <summary>A reset of a synced user reaches Active Directory.</summary>
    public bool Writeback { get; init; } = true;

    /// <summary>How long a reset takes after it was accepted.</summary>
    public double OperationSeconds { get; init; } = 1;

    /// <summary>How long an audit row stays away after the act.</summary>
    public double AuditDelaySeconds { get; init; }

    /// <summary>Methods that a user needs to count as registered for self-service reset.</summary>
    public int SsprMethodsRequired { get; init; } = 2;

    /// <summary>Everybody, or nobody, is in the scope of self-service reset.</summary>
    public bool SsprEnabled { get; init; } = true;

    /// <summary>Display name of the one group in the scope of self-service reset; null for everybody.</summary>
    public string? SsprGroup { get; init; }

    /// <summary>How far the registration report runs behind: whoever is newer is not in it.</summary>
    public double ReportLagHours { get; init; } = 2;

    /// <summary>
    /// Helpdesk and Password Administrators may PATCH sensitive properties of those whom they may reset. One page says both yes and no.
    /// </summary>
    public bool DeskRolesMayPatch { get; init; }

    /// <summary>A role over a unit or an object reaches there whom it reaches over the tenant. The documents disagree.</summary>
    public bool ScopedRolesReachAdmins { get; init; }

    /// <summary>PATCH passwordProfile of a synced user changes the cloud's copy only, instead of being refused. Both were seen.</summary>
    public bool SyncedPasswordPatch { get; init; }

    /// <summary>changePassword of a synced user changes the cloud's copy only, instead of being refused. No document says.</summary>
    public bool SyncedPasswordChange { get; init; }

    /// <summary>How long a token still counts after a new password or an end of all sessions, for a client that takes challenges.</summary>
    public double RevocationSeconds { get; init; } = 60;

    /// <summary>How long lastPasswordChangeDateTime shows the earlier change after a new one.</summary>
    public double PasswordChangeDelaySeconds { get; init; }

    /// <summary>What carries resets to Active Directory, as the audit log calls it.</summary>
    public string OnPremisesAgent { get; init; } = "Microsoft Entra Connect";

    public OnPremisesPolicy OnPremisesPolicy { get; init; } = new();

    /// <summary>resetPassword reaches synced users of a federated domain, and PATCH cloud users of one. The documents disagree.</summary>
    public bool FederatedReset { get; init; }

    /// <summary>Who started a reset may follow it, also without a role that reads operations.</summary>
    public bool StarterReadsOperation { get; init; }
}
