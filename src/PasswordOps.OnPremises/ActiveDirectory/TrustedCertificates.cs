using System;
using System.Collections.Generic;
using System.DirectoryServices.Protocols;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PasswordOps.Core;
using PasswordOps.Core.Directory;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>Certificates that one connection trusts instead of the computer's own.</summary>
internal sealed class TrustedCertificates : IDisposable
{
    private const int MostFiles = 500;
    private const long LargestFile = 1_048_576;

    private readonly X509Certificate2Collection certificates;
    private readonly string? folder;

    private TrustedCertificates(X509Certificate2Collection certificates)
    {
        this.certificates = certificates;
        folder = Target.IsWindows ? null : WriteFolder(certificates);
    }

    /// <summary>Reads a file, or all files of a folder.</summary>
    public static TrustedCertificates Load(string path)
    {
#if NET
        try
        {
            X509Certificate2Collection found = new();
            bool isFolder = Directory.Exists(path);
            foreach (string file in isFolder ? Directory.EnumerateFiles(path).Take(MostFiles) : new[] { path })
            {
                try
                {
                    Read(file, found);
                }
                catch (Exception e) when (isFolder && e is CryptographicException or IOException or UnauthorizedAccessException)
                {
                    // A folder may hold other things beside certificates.
                }
            }

            return found.Count > 0 ? new TrustedCertificates(found) : throw Invalid(path, "there is no certificate in it");
        }
        catch (CryptographicException)
        {
            throw Invalid(path, "it is no certificate in PEM or DER form");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Invalid(path, "it does not exist");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, "it cannot be read");
        }
#else
        throw DirectoryCode.Own("AdCertificateFileNotUsable").Tell(null, false, ("path", path));
#endif
    }

    /// <summary>Has a line trust these and nothing else.</summary>
    public void ApplyTo(LdapConnection line, string server)
    {
#if NET
        if (OperatingSystem.IsWindows())
        {
            line.SessionOptions.VerifyServerCertificate = (_, certificate) => Accepts(certificate, server);
        }
        else
        {
            line.SessionOptions.TrustedCertificatesDirectory = folder!;
            line.SessionOptions.StartNewTlsSessionContext();
        }
#endif
    }

    public void Dispose()
    {
        if (folder is not null)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // Public certificates in the folder for temporary files: nothing is lost when they stay.
            }
        }

        foreach (X509Certificate2 certificate in certificates)
        {
            certificate.Dispose();
        }
    }

#if NET
    /// <summary>Says what is wrong with a certificate, leaving its name aside.</summary>
    public X509ChainStatusFlags Judge(X509Certificate2 certificate, X509Certificate2Collection? sent)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(certificates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent);
        }

        return chain.Build(certificate)
            ? X509ChainStatusFlags.NoError
            : chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
    }

    /// <summary>Whether a server may be talked to: Windows asks for the whole judgement, its name included.</summary>
    internal bool Accepts(X509Certificate certificate, string server)
    {
        using X509Certificate2 leaf = new(certificate);
        return Judge(leaf, null) == X509ChainStatusFlags.NoError && leaf.MatchesHostname(server);
    }

    private static void Read(string file, X509Certificate2Collection found)
    {
        FileInfo info = new(file);
        if (info.Length > LargestFile)
        {
            throw new CryptographicException();
        }

        byte[] bytes = File.ReadAllBytes(file);
        string text = System.Text.Encoding.ASCII.GetString(bytes);
        if (text.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            found.ImportFromPem(text);
        }
        else
        {
            found.Add(new X509Certificate2(bytes));
        }
    }

    private static PasswordOpsException Invalid(string path, string why) =>
        DirectoryCode.Own("AdCertificateFileInvalid").Tell(null, false, ("path", path), ("why", why));
#endif

    // OpenSSL finds an authority by the hash of its name, GnuTLS reads whatever is there: one form serves both.
    private static string? WriteFolder(X509Certificate2Collection certificates)
    {
#if NET
        DirectoryInfo folder = Directory.CreateTempSubdirectory("passwordops-ca-");
        Dictionary<string, int> count = new(StringComparer.Ordinal);
        foreach (X509Certificate2 certificate in certificates)
        {
            string hash = OpenSslName.Hash(certificate.SubjectName);
            count.TryGetValue(hash, out int number);
            count[hash] = number + 1;
            string file = Path.Combine(folder.FullName, FormattableString.Invariant($"{hash}.{number}"));
            File.WriteAllText(file, certificate.ExportCertificatePem());
        }

        return folder.FullName;
#else
        return null;
#endif
    }
}
