namespace PasswordOps.Core.Directory;

/// <summary>Where a user's password is mastered.</summary>
public enum SourceOfAuthority
{
    /// <summary>In this tenant.</summary>
    Cloud,

    /// <summary>In Active Directory; the tenant follows.</summary>
    ActiveDirectory,

    /// <summary>In another Microsoft Entra tenant.</summary>
    OtherTenant,

    /// <summary>A personal Microsoft account.</summary>
    MicrosoftAccount,

    /// <summary>Another identity provider: Google, Facebook, one-time passcode by mail, SAML or WS-Federation.</summary>
    OtherProvider,
}
