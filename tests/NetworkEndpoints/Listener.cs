using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.NetworkEndpoints;

/// <summary>One listener on loopback.</summary>
public sealed class Listener : IDisposable
{
    private static readonly byte[] FatalAlert = { 0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28 };

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Manner manner;
    private readonly X509Certificate2? certificate;
    private readonly TimeSpan idle;
    private readonly CancellationToken stop;
    private int connections;
    private int ended;

    /// <summary>Starts it.</summary>
    /// <param name="manner">How it behaves.</param>
    /// <param name="certificate">Its certificate; null where it speaks no TLS.</param>
    /// <param name="idle">How long a connection may be silent, where that matters.</param>
    public Listener(Manner manner, X509Certificate2? certificate = null, TimeSpan idle = default)
    {
        this.manner = manner;
        this.certificate = certificate;
        this.idle = idle;
        stop = end.Token;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    /// <summary>Port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Connections that arrived.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>First lines of requests that arrived.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Ends it and its connections.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref ended, 1) == 0)
        {
            end.Cancel();
            listener.Dispose();
            end.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(stop);
                Interlocked.Increment(ref connections);
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // It was ended.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient owned = client;
        try
        {
            NetworkStream wire = client.GetStream();
            switch (manner)
            {
                case Manner.Filtered:
                    await Task.Delay(Timeout.Infinite, stop);
                    return;
                case Manner.Garbage:
                    await ReadSomeAsync(wire);
                    await SendAsync(wire, "SSH-2.0-nothing\r\n" + new string('x', 200));
                    return;
                case Manner.Alert:
                    await ReadSomeAsync(wire);
                    await wire.WriteAsync(FatalAlert, stop);
                    await DrainAsync(wire);
                    return;
                case Manner.ResetHandshake:
                    await ReadSomeAsync(wire);
                    Reset(client);
                    return;
                case Manner.CloseHandshake:
                    await ReadSomeAsync(wire);
                    client.Client.Shutdown(SocketShutdown.Send);
                    await DrainAsync(wire);
                    return;
                case Manner.Proxy or Manner.ProxySignIn or Manner.ProxyForbids:
                    await ProxyAsync(wire);
                    return;
                case Manner.Plain:
                    await RequestAsync(wire);
                    await SendAsync(wire, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    return;
                case Manner.Slow:
                    await Task.Delay(1000, stop);
                    break;
            }

            using SslStream tls = new(wire);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop);
            await SecuredAsync(client, tls);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException
            or AuthenticationException)
        {
            // The other end left, or the test is over.
        }
    }

    private async Task SecuredAsync(TcpClient client, SslStream tls)
    {
        if (manner is Manner.IdleReset or Manner.IdleClose or Manner.IdleGoodbye or Manner.IdleDrop)
        {
            await IdleAsync(client, tls);
            return;
        }

        await RequestAsync(tls);
        switch (manner)
        {
            case Manner.Mute:
                await Task.Delay(Timeout.Infinite, stop);
                break;
            case Manner.CloseAnswer:
                break;
            case Manner.GarbageAnswer:
                await SendAsync(tls, "220 mail.contoso.com ESMTP\r\n");
                break;
            case Manner.Endless:
                await SendAsync(tls, "HTTP/1.1 200 OK\r\n");
                while (true)
                {
                    await SendAsync(tls, "X-More: " + new string('y', 1000) + "\r\n");
                }

            case Manner.Drip:
                foreach (char c in Status(401, "MissingToken"))
                {
                    await SendAsync(tls, c.ToString());
                    await Task.Delay(500, stop);
                }

                break;
            default:
                if (manner == Manner.Slow)
                {
                    await Task.Delay(1000, stop);
                }

                await SendAsync(tls, manner switch
                {
                    Manner.Page => Status(200, "<html>Please sign in</html>"),
                    Manner.NotFound => Status(404, "EndpointNotFound"),
                    Manner.Unavailable => Status(503, "Busy"),
                    _ => Status(401, "MissingToken: the request has no token"),
                });
                break;
        }

        await tls.ShutdownAsync();
    }

    // Silence is broken by a request, which gets its answer as long as the connection is not forgotten.
    private async Task IdleAsync(TcpClient client, SslStream tls)
    {
        Task<string> request = RequestAsync(tls);
        Task silence = Task.Delay(idle, stop);
        if (await Task.WhenAny(request, silence) == request)
        {
            await request;
            await SendAsync(tls, Status(401, "MissingToken"));
            return;
        }

        switch (manner)
        {
            case Manner.IdleReset:
                Reset(client);
                break;
            case Manner.IdleClose:
                client.Client.Shutdown(SocketShutdown.Send);
                await Task.Delay(Timeout.Infinite, stop);
                break;
            case Manner.IdleGoodbye:
                await tls.ShutdownAsync();
                client.Client.Shutdown(SocketShutdown.Send);
                await Task.Delay(Timeout.Infinite, stop);
                break;
            default:
                await Task.Delay(Timeout.Infinite, stop);
                break;
        }
    }

    private async Task ProxyAsync(NetworkStream wire)
    {
        string request = await RequestAsync(wire);
        if (manner != Manner.Proxy)
        {
            await SendAsync(wire, manner == Manner.ProxySignIn
                ? "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n"
                : "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
            return;
        }

        string[] words = request.Split(' ');
        bool isTunnel = words[0] == "CONNECT";
        Uri target = new(isTunnel ? "http://" + words[1] : words[1]);
        using TcpClient next = new();

        // Whatever name is asked for lives here.
        await next.ConnectAsync(IPAddress.Loopback, target.Port, stop);
        NetworkStream other = next.GetStream();
        if (isTunnel)
        {
            await SendAsync(wire, "HTTP/1.1 200 Connection established\r\n\r\n");
        }
        else
        {
            await SendAsync(other, $"GET {target.PathAndQuery} HTTP/1.1\r\nHost: {target.Authority}\r\n\r\n");
        }

        await Task.WhenAny(wire.CopyToAsync(other, stop), other.CopyToAsync(wire, stop));
    }

    private async Task<string> RequestAsync(Stream stream)
    {
        byte[] buffer = new byte[8192];
        int count = 0;
        while (!Encoding.ASCII.GetString(buffer, 0, count).Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            int read = await stream.ReadAsync(buffer.AsMemory(count), stop);
            count += read > 0 ? read : throw new IOException();
        }

        string line = Encoding.ASCII.GetString(buffer, 0, count).Split('\r')[0];
        Requests.Enqueue(line);
        return line;
    }

    private async Task ReadSomeAsync(Stream stream) => _ = await stream.ReadAsync(new byte[4096], stop);

    private async Task DrainAsync(Stream stream)
    {
        byte[] buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, stop) > 0)
        {
            // Until the other end has had enough, so that it sees a close and no reset.
        }
    }

    private async Task SendAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop);

    private static string Status(int status, string body) => string.Create(
        CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Said\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    private static void Reset(TcpClient client)
    {
        client.LingerState = new LingerOption(true, 0);
        client.Client.Close();
    }
}
