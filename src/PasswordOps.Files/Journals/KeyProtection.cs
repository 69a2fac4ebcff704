using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Files.Journals;

/// <summary>Protects the keys of journals, and opens them again.</summary>
internal sealed class KeyProtection
{
    // SHA-1 because the key stores of Windows that predate CNG know no other for OAEP; nothing there depends on its strength.
    private static readonly RSAEncryptionPadding Padding = RSAEncryptionPadding.OaepSHA1;

    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("PasswordOps journal");

    private readonly AccountKeyFile keyFile;
    private readonly Func<StoreLocation, X509Certificate2Collection> store;

    public KeyProtection(AccountKeyFile keyFile, Func<StoreLocation, X509Certificate2Collection> store)
    {
        this.keyFile = keyFile;
        this.store = store;
    }

    /// <summary>Protects a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="certificate">Who is to open it; null for this account on this machine.</param>
    /// <exception cref="Core.PasswordOpsException"><c>JournalNotWritable</c>: this account can keep no key.</exception>
    public WrappedKey Wrap(byte[] key, SealingCertificate? certificate)
    {
        if (certificate is not null)
        {
            return ForCertificate(key, certificate);
        }

        string account = $"{Environment.UserName}@{Environment.MachineName}";
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return new WrappedKey(
                WrappedKey.DataProtection, "user", account, ProtectedData.Protect(key, Purpose, DataProtectionScope.CurrentUser));
        }

        byte[] own = keyFile.GetOrMake();
        using ValueCipher cipher = new(own);
        return new WrappedKey(WrappedKey.KeyFile, AccountKeyFile.NameOf(own), account, cipher.Encrypt(key, Purpose));
    }

    /// <summary>Opens a key.</summary>
    /// <param name="wrapped">The protected key.</param>
    /// <param name="given">Certificate with its private key; null to look in the stores.</param>
    /// <param name="journal">Name of the journal, for messages.</param>
    /// <exception cref="Core.PasswordOpsException"><c>JournalKeyMissing</c>.</exception>
    public byte[] Unwrap(WrappedKey wrapped, X509Certificate2? given, string journal)
    {
        try
        {
            byte[]? key = wrapped.By switch
            {
                WrappedKey.Certificate => ByCertificate(wrapped, given, journal),
                WrappedKey.DataProtection => ByDataProtection(wrapped, journal),
                _ => ByKeyFile(wrapped, journal),
            };
            return key is { Length: ValueCipher.KeyLength } ? key : throw JournalErrors.KeyRefused(journal, wrapped, null);
        }
        catch (CryptographicException e)
        {
            throw JournalErrors.KeyRefused(journal, wrapped, e);
        }
    }

    private static WrappedKey ForCertificate(byte[] key, SealingCertificate certificate)
    {
        try
        {
            using X509Certificate2 recipient = new(certificate.RawData);
            using RSA? rsa = recipient.GetRSAPublicKey();
            return rsa is null
                ? throw JournalErrors.NotProtected(certificate.ToString(), null)
                : new WrappedKey(WrappedKey.Certificate, certificate.Thumbprint, null, rsa.Encrypt(key, Padding));
        }
        catch (CryptographicException e)
        {
            throw JournalErrors.NotProtected(certificate.ToString(), e);
        }
    }

    private byte[] ByCertificate(WrappedKey wrapped, X509Certificate2? given, string journal)
    {
        X509Certificate2? found = new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine }
            .SelectMany(location => store(location).Cast<X509Certificate2>())
            .Concat(given is null ? Array.Empty<X509Certificate2>() : new[] { given })
            .Where(one => string.Equals(one.Thumbprint, wrapped.Name, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(one => one.HasPrivateKey)
            .FirstOrDefault();
        if (found is null || !found.HasPrivateKey)
        {
            throw JournalErrors.CertificateMissing(journal, wrapped.Name, given?.Thumbprint, found is not null);
        }

        using RSA? rsa = found.GetRSAPrivateKey();
        return rsa?.Decrypt(wrapped.Key, Padding) ?? throw JournalErrors.CertificateMissing(journal, wrapped.Name, null, true);
    }

    private static byte[] ByDataProtection(WrappedKey wrapped, string journal) =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? ProtectedData.Unprotect(wrapped.Key, Purpose, DataProtectionScope.CurrentUser)
            : throw JournalErrors.OtherAccount(journal, wrapped);

    private byte[]? ByKeyFile(WrappedKey wrapped, string journal)
    {
        byte[]? own = keyFile.Read();
        if (own is null || AccountKeyFile.NameOf(own) != wrapped.Name)
        {
            throw JournalErrors.KeyFileMissing(journal, wrapped, keyFile.Path, own is not null);
        }

        using ValueCipher cipher = new(own);
        return cipher.Decrypt(wrapped.Key, Purpose);
    }
}
