namespace PasswordOps.SambaDomain;

/// <summary>An account of the domain, for a test that signs in with it or resets it.</summary>
/// <param name="Name">sAMAccountName.</param>
/// <param name="UserPrincipalName">User principal name.</param>
/// <param name="DistinguishedName">Distinguished name.</param>
/// <param name="SecurityIdentifier">objectSid.</param>
/// <param name="Password">Its password when the domain starts; made anew for every domain.</param>
public sealed record DomainAccount(
    string Name, string UserPrincipalName, string DistinguishedName, string SecurityIdentifier, string Password)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
