using System;
using System.ComponentModel;
using System.IO;
using System.Net.Sockets;
using System.Security.Authentication;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.OnPremises.Network;

/// <summary>What a failure of the network is, by its code.</summary>
internal static class Faults
{
    /// <summary>True for what a network, or the end of a connection by ourselves, throws.</summary>
    public static bool IsExpected(Exception fault) => fault is IOException or SocketException or AuthenticationException
        or ObjectDisposedException or InvalidOperationException or NotSupportedException or Win32Exception or OperationCanceledException
        or ArgumentException or FormatException;

    public static NetworkFault Of(Exception fault) => Code(fault) switch
    {
        SocketError.ConnectionRefused => NetworkFault.Refused,
        SocketError.TimedOut => NetworkFault.TimedOut,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostDown
            or SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported => NetworkFault.Unreachable,
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => NetworkFault.Reset,
        SocketError.HostNotFound or SocketError.NoData => NetworkFault.NameUnknown,
        SocketError.TryAgain or SocketError.NoRecovery => NetworkFault.NameServerFailed,
        _ => NetworkFault.Other,
    };

    /// <summary>The system's own name of it; messages could hold anything, and are in the system's language.</summary>
    public static string Detail(Exception fault) => Code(fault)?.ToString() ?? fault.GetType().Name;

    private static SocketError? Code(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is SocketException socket)
            {
                return socket.SocketErrorCode;
            }
        }

        return null;
    }
}
