using System;
using System.IO;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using PasswordOps.Core.Passwords;

namespace PasswordOps;

/// <summary>Finds the certificate that somebody meant, in the forms that PowerShell's own Protect-CmsMessage takes.</summary>
internal static class SealingRecipient
{
    /// <summary>Finds it.</summary>
    /// <param name="cmdlet">Whose location relative paths start at; used on the pipeline thread.</param>
    /// <param name="sealer">Reads and tests certificates.</param>
    /// <param name="recipient">A certificate; or the path of a file or of the certificate drive, PEM text, a thumbprint or a subject.
    /// </param>
    /// <returns>The certificate, tested.</returns>
    /// <exception cref="PasswordOps.Core.PasswordOpsException">As <see cref="IPasswordSealer.Find"/>.</exception>
    internal static SealingCertificate Find(PSCmdlet cmdlet, IPasswordSealer sealer, object recipient)
    {
        object plain = recipient is PSObject wrapped ? wrapped.BaseObject : recipient;
        if (plain is X509Certificate2 certificate)
        {
            return sealer.Read(certificate.RawData);
        }

        string text = plain is FileInfo file ? file.FullName : LanguagePrimitives.ConvertTo<string>(plain);
        try
        {
            string path = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(text, out ProviderInfo provider, out _);
            if (provider.Name == "FileSystem" && File.Exists(path))
            {
                return sealer.Find(path);
            }

            if (provider.Name == "Certificate" && cmdlet.InvokeProvider.Item.Exists(text)
                && cmdlet.InvokeProvider.Item.Get(text) is { Count: 1 } items && items[0].BaseObject is X509Certificate2 stored)
            {
                return sealer.Read(stored.RawData);
            }
        }
        catch (Exception fault) when (fault is SessionStateException or ProviderInvocationException or NotSupportedException
            or ArgumentException)
        {
            // Not a path at all: a subject may have characters that no path takes.
        }

        return sealer.Find(text);
    }
}
