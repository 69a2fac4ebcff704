using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.OnPremises.Network;

/// <summary>One connection on its way: TCP, the proxy's tunnel, TLS, a request. Each step is bounded; what is late is cut off.</summary>
internal sealed class Line : IDisposable
{
    private const int MostAddresses = 4;
    private const int TunnelOpen = 200;
    private const byte TlsAlert = 0x15;
    private const byte TlsHandshake = 0x16;

    private readonly NetworkVisit visit;
    private Socket? socket;
    private WatchedStream? watched;
    private Stream? stream;

    public Line(NetworkVisit visit) => this.visit = visit;

    public VisitAnswer Answer { get; private set; } = new();

    private string HostName => visit.Host.IndexOf(':') >= 0 ? $"[{visit.Host}]" : visit.Host;

    private string Authority => FormattableString.Invariant($"{HostName}:{visit.Port}");

    public async Task GoAsync(CancellationToken stop)
    {
        bool goesOn = await ConnectAsync(stop).ConfigureAwait(false) && visit.Until > VisitStage.Connected
            && await TunnelAsync(stop).ConfigureAwait(false) && visit.Until > VisitStage.Tunnelled;
        if (goesOn && !visit.IsPlain)
        {
            goesOn = await SecureAsync(stop).ConfigureAwait(false) && visit.Until > VisitStage.Secured;
        }

        if (goesOn)
        {
            await AskAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>Leaves the connection alone, then uses it.</summary>
    public async Task<HoldAnswer> HoldAsync(TimeSpan idle, CancellationToken stop)
    {
        Stopwatch watch = Stopwatch.StartNew();
        byte[] buffer = new byte[4096];
        bool spoke = false;
        Task<int> read = Begin(buffer);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task quiet = Task.Delay(idle, end.Token);
        while (await Task.WhenAny(read, quiet).ConfigureAwait(false) == read)
        {
            TimeSpan after = watch.Elapsed;
            (int count, NetworkFault fault) = await EndedAsync(read).ConfigureAwait(false);
            if (count <= 0)
            {
                stop.ThrowIfCancellationRequested();
                end.Cancel();
                return new HoldAnswer
                {
                    After = after,
                    End = fault != NetworkFault.None ? HoldEnd.Reset : spoke || !watched!.HasEnded ? HoldEnd.Goodbye : HoldEnd.Closed,
                };
            }

            // Some servers say that they waited long enough before they close.
            spoke = true;
            read = Begin(buffer);
        }

        stop.ThrowIfCancellationRequested();
        byte[] request = HttpAnswer.Get(visit.Path, visit.Port == 443 ? HostName : Authority);
        NetworkFault use = await StepAsync(
            async () =>
            {
                await stream!.WriteAsync(request, 0, request.Length, stop).ConfigureAwait(false);
                if (await read.ConfigureAwait(false) == 0)
                {
                    throw new IOException();
                }
            },
            stop).ConfigureAwait(false);
        return new HoldAnswer { End = use == NetworkFault.None ? HoldEnd.Held : HoldEnd.Dropped, After = idle };
    }

    public void Dispose()
    {
        try
        {
            stream?.Dispose();
        }
        catch (Exception e) when (Faults.IsExpected(e))
        {
            // TLS wants to say goodbye on a line that is gone.
        }

        watched?.Dispose();
        socket?.Dispose();
    }

    private Task<int> Begin(byte[] buffer)
    {
        Task<int> read = stream!.ReadAsync(buffer, 0, buffer.Length, CancellationToken.None);
        Forget(read);
        return read;
    }

    private static async Task<(int Count, NetworkFault Fault)> EndedAsync(Task<int> read)
    {
        try
        {
            return (await read.ConfigureAwait(false), NetworkFault.None);
        }
        catch (Exception e) when (Faults.IsExpected(e))
        {
            return (0, Faults.Of(e));
        }
    }

    private async Task<bool> ConnectAsync(CancellationToken stop)
    {
        bool isProxied = visit.Proxy is not null;
        if (isProxied && visit.Proxy!.Scheme != Uri.UriSchemeHttp)
        {
            return Failed(NetworkFault.ProxyUnreachable, visit.Proxy.Scheme);
        }

        string host = isProxied ? visit.Proxy!.DnsSafeHost : visit.Host;
        int port = isProxied ? visit.Proxy!.Port : visit.Port;
        TimeSpan time = default;
        NetworkFault fault = await StepAsync(
            async () =>
            {
                IPAddress[] addresses = IPAddress.TryParse(host, out IPAddress? address)
                    ? new[] { address }
                    : await Dns.GetHostAddressesAsync(host).ConfigureAwait(false);
                (socket, time) = await RaceAsync(addresses.Take(MostAddresses).ToArray(), port).ConfigureAwait(false);
            },
            stop).ConfigureAwait(false);
        if (fault != NetworkFault.None)
        {
            return Failed(isProxied ? NetworkFault.ProxyUnreachable : fault, Answer.Detail);
        }

        socket!.NoDelay = true;
        stream = watched = new WatchedStream(new NetworkStream(socket, ownsSocket: true));
        Answer = Answer with
        {
            Reached = VisitStage.Connected, ConnectTime = time, Address = (socket.RemoteEndPoint as IPEndPoint)?.Address.ToString(),
        };
        return true;
    }

    // All addresses at once: one that is dead, often that of IPv6, would eat the time of the others.
    private async Task<(Socket Socket, TimeSpan Time)> RaceAsync(IPAddress[] addresses, int port)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Answer = Answer with { Address = addresses.Length > 0 ? addresses[0].ToString() : null };
        Dictionary<Task, Socket> tries = new();
        Exception? failure = null;
        try
        {
            foreach (IPAddress address in addresses)
            {
                Socket one = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    Task attempt = one.ConnectAsync(new IPEndPoint(address, port));
                    Forget(attempt);
                    tries.Add(attempt, one);
                }
                catch (SocketException e)
                {
                    one.Dispose();
                    failure ??= e;
                }
            }

            // The race may be lost against the limit too: then what is on the way is closed here as well.
            Task late = Task.Delay(visit.Limit);
            while (tries.Count > 0)
            {
                Task ended = await Task.WhenAny(tries.Keys.Append(late)).ConfigureAwait(false);
                if (ended == late)
                {
                    throw new SocketException((int)SocketError.TimedOut);
                }

                Socket one = tries[ended];
                tries.Remove(ended);
                if (ended.Status == TaskStatus.RanToCompletion)
                {
                    return (one, watch.Elapsed);
                }

                one.Dispose();
                failure = ended.Exception?.InnerException ?? failure;
            }

            throw failure ?? new SocketException((int)SocketError.HostNotFound);
        }
        finally
        {
            foreach (Socket one in tries.Values)
            {
                one.Dispose();
            }
        }
    }

