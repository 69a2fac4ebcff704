using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using PasswordOps.Core;

namespace PasswordOps.Files;

/// <summary>What can be wrong with a certificate that passwords are to be encrypted for.</summary>
internal static class SealingErrors
{
    private const string HowToMake =
        "Use an RSA certificate of at least 2048 bits whose key usage has key encipherment; docs/temporary-passwords.md shows how to "
        + "make one.";

    public static PasswordOpsException NoFile(string path) => new(
        "CertificateNotFound", ErrorKind.NotFound, $"There is no certificate file '{path}'.", "Check the path.");

    public static PasswordOpsException NotFound(string recipient) => new(
        "CertificateNotFound", ErrorKind.NotFound,
        $"'{recipient}' is neither a certificate file nor thumbprint or subject of a certificate in the personal store of the user or "
        + "of the machine.",
        "Give the path of the recipient's certificate (.cer, .crt or .pem), its thumbprint, or its subject with * for parts of it.");

    public static PasswordOpsException Ambiguous(string recipient, IEnumerable<X509Certificate2> found) => new(
        "CertificateAmbiguous", ErrorKind.InvalidArgument,
        $"'{recipient}' fits several certificates: " + string.Join(", ", found.Select(one =>
            $"{one.Thumbprint} ({one.Subject}, until {one.NotAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})")) + ".",
        "Give the thumbprint of the right one, or a file that holds that certificate alone.");

    public static PasswordOpsException Unreadable(string what, Exception? inner = null) => new(
        "CertificateUnreadable", ErrorKind.InvalidData, $"{what} could not be read as a certificate.",
        "Give an X.509 certificate as .cer, .crt or .pem file that you may read.", inner);

    public static PasswordOpsException HoldsKey(string what) => new(
        "CertificateHoldsKey", ErrorKind.InvalidArgument,
        $"{what} holds a private key, as PFX files do. Encrypting needs the certificate alone, and the key belongs to the recipient only.",
        "Give the certificate without its key: (Get-PfxCertificate file.pfx) | Export-Certificate -FilePath file.cer, or "
        + "openssl pkcs12 -in file.pfx -nokeys -clcerts -out file.pem.");

    public static PasswordOpsException NotRsa(X509Certificate2 certificate) => new(
        "CertificateCannotEncrypt", ErrorKind.InvalidArgument,
        $"The certificate {Name(certificate)} has no RSA key, and only RSA keys can encrypt.", HowToMake);

    public static PasswordOpsException KeyTooShort(X509Certificate2 certificate, int bits) => new(
        "CertificateCannotEncrypt", ErrorKind.InvalidArgument,
        $"The RSA key of the certificate {Name(certificate)} has {bits} bits, too few to keep a secret.", HowToMake);

    public static PasswordOpsException NotForEncryption(X509Certificate2 certificate, X509KeyUsageFlags usage) => new(
        "CertificateCannotEncrypt", ErrorKind.InvalidArgument,
        $"The certificate {Name(certificate)} may not be used for key encipherment; its key usage is {usage}.", HowToMake);

    public static PasswordOpsException Expired(X509Certificate2 certificate) => new(
        "CertificateExpired", ErrorKind.InvalidArgument,
        $"The certificate {Name(certificate)} expired on {Day(certificate.NotAfter)}.",
        "Ask the recipient for the certificate in use now.");

    public static PasswordOpsException NotYetValid(X509Certificate2 certificate) => new(
        "CertificateNotYetValid", ErrorKind.InvalidArgument,
        $"The certificate {Name(certificate)} is not valid before {Day(certificate.NotBefore)}.",
        "Use one that is valid today, and check the computer's clock.");

    public static PasswordOpsException NotSealed(string certificate, Exception fault) => new(
        "PasswordNotSealed", ErrorKind.InvalidOperation,
        $"The password could not be encrypted for {certificate} ({fault.GetType().Name}).", "Try another certificate.");

    private static string Name(X509Certificate2 certificate) => $"{certificate.Subject} ({certificate.Thumbprint})";

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
