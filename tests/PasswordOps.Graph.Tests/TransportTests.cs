#if NET
using System;
using System.IO;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;
using PasswordOps.Graph.Pipeline;

namespace PasswordOps.Graph.Tests;

/// <summary>Whom a connection to a practice tenant trusts: its own authority and nobody else.</summary>
public sealed class TransportTests
{
    private static readonly X509Certificate2 Authority = MakeAuthority();

    [Fact]
    public void A_certificate_of_the_authority_is_trusted()
    {
        using X509Certificate2 server = Issue(Authority, 1);

        Assert.True(Transports.Trusts(Authority, server, SslPolicyErrors.RemoteCertificateChainErrors));
    }

    [Fact]
    public void A_certificate_of_another_authority_of_the_same_name_is_not()
    {
        using X509Certificate2 other = MakeAuthority();
        using X509Certificate2 server = Issue(other, 1);

        Assert.False(Transports.Trusts(Authority, server, SslPolicyErrors.RemoteCertificateChainErrors));
    }

    [Fact]
    public void A_certificate_that_signed_itself_is_not()
    {
        using X509Certificate2 other = MakeAuthority();

        Assert.False(Transports.Trusts(Authority, other, SslPolicyErrors.RemoteCertificateChainErrors));
    }

    [Fact]
    public void An_expired_certificate_is_not()
    {
        using X509Certificate2 server = Issue(Authority, -1);

        Assert.False(Transports.Trusts(Authority, server, SslPolicyErrors.RemoteCertificateChainErrors));
    }

    [Theory]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch)]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateChainErrors)]
    [InlineData(SslPolicyErrors.RemoteCertificateNotAvailable)]
    public void A_certificate_for_another_name_is_not(SslPolicyErrors errors)
    {
        using X509Certificate2 server = Issue(Authority, 1);

        Assert.False(Transports.Trusts(Authority, server, errors));
    }

    [Theory]
    [InlineData("https://localhost:1/", "https://graph.microsoft.com/")]
    [InlineData("https://login.microsoftonline.com/", "https://127.0.0.1:1/")]
    [InlineData("https://localhost.fabrikam.com/", "https://127.0.0.1:1/")]
    public void Both_addresses_have_to_be_of_this_machine(string authority, string graph)
    {
        PasswordOpsException failure = Assert.Throws<PasswordOpsException>(
            () => Transports.RequireLoopback(Options(authority, graph, "ca.pem")));

        Assert.Equal("PracticeAuthorityNotLoopback", failure.Id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no certificate")]
    public void A_file_without_an_authority_is_named_as_such(string? content)
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            if (content is not null)
            {
                File.WriteAllText(file, content);
            }

            PasswordOpsException failure =
                Assert.Throws<PasswordOpsException>(() => Transports.Create(Options("https://localhost:1/", "https://localhost:1/", file)));

            Assert.Equal("PracticeAuthorityUnreadable", failure.Id);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static SignInOptions Options(string authority, string graph, string file) => new()
    {
        Kind = SignInKind.ClientSecret,
        Cloud = new Cloud { Name = "Practice", Title = "Practice", Authority = new Uri(authority), Graph = new Uri(graph) },
        PracticeAuthorityFile = file,
    };

    private static X509Certificate2 MakeAuthority()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=Practice authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(10));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, int toDays)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.Create(authority, DateTimeOffset.UtcNow.AddDays(-5), DateTimeOffset.UtcNow.AddDays(toDays), new byte[] { 1, 2, 3 });
    }
}
#endif
