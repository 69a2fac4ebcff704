using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;
using PasswordOps.SambaDomain;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory;

/// <summary>
/// A server that says over TLS what a test wants to hear: texts of Windows' domain controllers, controls that Samba does not know, and
/// nonsense. It knows one account and refuses nothing by itself.
/// </summary>
internal sealed class ScriptedServer : IDisposable
{
    public static readonly Guid AccountId = new("0f8fad5b-d9cb-469f-a165-70867728950e");

    private static readonly Authority Issuer = new("Scripted");

    private static readonly X509Certificate2 Valid = Issued(null);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentBag<Task> lines = new();
    private readonly X509Certificate2 certificate;
    private int signIns;
    private readonly string caFile = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".pem");

    public ScriptedServer(DateTimeOffset? notAfter = null)
    {
        File.WriteAllText(caFile, Issuer.Pem);
        certificate = notAfter is null ? Valid : Issued(notAfter);
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Answers searches in place of the one account; null for that. What it gives last may be no end of the search: then the
    /// line is closed.</summary>
    public Func<ScriptedSearch, ScriptedAnswer?>? Search { get; set; }

    /// <summary>Answer to a sign-in: result and text.</summary>
    public (int Result, string Text) Bind { get; set; }

    /// <summary>Answer to a modification.</summary>
    public (int Result, string Text) Modify { get; set; }

    /// <summary>What the server says of itself.</summary>
    public Dictionary<string, string[]> Root { get; } = new()
    {
        ["defaultNamingContext"] = new[] { "DC=contoso,DC=com" },
        ["dnsHostName"] = new[] { "dc1.contoso.com" },
        ["currentTime"] = new[] { DateTime.UtcNow.ToString("yyyyMMddHHmmss'.0Z'") },
        ["supportedCapabilities"] = new[] { "1.2.840.113556.1.4.800" },
        ["supportedControl"] = new[] { "1.2.840.113556.1.4.2239" },
    };

    /// <summary>The account; values are bytes in Latin-1.</summary>
    public Dictionary<string, string[]> Account { get; } = new()
    {
        ["distinguishedName"] = new[] { "CN=Anna,DC=contoso,DC=com" },
        ["objectGUID"] = new[] { Encoding.Latin1.GetString(AccountId.ToByteArray()) },
        ["objectSid"] = new[] { "\u0001\u0001\0\0\0\0\0\u0005\u0012\0\0\0" },
        ["sAMAccountName"] = new[] { "anna" },
        ["pwdLastSet"] = new[] { "133000000000000000" },
        ["userAccountControl"] = new[] { "512" },
    };

    public Dictionary<string, string[]> Policy { get; } = new()
    {
        ["minPwdLength"] = new[] { "12" },
        ["minPwdAge"] = new[] { "-864000000000" },
        ["maxPwdAge"] = new[] { "-9223372036854775808" },
        ["pwdHistoryLength"] = new[] { "24" },
        ["pwdProperties"] = new[] { "1" },
    };

    /// <summary>How many times an answer to a search repeats its entry.</summary>
    public int Copies { get; set; } = 1;

    /// <summary>How many sign-ins arrived.</summary>
    public int SignIns => Volatile.Read(ref signIns);

    /// <summary>Modifications as they arrived: entry, attributes with their operation, controls with their value.</summary>
    public ConcurrentQueue<(string Dn, string[] Changes, string[] Controls)> Modifications { get; } = new();

    public DomainConnectionOptions Options => new()
    {
        Server = "127.0.0.1",
        Port = ((IPEndPoint)listener.LocalEndpoint).Port,
        UserName = "CONTOSO\\svc",
        Password = SambaFixture.Secret("Pa55-word"),
        TrustedCertificate = caFile,
        Timeout = TimeSpan.FromSeconds(5),
    };

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        Task.WaitAll(lines.ToArray());
        end.Dispose();
        File.Delete(caFile);
    }

    private static X509Certificate2 Issued(DateTimeOffset? notAfter)
    {
        using X509Certificate2 issued = Issuer.Issue("dc1.contoso.com", IPAddress.Loopback, notAfter);
        return X509CertificateLoader.LoadPkcs12(issued.Export(X509ContentType.Pkcs12), null);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(end.Token);
                lines.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                using SslStream tls = new(client.GetStream());
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, end.Token);
                while (await ReadAsync(tls) is byte[] message)
                {
                    foreach (byte[] answer in Answers(message))
                    {
                        if (answer.Length == 0)
                        {
                            return;
                        }

                        await tls.WriteAsync(answer, end.Token);
                    }
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException)
        {
            // The caller went away, or did not like the certificate.
        }
    }

    private async Task<byte[]?> ReadAsync(Stream stream)
    {
        byte[] head = new byte[6];
        if (await stream.ReadAtLeastAsync(head.AsMemory(0, 2), 2, throwOnEndOfStream: false, end.Token) < 2)
        {
            return null;
        }

        int more = head[1] < 0x80 ? 0 : head[1] & 0x7f;
        await stream.ReadExactlyAsync(head.AsMemory(2, more), end.Token);
        int length = more == 0 ? head[1] : head.Skip(2).Take(more).Aggregate(0, (all, one) => (all << 8) | one);
        byte[] message = new byte[2 + more + length];
        head.AsSpan(0, 2 + more).CopyTo(message);
        await stream.ReadExactlyAsync(message.AsMemory(2 + more), end.Token);
        return message;
    }

    private IEnumerable<byte[]> Answers(byte[] message)
    {
        AsnReader whole = new AsnReader(message, AsnEncodingRules.BER).ReadSequence();
        int id = (int)whole.ReadInteger();
        Asn1Tag tag = whole.PeekTag();
        switch (tag.TagValue)
        {
            case 0:
                Interlocked.Increment(ref signIns);
                yield return Message(id, 1, writer => Result(writer, Bind));
                break;
            case 3:
                AsnReader search = whole.ReadSequence(tag);
                string dn = Text(search.ReadOctetString());
                if (dn.Length > 0 && Search?.Invoke(ScriptedSearch.Read(dn, search, whole)) is ScriptedAnswer scripted)
                {
                    foreach (byte[] part in Parts(id, scripted))
                    {
                        yield return part;
                    }

                    break;
                }

                Dictionary<string, string[]> entry =
                    dn.Length == 0 ? Root : dn == "DC=contoso,DC=com" && Scope(search) == 0 ? Policy : Account;
                for (int i = 0; i < (entry == Account ? Copies : 1); i++)
                {
                    yield return Message(id, 4, writer => Write(writer, dn, entry));
                }

                yield return Message(id, 5, writer => Result(writer, default));
                break;
            case 6:
                AsnReader modify = whole.ReadSequence(tag);
                string target = Text(modify.ReadOctetString());
                List<string> changes = new();
                AsnReader list = modify.ReadSequence();
                while (list.HasData)
                {
                    AsnReader change = list.ReadSequence();
                    int operation = (int)change.ReadEnumeratedBytes().Span[0];
                    changes.Add($"{operation} {Text(change.ReadSequence().ReadOctetString())}");
                }

                Modifications.Enqueue((target, changes.ToArray(), ScriptedSearch.ControlsOf(whole).ToArray()));
                yield return Message(id, 7, writer => Result(writer, Modify));
                break;
        }
    }

    private static IEnumerable<byte[]> Parts(int id, ScriptedAnswer answer)
    {
        foreach ((string dn, Dictionary<string, string[]> attributes) in answer.Entries)
        {
            yield return Message(id, 4, writer => Write(writer, dn, attributes));
        }

        yield return answer.Result is int result
            ? Message(id, 5, writer => Result(writer, (result, answer.Text)), answer.Cookie)
            : Array.Empty<byte>();
    }

    private static int Scope(AsnReader search) => search.ReadEnumeratedBytes().Span[0];

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static byte[] Message(int id, int application, Action<AsnWriter> content, string? cookie = null)
    {
        AsnWriter writer = new(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            using (writer.PushSequence(new Asn1Tag(TagClass.Application, application, true)))
            {
                content(writer);
            }

            if (cookie is not null)
            {
                Page(writer, cookie);
            }
        }

        return writer.Encode();
    }

    // The control that goes with a page (RFC 2696): a size that nobody looks at, and the cookie.
    private static void Page(AsnWriter writer, string cookie)
    {
        AsnWriter value = new(AsnEncodingRules.BER);
        using (value.PushSequence())
        {
            value.WriteInteger(0);
            value.WriteOctetString(Encoding.UTF8.GetBytes(cookie));
        }

        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0, true)))
        using (writer.PushSequence())
        {
            writer.WriteOctetString(Encoding.ASCII.GetBytes("1.2.840.113556.1.4.319"));
            writer.WriteOctetString(value.Encode());
        }
    }

    private static void Result(AsnWriter writer, (int Result, string Text) result)
    {
        writer.WriteEncodedValue(new byte[] { 0x0a, 1, (byte)result.Result });
        writer.WriteOctetString(Array.Empty<byte>());
        writer.WriteOctetString(Encoding.UTF8.GetBytes(result.Text ?? string.Empty));
    }

    private static void Write(AsnWriter writer, string dn, Dictionary<string, string[]> attributes)
    {
        writer.WriteOctetString(Encoding.UTF8.GetBytes(dn));
        using (writer.PushSequence())
        {
            foreach ((string name, string[] values) in attributes)
            {
                using (writer.PushSequence())
                {
                    writer.WriteOctetString(Encoding.ASCII.GetBytes(name));
                    using (writer.PushSetOf())
                    {
                        foreach (string value in values)
                        {
                            writer.WriteOctetString(Encoding.Latin1.GetBytes(value));
                        }
                    }
                }
            }
        }
    }
}
