using System;
using System.Collections.Generic;

namespace PasswordOps.Practice.State;

/// <summary>One way in which a user is known to an issuer.</summary>
internal sealed record UserIdentity(string SignInType, string Issuer, string? IssuerAssignedId);

/// <summary>A product assigned to a user, with the plans inside it that are switched off.</summary>
internal sealed record License(Guid SkuId, IReadOnlyList<Guid> DisabledPlans);

/// <summary>What a synced user is in Active Directory.</summary>
internal sealed record OnPremisesAccount
{
    public string? ImmutableId { get; init; }

    public string? DomainName { get; init; }

    public string? SamAccountName { get; init; }

    public string? UserPrincipalName { get; init; }

    public string? DistinguishedName { get; init; }

    public string? SecurityIdentifier { get; init; }

    public DateTimeOffset? LastSync { get; init; }
}

/// <summary>A user at one moment. A change makes a new one; <see cref="UserStore"/> holds the latest.</summary>
internal sealed record User
{
    public int Index { get; init; }

    public required Guid Id { get; init; }

    public required string UserPrincipalName { get; init; }

    /// <summary>The name is the tenant's own business: to the outside this user has none.</summary>
    public bool Unnamed { get; init; }

    public required string DisplayName { get; init; }

    public string? GivenName { get; init; }

    public string? Surname { get; init; }

    public string? JobTitle { get; init; }

    public string? Department { get; init; }

    public string? OfficeLocation { get; init; }

    public string? PreferredLanguage { get; init; }

    public string? UsageLocation { get; init; }

    public string? Mail { get; init; }

    public string? MobilePhone { get; init; }

    public IReadOnlyList<string> BusinessPhones { get; init; } = [];

    public IReadOnlyList<string> OtherMails { get; init; } = [];

    public bool AccountEnabled { get; init; } = true;

    public bool Guest { get; init; }

    public string? CreationType { get; init; }

    public string? ExternalUserState { get; init; }

    /// <summary>Null means the usual one: known to the tenant by user principal name.</summary>
    public IReadOnlyList<UserIdentity>? Identities { get; init; }

    public DateTimeOffset CreatedDateTime { get; init; }

    /// <summary>In the bin since then, from which the user can be restored.</summary>
    public DateTimeOffset? DeletedDateTime { get; init; }

    public DateTimeOffset LastPasswordChange { get; init; }

    /// <summary>The one before: what the directory shows until a change has come through.</summary>
    public DateTimeOffset? EarlierPasswordChange { get; init; }

    public DateTimeOffset? LastSignIn { get; init; }

    public string? PasswordPolicies { get; init; }

    /// <summary>True: mastered in Active Directory. Null: never was, or no longer. The service hardly ever says false.</summary>
    public bool? OnPremisesSyncEnabled { get; init; }

    public OnPremisesAccount? OnPremises { get; init; }

    /// <summary>The source of authority was transferred to the cloud.</summary>
    public bool CloudManaged { get; init; }

    public IReadOnlyList<License> Licenses { get; init; } = [];

    public MethodSet Methods { get; init; } = MethodSet.None;

    public PasswordState CloudPassword { get; init; } = PasswordState.Unknown;

    public PasswordState OnPremisesPassword { get; init; } = PasswordState.Unknown;

    public DateTimeOffset? OnPremisesPasswordChange { get; init; }

    /// <summary>What Active Directory remembers, the latest first, without the password that is set now.</summary>
    public IReadOnlyList<PasswordState> OnPremisesHistory { get; init; } = [];

    /// <summary>How every reset of this user goes; null as the tenant is set.</summary>
    public ResetScript? Resets { get; init; }

    /// <summary>How the next one goes.</summary>
    public ResetScript? NextReset { get; init; }

    /// <summary>The directory takes no password for it, as another service once made it. Seen with users that used to be synced.</summary>
    public bool OriginatedInExternalService { get; init; }

    /// <summary>Tokens issued before this moment no longer count.</summary>
    public DateTimeOffset SignInSessionsValidFrom { get; init; }

    /// <summary>What makes this user worth practising with; null for the crowd.</summary>
    public string? About { get; init; }

    public bool Deleted => DeletedDateTime is not null;

    public bool Synced => OnPremisesSyncEnabled == true;

    public string Domain => UserPrincipalName[(UserPrincipalName.LastIndexOf('@') + 1)..];

    /// <summary>An account of a customer directory, with a name and a password of its own.</summary>
    public bool LocalAccount => CreationType == "LocalAccount";

    public User WithCloudPassword(PasswordState password, DateTimeOffset now) => this with
    {
        CloudPassword = password,
        EarlierPasswordChange = LastPasswordChange,
        LastPasswordChange = now,
        SignInSessionsValidFrom = now,
    };

    public User WithOnPremisesPassword(PasswordState password, DateTimeOffset now) => this with
    {
        OnPremisesPassword = password,
        OnPremisesHistory = [OnPremisesPassword, .. OnPremisesHistory],
        OnPremisesPasswordChange = now,
    };

    /// <summary>The same user in the bin. Its name gets its id in front, so that somebody else can have the name.</summary>
    public User AsDeleted(DateTimeOffset now) => this with
    {
        DeletedDateTime = now, UserPrincipalName = Id.ToString("N") + UserPrincipalName,
    };

    public User AsRestored() => this with { DeletedDateTime = null, UserPrincipalName = UserPrincipalName[32..] };

    public override string ToString() => UserPrincipalName;
}
