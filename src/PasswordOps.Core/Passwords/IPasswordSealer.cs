namespace PasswordOps.Core.Passwords;

/// <summary>Encrypts passwords for one recipient, who alone can open them.</summary>
public interface IPasswordSealer
{
    /// <summary>Finds the recipient's certificate, and makes sure that it can be encrypted for. Its private key is not needed.</summary>
    /// <param name="recipient">Path of a certificate file, the certificate as PEM text, or thumbprint or subject of one in the personal
    /// store of the user or of the machine. A subject may have wildcards and must fit one usable certificate.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="PasswordOpsException"><c>CertificateNotFound</c>, <c>CertificateAmbiguous</c>, <c>CertificateUnreadable</c>,
    /// <c>CertificateHoldsKey</c>, <c>CertificateCannotEncrypt</c>, <c>CertificateExpired</c>, <c>CertificateNotYetValid</c>.</exception>
    SealingCertificate Find(string recipient);

    /// <summary>Takes a certificate that is at hand, and makes sure that it can be encrypted for.</summary>
    /// <param name="certificate">The certificate in DER form, without a private key.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="PasswordOpsException">As <see cref="Find"/>.</exception>
    SealingCertificate Read(byte[] certificate);

    /// <summary>Encrypts a password, so that PowerShell's Unprotect-CmsMessage opens it.</summary>
    /// <param name="certificate">Whom for.</param>
    /// <param name="password">The password.</param>
    /// <returns>A CMS message as text, from <c>-----BEGIN CMS-----</c> to <c>-----END CMS-----</c>.</returns>
    /// <exception cref="PasswordOpsException"><c>PasswordNotSealed</c>.</exception>
    string Seal(SealingCertificate certificate, Password password);
}
