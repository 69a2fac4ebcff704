using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Writeback.Connection;
#if NET
using System.Net.Http;
#endif

namespace PasswordOps.OnPremises.Network;

/// <summary>The network as this machine has it.</summary>
public sealed class NetworkProbe : INetworkProbe
{
    private static readonly string[] SyncServerFiles =
    {
        @"Microsoft Azure AD Sync\Bin\miiserver.exe", @"Azure Active Directory Sync\ConfigWizard.exe",
    };

    /// <inheritdoc/>
    public string Machine => Environment.MachineName;

    /// <inheritdoc/>
    public bool IsSyncServer
    {
        get
        {
            string programs = Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles);
            return programs.Length > 0 && SyncServerFiles.Any(file => File.Exists(Path.Combine(programs, file)));
        }
    }

    /// <inheritdoc/>
    public Uri? ProxyFor(Uri address)
    {
        try
        {
#if NET
            IWebProxy? settings = HttpClient.DefaultProxy;
#else
            IWebProxy? settings = WebRequest.DefaultWebProxy;
#endif
            Uri? proxy = settings is null || settings.IsBypassed(address) ? null : settings.GetProxy(address);
            return proxy is null || proxy == address ? null : new UriBuilder(proxy.Scheme, proxy.Host, proxy.Port).Uri;
        }
        catch (Exception e) when (e is InvalidOperationException or UriFormatException or NotSupportedException)
        {
            // Settings that cannot be read name no proxy.
            return null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> ReadCertificates(string path) => CertificateFile.Read(path);

    /// <inheritdoc/>
    public async Task<NameAnswer> ResolveAsync(string host, TimeSpan limit, CancellationToken stop)
    {
        Stopwatch watch = Stopwatch.StartNew();
#if NET
        Task<IPHostEntry> lookup = Dns.GetHostEntryAsync(host, CancellationToken.None);
#else
        Task<IPHostEntry> lookup = Dns.GetHostEntryAsync(host);
#endif
        _ = lookup.ContinueWith(
            ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (await Task.WhenAny(lookup, Task.Delay(limit, end.Token)).ConfigureAwait(false) != lookup)
        {
            stop.ThrowIfCancellationRequested();
            return new NameAnswer { Fault = NetworkFault.TimedOut, Time = watch.Elapsed };
        }

        end.Cancel();
        try
        {
            IPHostEntry entry = await lookup.ConfigureAwait(false);
            string name = entry.HostName?.TrimEnd('.') ?? host;
            return new NameAnswer
            {
                Addresses = entry.AddressList.Select(address => address.ToString()).ToArray(),
                Alias = string.Equals(name, host, StringComparison.OrdinalIgnoreCase) || name.Length == 0 ? null : name,
                Fault = entry.AddressList.Length == 0 ? NetworkFault.NameUnknown : NetworkFault.None,
                Time = watch.Elapsed,
            };
        }
        catch (SocketException e)
        {
            bool isUnknown = e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData;
            return new NameAnswer
            {
                Fault = isUnknown ? NetworkFault.NameUnknown : NetworkFault.NameServerFailed, Detail = e.SocketErrorCode.ToString(),
                Time = watch.Elapsed,
            };
        }
        catch (ArgumentException)
        {
            return new NameAnswer { Fault = NetworkFault.NameUnknown, Detail = "not a name", Time = watch.Elapsed };
        }
    }

    /// <inheritdoc/>
    public async Task<VisitAnswer> VisitAsync(NetworkVisit visit, CancellationToken stop)
    {
        using Line line = new(visit);
        await line.GoAsync(stop).ConfigureAwait(false);
        return line.Answer;
    }

    /// <inheritdoc/>
    public async Task<HoldAnswer> HoldAsync(NetworkVisit visit, TimeSpan idle, CancellationToken stop)
    {
        using Line line = new(visit with { Until = VisitStage.Secured });
        await line.GoAsync(stop).ConfigureAwait(false);
        return line.Answer.Reached == VisitStage.Secured && line.Answer.Fault == NetworkFault.None
            ? await line.HoldAsync(idle, stop).ConfigureAwait(false)
            : new HoldAnswer { End = HoldEnd.NotOpened, Fault = line.Answer.Fault };
    }
}
