using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using Azure;
using PasswordOps.Core;

namespace PasswordOps.Graph.Pipeline;

/// <summary>Why a request got no answer, read from the types and numbers of the exceptions, never from their texts.</summary>
internal sealed record NoAnswer(string Why, bool SurelyNotSent)
{
    /// <summary>True for a failure of the network, or of waiting for it.</summary>
    public static bool Is(Exception error) =>
        error switch
        {
            RequestFailedException failed => failed.Status == 0,
            HttpRequestException or IOException or OperationCanceledException => true,
            TimeoutException or SocketException or WebException => true,
            AggregateException many => many.InnerExceptions.Count > 0 && Is(many.InnerExceptions[0]),
            _ => false,
        };

    public static NoAnswer From(Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (Known(cause) is NoAnswer known)
            {
                return known;
            }
        }

        return new NoAnswer(Text.Of($"the connection broke"), false);
    }

    private static NoAnswer? Known(Exception cause)
    {
#if NET
        if (cause is HttpRequestException request)
        {
            switch (request.HttpRequestError)
            {
                case HttpRequestError.NameResolutionError:
                    return new(Text.Of($"its name could not be resolved"), true);
                case HttpRequestError.SecureConnectionError:
                    return new(Text.Of($"its certificate is not trusted or no secure connection came about"), true);
                case HttpRequestError.ProxyTunnelError:
                    return new(Text.Of($"the proxy refused"), true);
                case HttpRequestError.ConnectionError:
                    SocketException? socket = Find<SocketException>(request);
                    return new(socket is null ? Text.Of($"no connection came about") : Known(socket)!.Why, true);
            }
        }
#endif
        return cause switch
        {
            AuthenticationException => new(Text.Of($"its certificate is not trusted or no secure connection came about"), true),
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
                new(Text.Of($"its name could not be resolved"), true),
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new(Text.Of($"the connection was refused"), true),
            SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown } =>
                new(Text.Of($"there is no route to it"), true),
            SocketException => new(Text.Of($"the connection broke"), false),
            WebException { Status: WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure } =>
                new(Text.Of($"its name could not be resolved"), true),
            WebException { Status: WebExceptionStatus.ConnectFailure } => new(Text.Of($"the connection was refused"), true),
            WebException { Status: WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure } =>
                new(Text.Of($"its certificate is not trusted or no secure connection came about"), true),
            OperationCanceledException or TimeoutException => new(Text.Of($"no answer came in time"), false),
            _ => null,
        };
    }

#if NET
    private static T? Find<T>(Exception error)
        where T : Exception
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is T found)
            {
                return found;
            }
        }

        return null;
    }
#endif
}
