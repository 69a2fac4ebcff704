namespace PasswordOps.Core.Directory;

/// <summary>One way in which a user signs in.</summary>
/// <param name="SignInType">emailAddress, userName, federated or userPrincipalName.</param>
/// <param name="Issuer">Who vouches: a domain of the tenant, <c>ExternalAzureAD</c>, <c>MicrosoftAccount</c>, <c>google.com</c>,
/// <c>mail</c> and so on.</param>
public sealed record SignInIdentity(string SignInType, string Issuer);
