using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace PasswordOps.Practice;

/// <summary>
/// Sockets on both loopback addresses with one port, so that "localhost" reaches the server whichever of the two a client tries first.
/// They are bound before the server starts, since its own links carry the port.
/// </summary>
internal sealed class LoopbackSockets
{
    private readonly Dictionary<IPEndPoint, Socket> _sockets = [];

    private LoopbackSockets(int port) => Port = port;

    public int Port { get; }

    public IEnumerable<IPEndPoint> EndPoints => _sockets.Keys;

    /// <exception cref="SocketException">The port is taken.</exception>
    internal static LoopbackSockets Bind(int port)
    {
        for (int attempt = 0; ; attempt++)
        {
            Socket first = Bind(IPAddress.Loopback, port);
            var sockets = new LoopbackSockets(((IPEndPoint)first.LocalEndPoint!).Port);
            sockets.Keep(first);
            if (!Socket.OSSupportsIPv6)
                return sockets;
            try
            {
                sockets.Keep(Bind(IPAddress.IPv6Loopback, sockets.Port));
                return sockets;
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressNotAvailable
                or SocketError.AddressFamilyNotSupported)
            {
                return sockets;
            }
            catch (SocketException) when (port == 0 && attempt < 20)
            {
                first.Dispose();
            }
        }
    }

    public Socket Take(EndPoint endPoint) => _sockets.First(pair => pair.Key.Equals(endPoint)).Value;

    private static Socket Bind(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = false;
            socket.Bind(new IPEndPoint(address, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Keep(Socket socket) => _sockets.Add((IPEndPoint)socket.LocalEndPoint!, socket);
}
