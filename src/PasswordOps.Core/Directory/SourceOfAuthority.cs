namespace PasswordOps.Core.Directory;

/// <summary>Where a user's password is mastered.</summary>
public enum SourceOfAuthority
{
    /// <summary>In this tenant.</summary>
    Cloud,

    /// <summary>In Active Directory; the tenant follows.</summary>
    ActiveDirectory,

    /// <summary>In this tenant, as a local account of a consumer (Azure AD B2C, external tenants).</summary>
    LocalAccount,

    /// <summary>In another Microsoft Entra tenant.</summary>
    OtherTenant,

    /// <summary>A personal Microsoft account.</summary>
    MicrosoftAccount,

    /// <summary>A Google account.</summary>
    Google,

    /// <summary>A Facebook account.</summary>
    Facebook,

    /// <summary>Nowhere: each sign-in takes a one-time passcode sent by mail.</summary>
    EmailOneTimePasscode,

    /// <summary>An identity provider of another organisation, by SAML or WS-Federation.</summary>
    SamlOrWsFederation,

    /// <summary>An identity provider that this version does not know.</summary>
    OtherProvider,

    /// <summary>The properties do not tell.</summary>
    Unknown,
}
