using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using PasswordOps.Core.SignIn;
using PasswordOps.Graph.Pipeline;

namespace PasswordOps.Graph.SignIn;

/// <summary>The seam to Azure.Identity: one credential for each way of signing in.</summary>
internal static class Credentials
{
    /// <summary>Microsoft Graph Command Line Tools, the public client that Microsoft offers for people at a prompt.</summary>
    internal const string DefaultClientId = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

    private const int Retries = 2;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(0.3);

    /// <summary>Makes the credential. It asks a person for nothing by itself: a question in the middle of a run would surprise.</summary>
    public static TokenCredential Create(SignInOptions options, Action<DeviceCodePrompt> prompt, HttpPipelineTransport transport)
    {
        switch (options.Kind)
        {
            case SignInKind.ClientSecret:
                // Azure.Identity takes a string only; it lives as long as the connection does.
                return new ClientSecretCredential(
                    options.TenantId,
                    options.ClientId,
                    Plain(options.ClientSecret!),
                    With(new ClientSecretCredentialOptions { DisableInstanceDiscovery = IsPrivate(options) }, options, transport));
            case SignInKind.Certificate:
                return new ClientCertificateCredential(
                    options.TenantId,
                    options.ClientId,
                    options.Certificate,
                    With(new ClientCertificateCredentialOptions { DisableInstanceDiscovery = IsPrivate(options) }, options, transport));
            case SignInKind.DeviceCode:
                return new DeviceCodeCredential(With(
                    new DeviceCodeCredentialOptions
                    {
                        TenantId = options.TenantId,
                        ClientId = options.ClientId ?? DefaultClientId,
                        DisableInstanceDiscovery = IsPrivate(options),
                        DisableAutomaticAuthentication = true,
                        DeviceCodeCallback = (code, _) =>
                        {
                            prompt(new DeviceCodePrompt(code.Message, code.UserCode, code.VerificationUri, code.ExpiresOn));
                            return Task.CompletedTask;
                        },
                    },
                    options,
                    transport));
            case SignInKind.InteractiveBrowser:
                return new InteractiveBrowserCredential(With(
                    new InteractiveBrowserCredentialOptions
                    {
                        TenantId = options.TenantId,
                        ClientId = options.ClientId ?? DefaultClientId,
                        DisableInstanceDiscovery = IsPrivate(options),
                        DisableAutomaticAuthentication = true,
                    },
                    options,
                    transport));
            case SignInKind.ManagedIdentity:
                ManagedIdentityId identity = options.ClientId is null
                    ? ManagedIdentityId.SystemAssigned
                    : ManagedIdentityId.FromUserAssignedClientId(options.ClientId);

                return new ManagedIdentityCredential(With(new ManagedIdentityCredentialOptions(identity), options, transport));
            case SignInKind.WorkloadIdentity:
                return new WorkloadIdentityCredential(With(
                    new WorkloadIdentityCredentialOptions
                    {
                        TenantId = options.TenantId ?? Environment.GetEnvironmentVariable("AZURE_TENANT_ID"),
                        ClientId = options.ClientId ?? Environment.GetEnvironmentVariable("AZURE_CLIENT_ID"),
                        TokenFilePath = options.TokenFile ?? Environment.GetEnvironmentVariable("AZURE_FEDERATED_TOKEN_FILE"),
                        DisableInstanceDiscovery = IsPrivate(options),
                    },
                    options,
                    transport));
            case SignInKind.AzureCli:
                return new AzureCliCredential(new AzureCliCredentialOptions { TenantId = options.TenantId });
            case SignInKind.AccessToken:
                string token = Plain(options.AccessToken!);
                return new GivenToken(token, TokenClaims.Read(token).ExpiresOn ?? DateTimeOffset.MaxValue);
            default:
                throw new ArgumentOutOfRangeException(nameof(options));
        }
    }

    /// <summary>The scopes to ask for, with the address of this cloud's Microsoft Graph before each.</summary>
    public static string[] Scopes(SignInOptions options) =>
        options.Scopes.Length == 0
            ? new[] { new Uri(options.Cloud.Graph, ".default").AbsoluteUri }
            : options.Scopes.Select(scope => scope.Contains("://") ? scope : new Uri(options.Cloud.Graph, scope).AbsoluteUri).ToArray();

    /// <summary>Copies a secret into a string, for the libraries that take nothing else.</summary>
    internal static string Plain(SecureString secret)
    {
        IntPtr pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(pointer, secret.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }

    /// <summary>A practice tenant is unknown to the public list of sign-in hosts, which is asked otherwise.</summary>
    private static bool IsPrivate(SignInOptions options) => options.Cloud.Authority.IsLoopback;

    private static T With<T>(T settings, SignInOptions options, HttpPipelineTransport transport)
        where T : TokenCredentialOptions
    {
        settings.AuthorityHost = options.Cloud.Authority;
        settings.Transport = transport;
        if (settings is not ManagedIdentityCredentialOptions)
        {
            // The service of managed identities is on the machine itself and needs other rules, which come by default.
            settings.Retry.MaxRetries = Retries;
            settings.Retry.Delay = FirstRetry;
        }

        settings.Diagnostics.IsLoggingEnabled = false;
        settings.Diagnostics.IsTelemetryEnabled = false;
        settings.Diagnostics.IsDistributedTracingEnabled = false;
        if (options.Log is Action<string> log)
        {
            settings.AddPolicy(new LogPolicy(log), HttpPipelinePosition.PerRetry);
        }

        return settings;
    }
}
