namespace PasswordOps.Core.Reset;

/// <summary>Where a reset is carried out.</summary>
public enum ResetVia
{
    /// <summary>In Microsoft Entra ID, by the route that the source of authority asks for.</summary>
    Entra,

    /// <summary>On a domain controller of the user's Active Directory domain.</summary>
    ActiveDirectory,
}