    private async Task<bool> TunnelAsync(CancellationToken stop)
    {
        // Plain HTTP goes to a proxy as a request for the whole address.
        if (visit.Proxy is null || visit.IsPlain)
        {
            Answer = Answer with { Reached = VisitStage.Tunnelled };
            return true;
        }

        byte[] request = Encoding.ASCII.GetBytes($"CONNECT {Authority} HTTP/1.1\r\nHost: {Authority}\r\nUser-Agent: PasswordOps\r\n\r\n");
        HttpAnswer? answer = null;
        NetworkFault fault = await StepAsync(
            async () =>
            {
                await stream!.WriteAsync(request, 0, request.Length, stop).ConfigureAwait(false);
                answer = await HttpAnswer.ReadAsync(stream, withBody: false, stop).ConfigureAwait(false);
            },
            stop).ConfigureAwait(false);
        Answer = Answer with { ProxyStatus = answer?.Status };
        if (fault != NetworkFault.None || answer!.Status != TunnelOpen)
        {
            return Failed(
                fault != NetworkFault.None ? fault : answer!.Status is null ? answer.Fault : NetworkFault.ProxyRefused, Answer.Detail);
        }

        watched = new WatchedStream(stream!);
        stream = watched;
        Answer = Answer with { Reached = VisitStage.Tunnelled };
        return true;
    }

