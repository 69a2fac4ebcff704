using System;
using System.Collections.Generic;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PasswordOps.NetworkEndpoints;

/// <summary>A certification authority made for one run.</summary>
public sealed class Authority : IDisposable
{
    private readonly X509Certificate2 certificate;

    /// <summary>Makes the authority.</summary>
    /// <param name="organization">Its organization.</param>
    public Authority(string organization)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={organization} Root,O={organization}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-60), DateTimeOffset.UtcNow.AddDays(60));
    }

    /// <summary>The certificate, PEM.</summary>
    public string Pem => certificate.ExportCertificatePem();

    /// <summary>The certificate, DER.</summary>
    public byte[] Raw => certificate.RawData;

    /// <summary>Issues a certificate for a server at 127.0.0.1 and localhost.</summary>
    /// <param name="name">Another DNS name instead of these; null for them.</param>
    /// <param name="notBefore">Beginning of validity; null for some days ago.</param>
    /// <param name="notAfter">End of validity; null for some days on.</param>
    /// <param name="revocationList">Where the list of revoked certificates is; null for no such extension.</param>
    /// <returns>The certificate with its key.</returns>
    public X509Certificate2 Issue(
        string? name = null, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null, Uri? revocationList = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=" + (name ?? "localhost"), key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name ?? "localhost");
        if (name is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(new OidCollection { new Oid("1.3.6.1.5.5.7.3.1") }, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(certificate, true, false));
        if (revocationList is not null)
        {
            request.CertificateExtensions.Add(
                CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(new List<string> { revocationList.AbsoluteUri }));
        }

        using X509Certificate2 issued = request.Create(
            certificate, notBefore ?? DateTimeOffset.UtcNow.AddDays(-10), notAfter ?? DateTimeOffset.UtcNow.AddDays(10),
            RandomNumberGenerator.GetBytes(16));
        using X509Certificate2 keyed = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(keyed.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Releases the key.</summary>
    public void Dispose() => certificate.Dispose();
}
