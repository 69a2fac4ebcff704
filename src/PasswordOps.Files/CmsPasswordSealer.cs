using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using PasswordOps.Core;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Files;

/// <summary>
/// Encrypts passwords as CMS messages, as PowerShell's Protect-CmsMessage does, for a certificate found as its -To finds one.
/// </summary>
public sealed class CmsPasswordSealer : IPasswordSealer
{
    private const string RsaKey = "1.2.840.113549.1.1.1";
    private const string DocumentEncryption = "1.3.6.1.4.1.311.80.1";
    private const int ShortestKey = 2048;
    private const int ThumbprintLength = 40;
    private const int LargestFile = 1_048_576;

    // PowerShell takes either; data encipherment alone is what old templates have, and no reader looks at it.
    private const X509KeyUsageFlags Usable = X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment;

    private static readonly string[] FileEndings = { ".cer", ".crt", ".pem", ".der", ".pfx", ".p12" };

    private readonly IClock clock;
    private readonly Func<StoreLocation, X509Certificate2Collection> store;

    /// <summary>Creates a sealer that looks in this machine's stores.</summary>
    public CmsPasswordSealer()
        : this(SystemClock.Instance, Personal)
    {
    }

    internal CmsPasswordSealer(IClock clock, Func<StoreLocation, X509Certificate2Collection> store)
    {
        this.clock = clock;
        this.store = store;
    }

    /// <inheritdoc/>
    public SealingCertificate Find(string recipient)
    {
        if (recipient.IndexOf(PemCertificates.Begin, StringComparison.Ordinal) >= 0)
        {
            return Read(Only(Text.Of($"The text"), Text.Of($"The text"), PemCertificates.In(recipient)));
        }

        if (File.Exists(recipient))
        {
            return ReadFile(recipient);
        }

        if (FileEndings.Contains(Path.GetExtension(recipient.TrimEnd('*')), StringComparer.OrdinalIgnoreCase))
        {
            throw SealingErrors.NoFile(recipient);
        }

        return Search(recipient);
    }

    /// <inheritdoc/>
    public SealingCertificate Read(byte[] certificate) => Read(certificate, Text.Of($"What was given"));

    /// <inheritdoc/>
    public string Seal(SealingCertificate certificate, Password password)
    {
        byte[] content = Encoding.UTF8.GetBytes(password.Characters);
        try
        {
            using X509Certificate2 recipient = new(certificate.RawData);
            return EnvelopedMessage.ToText(EnvelopedMessage.Encrypt(content, recipient));
        }
        catch (Exception fault) when (fault is CryptographicException or AsnContentException)
        {
            throw SealingErrors.NotSealed(certificate.ToString(), fault);
        }
        finally
        {
            Array.Clear(content, 0, content.Length);
        }
    }

    internal static X509Certificate2Collection Personal(StoreLocation location)
    {
        using X509Store store = new(StoreName.My, location);
        try
        {
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            return store.Certificates;
        }
        catch (CryptographicException)
        {
            // No such store here: Linux has none for the machine.
            return new X509Certificate2Collection();
        }
    }

    private SealingCertificate ReadFile(string path)
    {
        string what = $"'{Path.GetFileName(path)}'";
        byte[] content;
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                throw SealingErrors.Unreadable(what);
            }

            content = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw SealingErrors.Unreadable(what, fault);
        }

        // Bytes outside ASCII become question marks, which no PEM has.
        string text = Encoding.ASCII.GetString(content);
        return text.IndexOf(PemCertificates.Begin, StringComparison.Ordinal) >= 0
            ? Read(Only(path, what, PemCertificates.In(text)), what)
            : Read(content, what);
    }

    private static byte[] Only(string name, string what, IReadOnlyList<byte[]> certificates) => certificates.Count switch
    {
        0 => throw SealingErrors.Unreadable(what),
        1 => certificates[0],
        _ => throw SealingErrors.Ambiguous(name, certificates.Select(one => Load(one, what)).ToArray()),
    };

    private SealingCertificate Read(byte[] certificate, string what)
    {
        if (PemCertificates.IsKeyFile(certificate))
        {
            throw SealingErrors.HoldsKey(what);
        }

        using X509Certificate2 loaded = Load(certificate, what);
        return Fault(loaded) is PasswordOpsException fault ? throw fault : Describe(loaded);
    }

    private static X509Certificate2 Load(byte[] certificate, string what)
    {
        try
        {
            // Whatever else X509Certificate2 would open, a signed file for example, names somebody that nobody meant.
            new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence().ReadSequence();
            return new X509Certificate2(certificate);
        }
        catch (Exception fault) when (fault is CryptographicException or AsnContentException)
        {
            throw SealingErrors.Unreadable(what, fault);
        }
    }

    private SealingCertificate Search(string recipient)
    {
        X509Certificate2[] all = new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine }
            .SelectMany(location => store(location).Cast<X509Certificate2>())
            .GroupBy(one => one.Thumbprint)
            .Select(same => same.First())
            .ToArray();
        X509Certificate2[] found = all.Where(Fits(recipient)).OrderByDescending(one => one.NotAfter).ToArray();
        X509Certificate2[] usable = found.Where(one => Fault(one) is null).ToArray();
        return found.Length == 0 ? throw SealingErrors.NotFound(recipient)
            : usable.Length == 0 ? throw Fault(found[0])!
            : usable.Length > 1 ? throw SealingErrors.Ambiguous(recipient, usable)
            : Describe(usable[0]);
    }

    private static Func<X509Certificate2, bool> Fits(string recipient)
    {
        // A thumbprint copied from a Windows dialog has blanks, and often an invisible mark in front.
        string digits = new(recipient.Where(c => !char.IsWhiteSpace(c) && c != ':' && c < 128).ToArray());
        if (digits.Length == ThumbprintLength && digits.All(Uri.IsHexDigit))
        {
            return one => string.Equals(one.Thumbprint, digits, StringComparison.OrdinalIgnoreCase);
        }

        Regex subject = new(
            "^" + Regex.Escape(recipient.Trim()).Replace("\\*", ".*").Replace("\\?", ".") + "$",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
        return one => subject.IsMatch(one.Subject) || subject.IsMatch(one.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
    }

    private PasswordOpsException? Fault(X509Certificate2 certificate)
    {
        if (certificate.GetKeyAlgorithm() != RsaKey)
        {
            return SealingErrors.NotRsa(certificate);
        }

        using RSA rsa = certificate.GetRSAPublicKey()!;
        X509KeyUsageFlags? usage = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages;
        return rsa.KeySize < ShortestKey ? SealingErrors.KeyTooShort(certificate, rsa.KeySize)
            : usage is X509KeyUsageFlags may && (may & Usable) == 0 ? SealingErrors.NotForEncryption(certificate, may)
            : certificate.NotAfter.ToUniversalTime() < clock.UtcNow.UtcDateTime ? SealingErrors.Expired(certificate)
            : certificate.NotBefore.ToUniversalTime() > clock.UtcNow.UtcDateTime ? SealingErrors.NotYetValid(certificate)
            : null;
    }

    private static SealingCertificate Describe(X509Certificate2 certificate) => new()
    {
        Subject = certificate.Subject,
        Thumbprint = certificate.Thumbprint,
        ValidUntil = certificate.NotAfter.ToUniversalTime(),
        IsForDocuments = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Any(usage => usage.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == DocumentEncryption)),
        RawData = certificate.RawData,
    };
}
