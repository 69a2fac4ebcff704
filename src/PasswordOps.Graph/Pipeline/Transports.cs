using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using Azure.Core.Pipeline;
using PasswordOps.Core.SignIn;
using PasswordOps.Graph.Errors;

namespace PasswordOps.Graph.Pipeline;

/// <summary>Makes the connection to the network.</summary>
internal static class Transports
{
    private const int ConnectionsPerServer = 32;

    /// <summary>The network, with a practice tenant's certificate authority trusted when there is one.</summary>
    public static HttpPipelineTransport Create(SignInOptions options)
    {
        HttpClientHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = ConnectionsPerServer,
#if !NET
            // Windows PowerShell may still offer TLS 1.0 by default.
            SslProtocols = System.Security.Authentication.SslProtocols.Tls12,
#endif
        };
        if (options.PracticeAuthorityFile is not null)
        {
            X509Certificate2 authority = ReadAuthority(options.PracticeAuthorityFile);
            handler.ServerCertificateCustomValidationCallback = (request, certificate, _, errors) =>
                request.RequestUri is { IsLoopback: true } && certificate is not null && Trusts(authority, certificate, errors);
        }

        // The pipeline limits each attempt itself.
        return new HttpClientTransport(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan });
    }

    /// <summary>A practice tenant lives on this machine; its authority vouches for nothing else.</summary>
    public static void RequireLoopback(SignInOptions options)
    {
        if (options.PracticeAuthorityFile is null)
        {
            return;
        }

        foreach (Uri address in new[] { options.Cloud.Authority, options.Cloud.Graph })
        {
            if (!address.IsLoopback)
            {
                throw ErrorTable.Own("PracticeAuthorityNotLoopback").Tell(("host", address.Host));
            }
        }
    }

    internal static bool Trusts(X509Certificate2 authority, X509Certificate2 certificate, SslPolicyErrors errors)
    {
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
        {
            return false;
        }

        using X509Chain chain = new();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.ChainPolicy.ExtraStore.Add(authority);
        return chain.Build(certificate)
            && chain.ChainStatus.All(status => status.Status is X509ChainStatusFlags.NoError or X509ChainStatusFlags.UntrustedRoot)
            && chain.ChainElements[chain.ChainElements.Count - 1].Certificate.RawData.SequenceEqual(authority.RawData);
    }

    private static X509Certificate2 ReadAuthority(string file)
    {
        try
        {
#if NET
            return X509Certificate2.CreateFromPem(File.ReadAllText(file));
#else
            return new X509Certificate2(file);
#endif
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw ErrorTable.Own("PracticeAuthorityUnreadable").Tell();
        }
    }
}