    private async Task<bool> SecureAsync(CancellationToken stop)
    {
        Stopwatch watch = Stopwatch.StartNew();
        VisitAnswer judged = Answer;

        // Every certificate is taken, to see who it is that answers; nothing is sent to one that is not trusted.
        SslStream tls = new(watched!, leaveInnerStreamOpen: false, (_, certificate, chain, errors) =>
        {
            judged = CertificateJudge.Judge(judged, certificate, chain, errors, visit.Trusted);
            return true;
        });
        stream = tls;
        NetworkFault fault = await StepAsync(
            async () => await tls
                .AuthenticateAsClientAsync(visit.Host, null, SslProtocols.None, checkCertificateRevocation: false).ConfigureAwait(false),
            stop).ConfigureAwait(false);
        if (fault != NetworkFault.None)
        {
            return Failed(fault == NetworkFault.Other ? HandshakeFault() : fault, Answer.Detail);
        }

        Answer = judged with { Reached = VisitStage.Secured, TlsTime = watch.Elapsed, TlsVersion = Version(tls.SslProtocol) };
        return Answer.CertificateFaults == CertificateFaults.None || visit.Until == VisitStage.Secured
            || Failed(NetworkFault.NotTrusted, null);
    }

    private NetworkFault HandshakeFault() => watched!.First switch
    {
        null => NetworkFault.Closed,
        TlsAlert => NetworkFault.TlsRefused,
        TlsHandshake => watched.HasEnded ? NetworkFault.Closed : NetworkFault.TlsRefused,
        _ => NetworkFault.NotTls,
    };

    private async Task AskAsync(CancellationToken stop)
    {
        bool toProxy = visit.IsPlain && visit.Proxy is not null;
        string authority = visit.Port == (visit.IsPlain ? 80 : 443) ? HostName : Authority;
        byte[] request = HttpAnswer.Get(toProxy ? $"http://{authority}{visit.Path}" : visit.Path, authority);
        HttpAnswer? answer = null;
        NetworkFault fault = await StepAsync(
            async () =>
            {
                await stream!.WriteAsync(request, 0, request.Length, stop).ConfigureAwait(false);
                answer = await HttpAnswer.ReadAsync(stream, withBody: true, stop).ConfigureAwait(false);
            },
            stop).ConfigureAwait(false);
        if (fault != NetworkFault.None || answer!.Status is null)
        {
            Failed(fault != NetworkFault.None ? fault : answer!.Fault, Answer.Detail);
            return;
        }

        Answer = Answer with { Reached = VisitStage.Answered, Status = answer.Status, Said = answer.Said };
    }

    /// <summary>Runs a step for as long as it may take; what is late ends with its connection.</summary>
    private async Task<NetworkFault> StepAsync(Func<Task> step, CancellationToken stop)
    {
        Task work = step();
        Forget(work);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bool isInTime = await Task.WhenAny(work, Task.Delay(visit.Limit, end.Token)).ConfigureAwait(false) == work;
        end.Cancel();
        if (!isInTime)
        {
            socket?.Dispose();
            stop.ThrowIfCancellationRequested();
            return NetworkFault.TimedOut;
        }

        try
        {
            await work.ConfigureAwait(false);
            return NetworkFault.None;
        }
        catch (Exception e) when (Faults.IsExpected(e))
        {
            stop.ThrowIfCancellationRequested();
            Answer = Answer with { Detail = Faults.Detail(e) };
            return Faults.Of(e);
        }
    }

    private bool Failed(NetworkFault fault, string? detail)
    {
        Answer = Answer with { Fault = fault, Detail = detail };
        return false;
    }

    private static string Version(SslProtocols protocol) => (int)protocol switch
    {
        0x3000 => "TLS 1.3",
        0xC00 => "TLS 1.2",
        0x300 => "TLS 1.1",
        0xC0 => "TLS 1.0",
        _ => protocol.ToString(),
    };

    private static void Forget(Task task) => _ = task.ContinueWith(
        ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
