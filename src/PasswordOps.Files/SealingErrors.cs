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
    private static string HowToMake => Text.Of(
        $"Use an RSA certificate of at least 2048 bits whose key usage has key encipherment; docs/temporary-passwords.md shows how to "
        + $"make one.");

    public static PasswordOpsException NoFile(string path) => new(
        "CertificateNotFound", ErrorKind.NotFound, Text.Of($"There is no certificate file '{path}'."), Text.Of($"Check the path."));

    public static PasswordOpsException NotFound(string recipient) => new(
        "CertificateNotFound", ErrorKind.NotFound,
        Text.Of($"'{recipient}' is neither a certificate file nor thumbprint or subject of a certificate in the personal store of the user "
            + $"or of the machine."),
        Text.Of($"Give the path of the recipient's certificate (.cer, .crt or .pem), its thumbprint, or its subject with * for parts of "
            + $"it."));

    public static PasswordOpsException Ambiguous(string recipient, IEnumerable<X509Certificate2> found) => new(
        "CertificateAmbiguous", ErrorKind.InvalidArgument,
        Text.Of($"'{recipient}' fits several certificates: {string.Join(", ", found.Select(Listed))}."),
        Text.Of($"Give the thumbprint of the right one, or a file that holds that certificate alone."));

    private static string Listed(X509Certificate2 one) => Text.Of($"{one.Thumbprint} ({one.Subject}, until {one.NotAfter:yyyy-MM-dd})");

    public static PasswordOpsException Unreadable(string what, Exception? inner = null) => new(
        "CertificateUnreadable", ErrorKind.InvalidData, Text.Of($"{what} could not be read as a certificate."),
        Text.Of($"Give an X.509 certificate as .cer, .crt or .pem file that you may read."), inner);

    public static PasswordOpsException HoldsKey(string what) => new(
        "CertificateHoldsKey", ErrorKind.InvalidArgument,
        Text.Of($"{what} holds a private key, as PFX files do. Encrypting needs the certificate alone, and the key belongs to the "
            + $"recipient only."),
        Text.Of($"Give the certificate without its key: (Get-PfxCertificate file.pfx) | Export-Certificate -FilePath file.cer, or "
        + $"openssl pkcs12 -in file.pfx -nokeys -clcerts -out file.pem."));

    public static PasswordOpsException NotRsa(X509Certificate2 certificate) => new(
        "CertificateCannotEncrypt", ErrorKind.InvalidArgument,
        Text.Of($"The certificate {Name(certificate)} has no RSA key, and only RSA keys can encrypt."), HowToMake);

    public static PasswordOpsException KeyTooShort(X509Certificate2 certificate, int bits) => new(
        "CertificateCannotEncrypt", ErrorKind.InvalidArgument,
        Text.Of($"The RSA key of the certificate {Name(certificate)} has {bits} bits, too few to keep a secret."), HowToMake);

    public static PasswordOpsException NotForEncryption(X509Certificate2 certificate, X509KeyUsageFlags usage) => new(
        "CertificateCannotEncrypt", ErrorKind.InvalidArgument,
        Text.Of($"The certificate {Name(certificate)} may not be used for key encipherment; its key usage is {usage}."), HowToMake);

    public static PasswordOpsException Expired(X509Certificate2 certificate) => new(
        "CertificateExpired", ErrorKind.InvalidArgument,
        Text.Of($"The certificate {Name(certificate)} expired on {Day(certificate.NotAfter)}."),
        Text.Of($"Ask the recipient for the certificate in use now."));

    public static PasswordOpsException NotYetValid(X509Certificate2 certificate) => new(
        "CertificateNotYetValid", ErrorKind.InvalidArgument,
        Text.Of($"The certificate {Name(certificate)} is not valid before {Day(certificate.NotBefore)}."),
        Text.Of($"Use one that is valid today, and check the computer's clock."));

    public static PasswordOpsException NotSealed(string certificate, Exception fault) => new(
        "PasswordNotSealed", ErrorKind.InvalidOperation,
        Text.Of($"The password could not be encrypted for {certificate} ({fault.GetType().Name})."), Text.Of($"Try another certificate."));

    private static string Name(X509Certificate2 certificate) => $"{certificate.Subject} ({certificate.Thumbprint})";

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
