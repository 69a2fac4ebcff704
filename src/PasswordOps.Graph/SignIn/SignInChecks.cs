using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using PasswordOps.Core;
using PasswordOps.Core.SignIn;
using PasswordOps.Graph.Errors;
using PasswordOps.Graph.Pipeline;

namespace PasswordOps.Graph.SignIn;

/// <summary>What can be known to be wrong before anything is sent.</summary>
internal static class SignInChecks
{
    /// <exception cref="PasswordOpsException">Something is missing or can never work.</exception>
    public static void Run(SignInOptions options, IClock clock)
    {
        Transports.RequireLoopback(options);
        if (options.TenantId is string tenant && (tenant.Length == 0 || !tenant.All(c => char.IsLetterOrDigit(c) || c is '.' or '-')))
        {
            throw ErrorTable.Own("SignInTenantInvalid").Tell();
        }

        switch (options.Kind)
        {
            case SignInKind.ClientSecret:
                RequireApp(options.TenantId, options.ClientId);
                Require(options.ClientSecret is { Length: > 0 }, "SignInSecretNotGiven");
                break;
            case SignInKind.Certificate:
                RequireApp(options.TenantId, options.ClientId);
                Require(options.Certificate is not null, "SignInCertificateNotGiven");
                CheckCertificate(options.Certificate!, clock);
                break;
            case SignInKind.WorkloadIdentity:
                RequireApp(
                    options.TenantId ?? Environment.GetEnvironmentVariable("AZURE_TENANT_ID"),
                    options.ClientId ?? Environment.GetEnvironmentVariable("AZURE_CLIENT_ID"));
                string? file = options.TokenFile ?? Environment.GetEnvironmentVariable("AZURE_FEDERATED_TOKEN_FILE");
                Require(File.Exists(file), "SignInTokenFileMissing");
                break;
            case SignInKind.AccessToken:
                Require(options.AccessToken is { Length: > 0 }, "SignInTokenNotGiven");
                CheckToken(options, clock);
                break;
        }
    }

    private static void RequireApp(string? tenant, string? client)
    {
        Require(!string.IsNullOrEmpty(tenant), "SignInTenantMissing");
        Require(!string.IsNullOrEmpty(client), "SignInClientMissing");
    }

    private static void Require(bool holds, string id)
    {
        if (!holds)
        {
            throw ErrorTable.Own(id).Tell();
        }
    }

    private static void CheckCertificate(X509Certificate2 certificate, IClock clock)
    {
        (string, string) thumbprint = ("thumbprint", certificate.Thumbprint);
        if (!certificate.HasPrivateKey)
        {
            throw ErrorTable.Own("SignInCertificateNoKey").Tell(thumbprint);
        }

        DateTime now = clock.UtcNow.UtcDateTime;
        DateTime end = certificate.NotAfter.ToUniversalTime();
        if (end < now)
        {
            throw ErrorTable.Own("SignInCertificateExpired").Tell(thumbprint, ("date", Day(end)));
        }

        DateTime begin = certificate.NotBefore.ToUniversalTime();
        if (begin > now)
        {
            throw ErrorTable.Own("SignInCertificateNotYetValid").Tell(thumbprint, ("date", Day(begin)));
        }
    }

    private static void CheckToken(SignInOptions options, IClock clock)
    {
        TokenClaims claims = TokenClaims.Read(Credentials.Plain(options.AccessToken!));
        if (claims.ExpiresOn is DateTimeOffset end && end <= clock.UtcNow)
        {
            throw ErrorTable.Own("SignInTokenExpired").Tell(("date", ErrorTable.Moment(end)));
        }

        const string GraphAppId = "00000003-0000-0000-c000-000000000000";
        if (claims.Audience is string audience
            && !options.Cloud.Graph.IsLoopback
            && !string.Equals(audience, GraphAppId, StringComparison.OrdinalIgnoreCase)
            && !string.Equals(audience.TrimEnd('/'), options.Cloud.Graph.AbsoluteUri.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
        {
            throw ErrorTable.Own("SignInTokenForOther").Tell(("graph", options.Cloud.Graph.AbsoluteUri));
        }
    }

    private static string Day(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
