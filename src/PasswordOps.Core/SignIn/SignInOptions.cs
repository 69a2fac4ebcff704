using System;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.SignIn;

/// <summary>All that a sign-in needs. Holds secrets: never log it.</summary>
public sealed class SignInOptions
{
    /// <summary>Way of signing in.</summary>
    public required SignInKind Kind { get; init; }

    /// <summary>Cloud to sign in to.</summary>
    public required Cloud Cloud { get; init; }

    /// <summary>Tenant id or one of the tenant's domains; null lets the account's own tenant decide.</summary>
    public string? TenantId { get; init; }

    /// <summary>Application id; null takes the default of the way of signing in.</summary>
    public string? ClientId { get; init; }

    /// <summary>Secret of the application, for <see cref="SignInKind.ClientSecret"/>.</summary>
    public SecureString? ClientSecret { get; init; }

    /// <summary>Certificate with its private key, for <see cref="SignInKind.Certificate"/>.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>
    /// File with a federated token, for <see cref="SignInKind.WorkloadIdentity"/>; null takes <c>AZURE_FEDERATED_TOKEN_FILE</c>.
    /// </summary>
    public string? TokenFile { get; init; }

    /// <summary>Token for Microsoft Graph, for <see cref="SignInKind.AccessToken"/>.</summary>
    public SecureString? AccessToken { get; init; }

    /// <summary>Delegated permissions to ask for; empty asks for all that the application was granted (<c>.default</c>).</summary>
    public string[] Scopes { get; init; } = Array.Empty<string>();

    /// <summary>
    /// File with the certificate authority of a practice tenant. It is trusted for that connection only, and only when
    /// <see cref="Cloud"/> points at a loopback address.
    /// </summary>
    public string? PracticeAuthorityFile { get; init; }

    /// <summary>
    /// Takes one line a request: method, route with ids left out, status, duration, request id. Called on any thread; null writes nothing.
    /// </summary>
    public Action<string>? Log { get; init; }

    /// <summary>Nothing of the content.</summary>
    /// <returns>The way of signing in.</returns>
    public override string ToString() => Kind.ToString();
}
