using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PasswordOps.Core;

namespace PasswordOps;

/// <summary>Fetches the certificate that an application signs in with.</summary>
internal static class Certificates
{
    /// <summary>Reads a certificate with its private key from a file.</summary>
    /// <param name="path">PFX file; on PowerShell 7 also PEM with both parts.</param>
    /// <param name="password">Password of the file; null for none.</param>
    /// <returns>The certificate, which the caller owns.</returns>
    internal static X509Certificate2 FromFile(string path, SecureString? password)
    {
        if (!File.Exists(path))
        {
            throw new PasswordOpsException(
                "CertificateNotFound", ErrorKind.NotFound, Text.Of($"There is no file '{path}'."),
                Text.Of($"Check the path; a relative one starts at the current location."));
        }

        X509Certificate2 certificate;
        try
        {
            certificate = Read(path, password);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new PasswordOpsException(
                "CertificateUnreadable",
                ErrorKind.InvalidData,
                Text.Of($"'{Path.GetFileName(path)}' could not be opened as a certificate: "
                + $"its form or its password is not right, or it may not be read."),
                Text.Of($"Give a PFX file and its password with -CertificatePassword; check that you may read the file."));
        }

        if (!certificate.HasPrivateKey)
        {
            certificate.Dispose();
            throw WithoutKey(Text.Of($"The certificate in '{Path.GetFileName(path)}'"));
        }

        return certificate;
    }

    /// <summary>Finds a certificate in the personal stores of the user and of the machine.</summary>
    /// <param name="thumbprint">Thumbprint; blanks and other marks in it are passed over.</param>
    /// <returns>The certificate, which the caller owns.</returns>
    internal static X509Certificate2 FromStore(string thumbprint)
    {
        // A thumbprint copied from a Windows dialog has blanks, and often an invisible mark in front.
        string wanted = new(thumbprint.Where(Uri.IsHexDigit).ToArray());
        bool seenWithoutKey = false;
        foreach (StoreLocation location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
        {
            using X509Store store = new(StoreName.My, location);
            try
            {
                store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            }
            catch (CryptographicException)
            {
                // No such store here: Linux has none for the machine.
                continue;
            }

            foreach (X509Certificate2 found in store.Certificates.Find(X509FindType.FindByThumbprint, wanted, validOnly: false))
            {
                if (found.HasPrivateKey)
                {
                    return found;
                }

                seenWithoutKey = true;
                found.Dispose();
            }
        }

        throw seenWithoutKey
            ? WithoutKey(Text.Of($"The certificate {wanted}"))
            : new PasswordOpsException(
                "CertificateNotFound",
                ErrorKind.NotFound,
                Text.Of($"There is no certificate {wanted} in the personal store of the current user or of this machine."),
                Text.Of($"Check the thumbprint, or give the file with -CertificatePath."));
    }

    /// <summary>Finds the certificate whose private key opens something.</summary>
    /// <param name="cmdlet">Whose location relative paths start at; used on the pipeline thread.</param>
    /// <param name="given">A certificate, a PFX file, or a thumbprint; null for none.</param>
    /// <param name="password">Password of the file; null for none.</param>
    /// <returns>The certificate; null where none was given.</returns>
    internal static X509Certificate2? WithKey(PSCmdlet cmdlet, object? given, SecureString? password)
    {
        object? plain = given is PSObject wrapped ? wrapped.BaseObject : given;
        if (plain is null)
        {
            return null;
        }

        if (plain is X509Certificate2 certificate)
        {
            return certificate.HasPrivateKey ? certificate : throw WithoutKey(Text.Of($"The certificate {certificate.Thumbprint}"));
        }

        string text = plain is FileInfo file ? file.FullName : LanguagePrimitives.ConvertTo<string>(plain);
        return text.Length > 0 && text.All(c => Uri.IsHexDigit(c) || char.IsWhiteSpace(c))
            ? FromStore(text)
            : FromFile(cmdlet.GetUnresolvedProviderPathFromPSPath(text), password);
    }

    private static PasswordOpsException WithoutKey(string which) => new(
        "CertificateKeyMissing",
        ErrorKind.InvalidArgument,
        Text.Of($"{which} has no private key that you may use."),
        Text.Of($"Give the certificate together with its private key, as a PFX file for example."));

    private static X509Certificate2 Read(string path, SecureString? password)
    {
#if NET
        if (path.EndsWith(".pem", StringComparison.OrdinalIgnoreCase))
        {
            string text = File.ReadAllText(path);
            if (text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal)
                && !text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            {
                throw WithoutKey($"The certificate in '{Path.GetFileName(path)}'");
            }

            return X509Certificate2.CreateFromPemFile(path);
        }

        // The key stays in memory where the system can do that; otherwise it passes through the user's key store.
        X509KeyStorageFlags keep = OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;
        return new X509Certificate2(path, password, keep);
#else
        return new X509Certificate2(path, password);
#endif
    }
}
