using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.OnPremises.Network;

/// <summary>Takes down the chain that a host shows and what is wrong with it. Revocation is another question.</summary>
internal static class CertificateJudge
{
    public static VisitAnswer Judge(
        VisitAnswer answer, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors, IReadOnlyList<byte[]> trusted)
    {
        if (shown is null)
        {
            return answer with { CertificateFaults = CertificateFaults.Other };
        }

        using X509Certificate2 leaf = new(shown);
        X509Certificate2[] built = Elements(chain, leaf);
        CertificateFaults faults = FaultsIn(chain);
        bool endsInTrusted = IsTrusted(built[built.Length - 1], trusted);
        if (faults.HasFlag(CertificateFaults.Untrusted) && trusted.Count > 0)
        {
            using X509Chain own = new();
            own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            own.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
            own.ChainPolicy.ExtraStore.AddRange(built.Skip(1).ToArray());
            own.ChainPolicy.ExtraStore.AddRange(trusted.Select(Certificate.Of).ToArray());
            own.Build(leaf);
            X509Certificate2[] rebuilt = Elements(own, leaf);
            if (IsTrusted(rebuilt[rebuilt.Length - 1], trusted))
            {
                built = rebuilt;
                faults = FaultsIn(own) & ~CertificateFaults.Untrusted;
                endsInTrusted = true;
            }

            return Told(answer, built, faults, errors, endsInTrusted);
        }

        return Told(answer, built, faults, errors, endsInTrusted);
    }

    private static VisitAnswer Told(
        VisitAnswer answer, X509Certificate2[] built, CertificateFaults faults, SslPolicyErrors errors, bool endsInTrusted) => answer with
    {
        Chain = built.Select(Certificate.Seen).ToArray(),
        CertificateFaults = faults
            | (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? CertificateFaults.WrongName : CertificateFaults.None),
        EndsInTrusted = endsInTrusted,
    };

    private static X509Certificate2[] Elements(X509Chain? chain, X509Certificate2 leaf)
    {
        X509Certificate2[] elements = chain?.ChainElements.Cast<X509ChainElement>().Select(element => element.Certificate).ToArray()
            ?? Array.Empty<X509Certificate2>();
        return elements.Length > 0 ? elements : new[] { leaf };
    }

    private static bool IsTrusted(X509Certificate2 top, IReadOnlyList<byte[]> trusted) =>
        trusted.Any(one => one.SequenceEqual(top.RawData));

    private static CertificateFaults FaultsIn(X509Chain? chain)
    {
        if (chain is null)
        {
            return CertificateFaults.Untrusted;
        }

        CertificateFaults faults = CertificateFaults.None;
        foreach (X509ChainStatus status in chain.ChainStatus)
        {
            faults |= status.Status switch
            {
                X509ChainStatusFlags.NoError or X509ChainStatusFlags.RevocationStatusUnknown or X509ChainStatusFlags.OfflineRevocation
                    or X509ChainStatusFlags.NotTimeNested => CertificateFaults.None,
                X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain => CertificateFaults.Untrusted,
                X509ChainStatusFlags.NotTimeValid => TimeFaults(chain),
                _ => CertificateFaults.Other,
            };
        }

        return faults;
    }

    private static CertificateFaults TimeFaults(X509Chain chain)
    {
        DateTime now = DateTime.Now;
        CertificateFaults faults = CertificateFaults.None;
        foreach (X509ChainElement element in chain.ChainElements)
        {
            faults |= element.Certificate.NotBefore > now ? CertificateFaults.NotYetValid
                : element.Certificate.NotAfter < now ? CertificateFaults.Expired
                : CertificateFaults.None;
        }

        return faults == CertificateFaults.None ? CertificateFaults.Expired : faults;
    }
}
