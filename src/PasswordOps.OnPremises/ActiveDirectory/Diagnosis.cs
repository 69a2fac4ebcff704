using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>
/// Finds out why a domain controller cannot be reached. The LDAP libraries tell a missing server, a closed port, a wrong certificate and a
/// wrong name by one and the same number; so after a failure the way is walked again step by step, without a sign-in.
/// </summary>
internal static class Diagnosis
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    // The request for StartTLS (RFC 4511, 4.14): message 1, extended request 1.3.6.1.4.1.1466.20037.
    private static readonly byte[] StartTls = new byte[]
    {
        0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16,
    }.Concat(System.Text.Encoding.ASCII.GetBytes("1.3.6.1.4.1.1466.20037")).ToArray();

    /// <summary>The reason, as a failure to throw.</summary>
    /// <param name="target">Where.</param>
    /// <param name="trust">Whom to trust; null for the computer's own.</param>
    /// <param name="result">What the library said.</param>
    /// <param name="stop">Ends the work.</param>
    public static async Task<PasswordOpsException> ExplainAsync(
        Target target, TrustedCertificates? trust, int result, CancellationToken stop)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(target.Timeout < Longest ? target.Timeout : Longest);
        using TcpClient client = new();

        // Streams of old frameworks do not look at tokens: closing the socket ends whatever they wait for.
        using CancellationTokenRegistration end = limit.Token.Register(() => client.Dispose());
        try
        {
            await client.ConnectAsync(target.Server, target.Port).ConfigureAwait(false);
            if (result == Results.Timeout)
            {
                return target.Tell(DirectoryCode.Of(DirectoryCode.Bind, Results.Timeout, null), null, false);
            }

            PasswordOpsException? found = target.Transport == DomainTransport.Negotiate
                ? null
                : await TlsAsync(target, trust, client.GetStream()).ConfigureAwait(false);
            return found ?? target.Tell(DirectoryCode.Of(DirectoryCode.Bind, Results.ServerDown, null), null, false);
        }
        catch (Exception) when (limit.IsCancellationRequested)
        {
            stop.ThrowIfCancellationRequested();
            return target.Tell(DirectoryCode.Of(DirectoryCode.Bind, Results.Timeout, null), null, false);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain)
        {
            return target.Own("AdServerUnknown");
        }
        catch (SocketException error)
        {
            return target.Own("AdUnreachable", ("why", Said(error.SocketErrorCode)));
        }
        catch (IOException)
        {
            return target.Own("AdUnreachable", ("why", Text.Of($"the connection is closed at once")));
        }
    }

    private static string Said(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => Text.Of($"the connection is refused, nothing listens there"),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown => Text.Of($"there is no way to it"),
        SocketError.TimedOut => Text.Of($"there is no answer"),
        _ => Text.Of($"the network says {error}"),
    };

    private static async Task<PasswordOpsException?> TlsAsync(Target target, TrustedCertificates? trust, NetworkStream stream)
    {
        if (target.Transport == DomainTransport.StartTls && !await StartTlsAsync(stream).ConfigureAwait(false))
        {
            return target.Own("AdTlsFailed", ("why", Text.Of($"the server refuses StartTLS")));
        }

        PasswordOpsException? found = null;
        bool seen = false;
        using SslStream tls = new(stream, leaveInnerStreamOpen: true, (_, certificate, chain, errors) =>
        {
            seen = true;
            found = certificate is null ? null : Judge(target, trust, certificate, chain, errors);
            return found is null;
        });
        try
        {
            await tls.AuthenticateAsClientAsync(target.Server).ConfigureAwait(false);

            // All is well here. OpenLDAP has trust settings of its own.
            return Target.IsWindows || trust is not null
                ? null
                : target.Own(
                    "AdCertificateUntrusted", ("why",
                    Text.Of($"this computer trusts it, but the LDAP library does not (TLS_CACERT in ldap.conf)")));
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            return found ?? (seen
                ? target.Own("AdTlsFailed", ("why", Text.Of($"the handshake breaks off")))
                : target.Own("AdTlsFailed", ("why", Text.Of($"the server ends the handshake without showing a certificate"))));
        }
    }

    private static async Task<bool> StartTlsAsync(NetworkStream stream)
    {
        await stream.WriteAsync(StartTls, 0, StartTls.Length).ConfigureAwait(false);
        byte[] answer = new byte[1_024];
        int count = await stream.ReadAsync(answer, 0, answer.Length).ConfigureAwait(false);

        // An extended response begins with its result, an enumeration of one byte.
        for (int i = 5; i + 2 < count; i++)
        {
            if (answer[i] == 0x0a && answer[i + 1] == 1)
            {
                return answer[i + 2] == 0;
            }
        }

        return false;
    }

    private static PasswordOpsException? Judge(
        Target target, TrustedCertificates? trust, X509Certificate certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        using X509Certificate2 leaf = new(certificate);
        X509ChainStatusFlags flags = chain is null
            ? X509ChainStatusFlags.NoError
            : chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
#if NET
        if (trust is not null)
        {
            flags = trust.Judge(leaf, chain?.ChainPolicy.ExtraStore);
        }
#endif
        if ((flags & X509ChainStatusFlags.NotTimeValid) != 0)
        {
            string why = Text.Of($"it is valid from {leaf.NotBefore:yyyy-MM-dd} to {leaf.NotAfter:yyyy-MM-dd}");
            return target.Own("AdCertificateExpired", ("why", why));
        }

        // Whether a certificate was revoked is not asked: the lists of a private authority are rarely within reach.
        const X509ChainStatusFlags ignored = X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;
        if ((flags & ~ignored) != 0)
        {
            return target.Own("AdCertificateUntrusted", ("why", Text.Of($"its issuer is {Short(leaf.Issuer)}")));
        }

        return (errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0
            ? target.Own("AdCertificateWrongName", ("why", Text.Of($"its subject is {Short(leaf.Subject)}")))
            : null;
    }

    // What an unknown server says of itself is shown, short and on one line.
    private static string Short(string name)
    {
        string line = new(name.Where(c => !char.IsControl(c)).Take(120).ToArray());
        return line.Length == 0 ? Text.Of($"without a name") : line;
    }
}
