using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>Goes to endpoints and gathers the facts. Used from several threads.</summary>
internal sealed class EndpointTest
{
    private const int ConnectTimes = 3;
    private const int MostLists = 4;

    // A relay's alias, as ns-prod-sn3-011 or ns-sb2-prod-dm3-115, shows where it is; its gateways are g0 to g127 there.
    private static readonly Regex Stamps = new(
        @"(?:\A|-)prod-(?<stamp>[a-z]+[0-9]*-[0-9]{2,4})(?:-|\.|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly int[] GatewaySample = { 0, 63, 127 };

    private readonly INetworkProbe probe;
    private readonly ConnectionOptions options;
    private readonly IClock clock;
    private readonly IdleNeed need;

    // Endpoints share the lists of their authorities.
    private readonly ConcurrentDictionary<string, Lazy<Task<VisitAnswer>>> lists = new(StringComparer.OrdinalIgnoreCase);

    public EndpointTest(INetworkProbe probe, ConnectionOptions options, IClock clock)
    {
        this.probe = probe;
        this.options = options;
        this.clock = clock;
        need = IdleNeed.Of(options.ConnectVersion);
    }

    public async Task<EndpointFacts> RunAsync(PlannedEndpoint endpoint, CancellationToken stop)
    {
        DateTimeOffset now = clock.UtcNow;
        RelayName address = endpoint.Address;
        UriBuilder target = new(Uri.UriSchemeHttps, address.Host, address.Port);
        Uri? proxy = options.IsDirect ? null : options.Proxy ?? probe.ProxyFor(target.Uri);

        // Where there is a proxy it is the proxy that looks names up.
        NameAnswer? name = endpoint.HasName && proxy is null
            ? await probe.ResolveAsync(address.Host, options.Limit, stop).ConfigureAwait(false)
            : null;
        EndpointFacts facts = new()
        {
            Endpoint = endpoint, Proxy = proxy, Name = name, Need = need, Limit = options.Limit, Now = now, Idle = options.Idle ?? default,
            Visit = new VisitAnswer { Fault = name?.Fault ?? NetworkFault.Other, Detail = name?.Detail },
        };
        if (!facts.HasAddress)
        {
            return facts;
        }

        NetworkVisit visit = Visit(address.Host, address.Port, proxy) with { Path = endpoint.Path };

        // Idle time runs beside the rest; both are bounded by it.
        Task<HoldAnswer>? hold = options.Idle is TimeSpan idle ? probe.HoldAsync(visit, idle, stop) : null;
        VisitAnswer met = await probe.VisitAsync(visit, stop).ConfigureAwait(false);
        facts = facts with { Visit = met };
        if (met.Reached >= VisitStage.Tunnelled)
        {
            string? stamp = endpoint.WithGateways ? StampIn(name?.Alias) : null;
            Task<IReadOnlyList<TimeSpan>> times = TimesAsync(visit, met, stop);
            Task<(string, VisitAnswer)[]> revocation = Task.WhenAll(RevocationLists(met, proxy, stop));
            Task<(string, VisitAnswer)[]> gateways = Task.WhenAll(Gateways(stamp, address.Host, visit, stop));
            facts = facts with
            {
                Stamp = stamp,
                ConnectTimes = await times.ConfigureAwait(false),
                RevocationLists = await revocation.ConfigureAwait(false),
                Gateways = await gateways.ConfigureAwait(false),
            };
        }

        return hold is null ? facts : facts with { Hold = await hold.ConfigureAwait(false) };
    }

    internal static string? StampIn(string? alias) =>
        alias is not null && Stamps.Match(alias) is { Success: true } match ? match.Groups["stamp"].Value.ToLowerInvariant() : null;

    private NetworkVisit Visit(string host, int port, Uri? proxy) =>
        new() { Host = host, Port = port, Proxy = proxy, Trusted = options.Trusted, Limit = options.Limit };

    private async Task<IReadOnlyList<TimeSpan>> TimesAsync(NetworkVisit visit, VisitAnswer first, CancellationToken stop)
    {
        List<TimeSpan> times = new();
        for (VisitAnswer? met = first; met?.ConnectTime is TimeSpan time; )
        {
            times.Add(time);
            met = times.Count < ConnectTimes
                ? await probe.VisitAsync(visit with { Until = VisitStage.Connected }, stop).ConfigureAwait(false)
                : null;
        }

        return times;
    }

    private IEnumerable<Task<(string, VisitAnswer)>> RevocationLists(VisitAnswer met, Uri? proxy, CancellationToken stop) => met.Chain
        .SelectMany(certificate => certificate.RevocationLists)
        .Where(list => list.Scheme == Uri.UriSchemeHttp)
        .GroupBy(list => list.Authority, StringComparer.OrdinalIgnoreCase)
        .Take(MostLists)
        .Select(async group =>
        {
            Uri list = group.First();
            Lazy<Task<VisitAnswer>> fetch = lists.GetOrAdd(group.Key, _ => new Lazy<Task<VisitAnswer>>(() => probe.VisitAsync(
                Visit(list.DnsSafeHost, list.Port, proxy) with { IsPlain = true, Path = list.PathAndQuery }, stop)));
            return (group.Key, await fetch.Value.ConfigureAwait(false));
        });

    private IEnumerable<Task<(string, VisitAnswer)>> Gateways(string? stamp, string host, NetworkVisit visit, CancellationToken stop)
    {
        int dot = host.IndexOf('.');
        return stamp is null || dot < 0 ? Array.Empty<Task<(string, VisitAnswer)>>() : GatewaySample.Select(async number =>
        {
            string gateway = FormattableString.Invariant($"g{number}-prod-{stamp}-sb{host.Substring(dot)}");
            NameAnswer? name = visit.Proxy is null ? await probe.ResolveAsync(gateway, options.Limit, stop).ConfigureAwait(false) : null;
            VisitAnswer met = name is { Addresses.Count: 0 }
                ? new VisitAnswer { Fault = name.Fault, Detail = name.Detail }
                : await probe.VisitAsync(visit with { Host = gateway, Until = VisitStage.Secured }, stop).ConfigureAwait(false);
            return (gateway, met);
        });
    }
}
