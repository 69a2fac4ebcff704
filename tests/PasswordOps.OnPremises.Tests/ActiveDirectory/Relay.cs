using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory;

/// <summary>Passes bytes on between a port of its own and a server: another name for it, and a line that can be cut or go silent.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentBag<Socket> sockets = new();
    private readonly string server;
    private readonly int port;
    private int accepted;

    public Relay(string address, string server, int port)
    {
        listener = new TcpListener(IPAddress.Parse(address), 0);
        this.server = server;
        this.port = port;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Accepted => Volatile.Read(ref accepted);

    /// <summary>When set nothing is passed on any more, in either direction.</summary>
    public bool Silent { get; set; }

    /// <summary>Cuts all lines.</summary>
    public void Cut()
    {
        while (sockets.TryTake(out Socket? socket))
        {
            socket.Dispose();
        }
    }

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        Cut();
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket near = await listener.AcceptSocketAsync(end.Token);
                Interlocked.Increment(ref accepted);
                Socket far = new(SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(near);
                sockets.Add(far);
                await far.ConnectAsync(server, port, end.Token);
                _ = PassAsync(near, far);
                _ = PassAsync(far, near);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[16_384];
        try
        {
            while (await from.ReceiveAsync(buffer, end.Token) is int count and > 0)
            {
                if (!Silent)
                {
                    await to.SendAsync(buffer.AsMemory(0, count), end.Token);
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
