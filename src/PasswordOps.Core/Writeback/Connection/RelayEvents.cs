using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>Finds the relays of a tenant in the events of its sync server, which name them with every heartbeat.</summary>
public static class RelayEvents
{
    private const int Heartbeat = 31019;
    private const int ListenerError = 31034;

    // Two are in use; more come together when the tenant was moved.
    private const int Most = 4;

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // Only hosts of the service itself: an export from elsewhere must not send anybody anywhere.
    private static readonly Regex Hosts = new(
        @"(?<![a-z0-9.-])(?<host>[a-z0-9][a-z0-9-]{0,62}\.servicebus\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn))(?![a-z0-9.-])",
        Plain);

    private static readonly Regex Names = new(@"\bnamespace\W{1,4}(?<name>[a-z][a-z0-9-]{5,49})(?![a-z0-9.-])", Plain);

    private static readonly Regex Endpoints = new(
        @"(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])", Plain);

    private static readonly Regex Gateways = new(@"\Ag\d{1,3}-prod-", Plain);

    /// <summary>Reads an export of events and finds the relays in it.</summary>
    /// <param name="source">Reader of events.</param>
    /// <param name="path">Export.</param>
    /// <param name="cloud">Cloud of the tenant, for names that come without their domain.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The relays, those that were named last first.</returns>
    /// <exception cref="PasswordOpsException"><c>RelayNotInLog</c>, or the export cannot be read.</exception>
    public static IReadOnlyList<RelayName> Read(IEventSource source, string path, Cloud cloud, CancellationToken stop)
    {
        IReadOnlyList<RelayName> found = In(source.Read(path, new EventReadSummary(), stop), cloud);
        return found.Count > 0
            ? found
            : throw new PasswordOpsException(
                "RelayNotInLog", ErrorKind.NotFound,
                Text.Of($"The export has no event {Heartbeat} or {ListenerError} that names a relay."),
                Text.Of($"Export the log of the active sync server, or name the relay with -Namespace."));
    }

    /// <summary>Finds the relays in events.</summary>
    /// <param name="events">The events, in any order.</param>
    /// <param name="cloud">Cloud of the tenant, for names that come without their domain.</param>
    /// <returns>The relays, those that were named last first; at most four.</returns>
    public static IReadOnlyList<RelayName> In(IEnumerable<WritebackEvent> events, Cloud cloud)
    {
        Dictionary<string, (RelayName Relay, DateTimeOffset Time)> seen = new(StringComparer.OrdinalIgnoreCase);
        string suffix = EndpointTable.RelaySuffix(cloud);
        foreach (WritebackEvent source in events.Where(candidate => candidate.Id is Heartbeat or ListenerError))
        {
            Match endpoint = Endpoints.Match(source.Data);
            IEnumerable<string> hosts = Hosts.Matches(source.Data).Cast<Match>().Select(match => match.Groups["host"].Value)
                .Concat(Names.Matches(source.Data).Cast<Match>().Select(match => match.Groups["name"].Value + suffix))
                .Where(host => !Gateways.IsMatch(host));
            foreach (string host in hosts)
            {
                string name = host.ToLowerInvariant();
                if (seen.TryGetValue(name, out (RelayName Relay, DateTimeOffset Time) known) && known.Time > source.Time)
                {
                    continue;
                }

                string? path = endpoint.Success ? endpoint.Value : known.Relay?.Endpoint;
                seen[name] = (new RelayName { Host = name, Endpoint = path }, source.Time);
                if (seen.Count > 2 * Most)
                {
                    seen.Remove(seen.OrderBy(entry => entry.Value.Time).First().Key);
                }
            }
        }

        return seen.Values.OrderByDescending(entry => entry.Time).ThenBy(entry => entry.Relay.Host, StringComparer.Ordinal)
            .Take(Most).Select(entry => entry.Relay).ToList();
    }
}
