using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PasswordOps.Practice;

/// <summary>The certificates of one run: a CA that nothing else has ever used, the server's own, and those of applications.</summary>
internal static class Certificates
{
    private static readonly DateTimeOffset s_begin = DateTimeOffset.UtcNow.AddDays(-1);
    private static readonly DateTimeOffset s_end = DateTimeOffset.UtcNow.AddDays(90);

    internal static X509Certificate2 CreateAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=PasswordOps practice CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(s_begin, s_end);
    }

    internal static X509Certificate2 CreateServer(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        using X509Certificate2 bare = request.Create(authority, s_begin, s_end.AddDays(-1), RandomNumberGenerator.GetBytes(16));
        using X509Certificate2 keyed = bare.CopyWithPrivateKey(key);
        // Windows serves TLS only with a key that went through a file form.
        return X509CertificateLoader.LoadPkcs12(keyed.Export(X509ContentType.Pfx), null);
    }

    /// <summary>A certificate for an application to sign in with. RSA, since the sign-in service takes nothing else.</summary>
    internal static X509Certificate2 CreateForApplication()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=PasswordOps practice application", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(s_begin, s_end);
    }
}
