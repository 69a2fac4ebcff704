using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps;

/// <summary>Tests whether this machine reaches the endpoints that password writeback needs, and who stands in between.</summary>
[Cmdlet(VerbsDiagnostic.Test, "WritebackConnection", DefaultParameterSetName = "Names")]
[OutputType(typeof(WritebackConnectionSummary))]
public sealed class TestWritebackConnectionCommand : PasswordOpsCmdlet, IHasLanguage
{
    /// <summary>Cloud of the tenant; without it that of the connection, or the global one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CloudCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Cloud { get; set; }

    /// <summary>Version of Entra Connect on the sync server; without it a current one is meant.</summary>
    [Parameter]
    [ValidateNotNull]
    public Version? ConnectVersion { get; set; }

    /// <summary>Export of the sync server's Application log: the tenant's own relays are taken from its events 31019 and 31034.</summary>
    [Parameter(ParameterSetName = "EventLog", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? EventLog { get; set; }

    /// <summary>Names of the tenant's own relays, short or whole.</summary>
    [Parameter(ParameterSetName = "Names")]
    [ValidateNotNullOrEmpty]
    public string[] Namespace { get; set; } = Array.Empty<string>();

    /// <summary>The tenant's endpoint on its relay, written guid_guid; or hosts to test instead of all others, as host:port or
    /// host:port/endpoint.</summary>
    [Parameter(ParameterSetName = "Names")]
    [ValidateNotNullOrEmpty]
    public string[] Endpoint { get; set; } = Array.Empty<string>();

    /// <summary>How many seconds to hold a silent connection on each endpoint, to see whether something cuts it.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int? IdleSeconds { get; set; }

    /// <summary>Proxy to go through, as http://host:port; without it that of the machine's settings.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Proxy { get; set; }

    /// <summary>Goes past every proxy.</summary>
    [Parameter]
    public SwitchParameter Direct { get; set; }

    /// <summary>How many seconds each step may take.</summary>
    [Parameter]
    [ValidateRange(1, 60)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>File with certificates of authorities to trust besides those of the machine, for a laboratory.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TrustedCertificate { get; set; }

    /// <summary>Language of the answer, en or nl; without it that of PowerShell ($PSUICulture).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LanguageCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Language { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        Cloud cloud = CloudOf();
        INetworkProbe probe = Adapters.NetworkProbe();
        IReadOnlyList<RelayName> hosts = Endpoint.Where(text => !RelayName.IsEndpoint(text)).Select(RelayName.Parse).ToArray();
        ConnectionOptions options = new()
        {
            Cloud = cloud,
            ConnectVersion = ConnectVersion,
            Relays = (EventLog is null ? Named(cloud) : Logged(cloud, EventLog)).Concat(hosts).ToArray(),
            OnlyRelays = hosts.Count > 0,
            Proxy = ProxyAddress(),
            IsDirect = Direct,
            Trusted = TrustedCertificate is null
                ? Array.Empty<byte[]>()
                : probe.ReadCertificates(GetUnresolvedProviderPathFromPSPath(TrustedCertificate)),
            Limit = TimeSpan.FromSeconds(TimeoutSeconds),
            Idle = IdleSeconds is int seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        ConnectionReport report = Await(
            stop => WritebackConnection.TestAsync(probe, options, SystemClock.Instance, Progress, stop));
        WriteObject(new WritebackConnectionSummary(report));
    }

    // A connection to a cloud of one's own, as a practice tenant, says nothing of the endpoints of writeback.
    private Cloud CloudOf()
    {
        string name = Cloud ?? Connections.Latest?.Cloud ?? "Global";
        return Core.Directory.Cloud.Named(Cloud is null && !Core.Directory.Cloud.Names.Contains(name) ? "Global" : name);
    }

    private IEnumerable<RelayName> Named(Cloud cloud)
    {
        string[] endpoints = Endpoint.Where(RelayName.IsEndpoint).ToArray();
        if (endpoints.Length > 0 && Namespace.Length == 0)
        {
            throw new PasswordOpsException(
                "EndpointWithoutRelay", ErrorKind.InvalidArgument,
                Text.Of($"-Endpoint names an endpoint, but not the relay that it is on."),
                Text.Of($"Name the relay with -Namespace; both are in event 31019."));
        }

        // As many endpoints as relays: one each. Otherwise the last one serves the rest.
        return Namespace.Select((name, i) =>
        {
            RelayName relay = WritebackConnection.Relay(name, cloud);
            return endpoints.Length > 0 ? relay with { Endpoint = endpoints[Math.Min(i, endpoints.Length - 1)] } : relay;
        });
    }

    private IReadOnlyList<RelayName> Logged(Cloud cloud, string path)
    {
        IEventSource source = Adapters.EventSource();
        string file = GetUnresolvedProviderPathFromPSPath(path);
        return Await(stop => Task.Run(() => RelayEvents.Read(source, file, cloud, stop), stop));
    }

    private Uri? ProxyAddress()
    {
        if (Proxy is null)
        {
            return null;
        }

        string text = Proxy.Contains("://") ? Proxy : "http://" + Proxy;
        bool isProxy = Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttp
            && address.UserInfo.Length == 0;
        return isProxy && !Direct
            ? address
            : throw new PasswordOpsException(
                "ProxyInvalid", ErrorKind.InvalidArgument,
                isProxy
                    ? Text.Of($"-Proxy and -Direct exclude each other.")
                    : Text.Of($"-Proxy is not the address of a proxy for HTTP, or it holds a user name."),
                Text.Of($"Give http://host:port; the writeback service signs in at no proxy."));
    }
}
