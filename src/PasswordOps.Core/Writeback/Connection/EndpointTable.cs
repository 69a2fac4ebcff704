using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>Which endpoints writeback needs, by cloud and version of Connect; from Knowledge/writeback-endpoints.tsv.</summary>
internal static class EndpointTable
{
    private const string RelayService = "servicebus.";

    private static readonly Lazy<KnowledgeTable> Table = new(() => KnowledgeTable.Load("writeback-endpoints"));

    /// <summary>What a short name of a relay goes on with in a cloud, for example <c>.servicebus.windows.net</c>.</summary>
    public static string RelaySuffix(Cloud cloud)
    {
        string listed = Rows(cloud, null).First(row => Role(row) == EndpointRole.Relay)["name"];
        return "." + listed.Substring(listed.IndexOf(RelayService, StringComparison.Ordinal));
    }

    /// <summary>True when a relay of the cloud is publicly known, be it as an example.</summary>
    public static bool KnowsRelay(Cloud cloud) => Rows(cloud, null).Any(row => Role(row) == EndpointRole.Relay && row["try"] != "-");

    /// <summary>True when a cloud has the same relays for every tenant.</summary>
    public static bool HasFixedRelays(Cloud cloud) =>
        KnowsRelay(cloud) && Rows(cloud, null).All(row => Role(row) != EndpointRole.Relay || row["examples"] == "N");

    /// <summary>What to test: the listed endpoints, the given relays in the place of listed ones.</summary>
    public static IReadOnlyList<PlannedEndpoint> Plan(ConnectionOptions options)
    {
        PlannedEndpoint[] given = options.Relays
            .Select(relay => new PlannedEndpoint
            {
                Address = relay, Role = EndpointRole.Relay, Listed = relay.ToString(), WithGateways = true,
            })
            .ToArray();
        if (options.OnlyRelays)
        {
            return given;
        }

        List<PlannedEndpoint> plan = new();
        bool relaysDone = false;
        foreach (IReadOnlyDictionary<string, string> row in Rows(options.Cloud, options.ConnectVersion))
        {
            if (Role(row) != EndpointRole.Relay || given.Length == 0)
            {
                plan.AddRange(Tried(row));
            }
            else if (!relaysDone)
            {
                relaysDone = true;
                plan.AddRange(given.Select(endpoint => endpoint with
                {
                    Listed = EndsAs(endpoint.Address.Host, row["name"]) ? row["name"] : endpoint.Listed,
                }));
            }
        }

        return plan;
    }

    private static IEnumerable<PlannedEndpoint> Tried(IReadOnlyDictionary<string, string> row) => row["try"]
        .Split(new[] { ',' }, StringSplitOptions.RemoveEmptyEntries)
        .Where(host => host != "-")
        .Select((host, i) => new PlannedEndpoint
        {
            Address = new RelayName { Host = host }, Role = Role(row), Listed = row["name"], IsExample = row["examples"] == "Y",
            WithGateways = i == 0 && Role(row) == EndpointRole.Relay,
        });

    private static bool EndsAs(string host, string listed) =>
        listed.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(listed.Substring(1), StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<IReadOnlyDictionary<string, string>> Rows(Cloud cloud, Version? version) => Table.Value.Rows
        .Where(row => row["clouds"].Split(',').Contains(cloud.Name) && Covers(row, version));

    // Without a version a current one is meant: the rows that have no upper bound.
    internal static bool Covers(IReadOnlyDictionary<string, string> row, Version? version) => version is null
        ? row["below"] == "-"
        : (row["from"] == "-" || version >= Version.Parse(row["from"])) && (row["below"] == "-" || version < Version.Parse(row["below"]));

    private static EndpointRole Role(IReadOnlyDictionary<string, string> row) =>
        (EndpointRole)Enum.Parse(typeof(EndpointRole), row["role"]);
}
