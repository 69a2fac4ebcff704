namespace PasswordOps.Core.Activity;

/// <summary>What carried a password to Active Directory, as the audit log says in <c>OnPremisesAgent</c>.</summary>
public enum OnPremisesAgent
{
    /// <summary>The log does not say.</summary>
    Unknown,

    /// <summary>Nothing: the password is in the cloud only.</summary>
    None,

    /// <summary>Microsoft Entra Connect.</summary>
    Connect,

    /// <summary>An agent of cloud sync.</summary>
    CloudSync,
}
