using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.SignIn;
using PasswordOps.Core.Writeback;
using PasswordOps.Core.Writeback.Chain;
using PasswordOps.Core.Writeback.Connection;
using PasswordOps.Core.Writeback.Rights;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps;

/// <summary>Answers whether passwords get from the cloud to the domain controllers, link by link, with the weakest link named; or judges an
/// exported event log alone.</summary>
[Cmdlet(VerbsCommon.Get, "WritebackHealth", DefaultParameterSetName = "Chain")]
[OutputType(typeof(WritebackChainSummary), typeof(WritebackHealthSummary), typeof(FileInfo))]
public sealed class GetWritebackHealthCommand : PasswordOpsCmdlet, IHasLanguage
{
    private readonly List<Password> domainPasswords = new();

    /// <summary>XML export of the Application log, one file or several; wildcards are taken. Each file is judged by itself.</summary>
    [Parameter(ParameterSetName = "EventLog", Mandatory = true, Position = 0, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] EventLog { get; set; } = Array.Empty<string>();

    /// <summary>Language of the answer, en or nl; without it that of PowerShell ($PSUICulture).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LanguageCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Language { get; set; }

    /// <summary>Folder that the collector left, one for each sync server. Without it, on a sync server, the collector is run.</summary>
    [Parameter(ParameterSetName = "Chain")]
    [ValidateNotNullOrEmpty]
    public string[] Evidence { get; set; } = Array.Empty<string>();

    /// <summary>Domain controllers to ask; each counts for its domain.</summary>
    [Parameter(ParameterSetName = "Chain")]
    [Alias("Server")]
    [ValidateNotNullOrEmpty]
    public string[] DomainController { get; set; } = Array.Empty<string>();

    /// <summary>Domain account to ask them with.</summary>
    [Parameter(ParameterSetName = "Chain")]
    [Credential]
    [ValidateNotNull]
    public PSCredential? DomainCredential { get; set; }

    /// <summary>How the connections to the domain controllers are protected.</summary>
    [Parameter(ParameterSetName = "Chain")]
    public DomainTransport DomainTransport { get; set; } = DomainTransport.Ldaps;

    /// <summary>File or folder with the certificate of the authority that issued the domain controllers'; without it the computer's
    /// own.</summary>
    [Parameter(ParameterSetName = "Chain")]
    [ValidateNotNullOrEmpty]
    public string? DomainCertificate { get; set; }

    /// <summary>The account by which the sync engine sets passwords; without it that of the evidence, or one that is looked for.</summary>
    [Parameter(ParameterSetName = "Chain")]
    [ValidateNotNullOrEmpty]
    public string? ConnectorAccount { get; set; }

    /// <summary>A user whose way is looked at as well: user principal name or object id of the cloud.</summary>
    [Parameter(ParameterSetName = "Chain")]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary>Tests the way to the cloud from this machine even where it is no sync server.</summary>
    [Parameter(ParameterSetName = "Chain")]
    public SwitchParameter TestNetwork { get; set; }

    /// <summary>How many seconds each look may take.</summary>
    [Parameter(ParameterSetName = "Chain")]
    [ValidateRange(1, 600)]
    public int TimeLimit { get; set; } = 9;

    /// <summary>Connection to work with, as given by Connect-PasswordOps; without it the latest one of this process, and without any the
    /// cloud is not known.</summary>
    [Parameter(ParameterSetName = "Chain")]
    public PasswordOpsConnection? Connection { get; set; }

    /// <summary>Writes the collector to a file or folder, to be run on a sync server.</summary>
    [Parameter(ParameterSetName = "Collector", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? SaveCollector { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName == "Collector")
        {
            WriteObject(CollectorScript.Save(GetUnresolvedProviderPathFromPSPath(SaveCollector!)));
            return;
        }

        if (ParameterSetName == "Chain")
        {
            JudgeChain();
            return;
        }

        foreach (string given in EventLog)
        {
            Attempt(given, () =>
            {
                foreach (string file in FilesOf(given))
                {
                    Attempt(file, () => Judge(file));
                }
            });
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            domainPasswords.ForEach(password => password.Dispose());
        }

        base.Dispose(disposing);
    }

    private void Judge(string file)
    {
        IEventSource source = Adapters.EventSource();
        WritebackHealthReport report = Await(
            stop => Task.Run(() => WritebackHealth.FromEventLog(source, file, SystemClock.Instance, Progress, stop), stop));
        WriteObject(new WritebackHealthSummary(report, file));
    }

    private void JudgeChain()
    {
        IClock clock = SystemClock.Instance;
        PasswordOpsConnection? connection = Connection ?? Connections.Latest;
        if (connection is not null)
        {
            Follow(connection.Trace);
        }

        IConnection? session = connection?.Session;
        INetworkProbe probe = Adapters.NetworkProbe();
        string? temporary = null;
        using CancellationTokenSource collecting = new();
        try
        {
            List<ChainStep> steps = new();
            steps.AddRange(session is null ? Array.Empty<ChainStep>() : CloudSteps.Of(session, clock));
            IReadOnlyList<ServerEvidence> evidence = ReadEvidence();
            List<Func<CancellationToken, Task<ServerEvidence>>> servers =
                evidence.Select(one => (Func<CancellationToken, Task<ServerEvidence>>)(_ => Task.FromResult(one))).ToList();
            steps.AddRange(evidence.SelectMany((one, i) => ServerSteps.Of(one.Server.Computer, servers[i], Adapters.EventSource(), clock)));
            if (evidence.Count == 0 && probe.IsSyncServer && RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            {
                temporary = Path.Combine(Path.GetTempPath(), "writeback-" + Guid.NewGuid().ToString("N"));
                servers.Add(Collecting(temporary, collecting.Token));
                steps.AddRange(ServerSteps.Of(probe.Machine, servers[0], Adapters.EventSource(), clock));
            }

            if (probe.IsSyncServer || TestNetwork)
            {
                ConnectionOptions network = NetworkOptions(connection, evidence);
                steps.Add(NetworkSteps.Of(probe, network, stop => RelaysAsync(servers, network.Cloud, stop), clock));
            }

            IReadOnlyList<Func<CancellationToken, Task<IActiveDirectory>>> controllers = DomainController.Select(Opening).ToArray();
            steps.AddRange(DomainController.Select((name, i) => DomainSteps.Of(name, controllers[i], clock)));
            string? account = ConnectorAccount ?? AccountOf(evidence);
            steps.AddRange(DomainController.Select(name => RightsSteps.Of(name, OpeningRights(name), account, clock)));
            if (User is not null)
            {
                steps.Add(UserSteps.Of(User, session, controllers.FirstOrDefault(), clock));
            }

            ChainReport report = Await(stop => WritebackChain.TestAsync(steps, TimeSpan.FromSeconds(TimeLimit), clock, null, stop));
            WriteObject(new WritebackChainSummary(report));
        }
        finally
        {
            collecting.Cancel();
            if (temporary is not null)
            {
                Forget(temporary);
            }
        }
    }

    // A folder that holds none is the caller's mistake, not an unknown link.
    private IReadOnlyList<ServerEvidence> ReadEvidence()
    {
        if (Evidence.Length == 0)
        {
            return Array.Empty<ServerEvidence>();
        }

        IServerEvidence reader = Adapters.ServerEvidence();
        string[] folders = Evidence.Select(GetUnresolvedProviderPathFromPSPath).ToArray();
        return Await(stop => Task.Run(() => folders.Select(folder => reader.Read(folder, stop)).ToArray(), stop));
    }

    // All who ask share one collection: it ends with the command, not with the first of them.
    private static Func<CancellationToken, Task<ServerEvidence>> Collecting(string folder, CancellationToken end)
    {
        object gate = new();
        Task<ServerEvidence>? running = null;
        return _ =>
        {
            lock (gate)
            {
                return running ??= CollectAsync(folder, end);
            }
        };
    }

    // The heartbeat names the relays. Pseudonyms name nothing that could be reached.
    private static async Task<IReadOnlyList<RelayName>> RelaysAsync(
        IReadOnlyList<Func<CancellationToken, Task<ServerEvidence>>> servers, Cloud cloud, CancellationToken stop)
    {
        IEventSource source = Adapters.EventSource();
        List<RelayName> relays = new();
        foreach (Func<CancellationToken, Task<ServerEvidence>> server in servers)
        {
            ServerEvidence one = await server(stop).ConfigureAwait(false);
            if (one.Events is not null && !one.Server.IsRedacted)
            {
                relays.AddRange(RelayEvents.In(source.Read(one.Events, new EventReadSummary(), stop), cloud));
            }
        }

        return relays.GroupBy(relay => relay.Host, StringComparer.OrdinalIgnoreCase).Select(same => same.First()).ToArray();
    }

    private static async Task<ServerEvidence> CollectAsync(string folder, CancellationToken stop)
    {
        await CollectorScript.RunAsync(folder, stop).ConfigureAwait(false);
        return Adapters.ServerEvidence().Read(folder, stop);
    }

    // A connection to a cloud of one's own, as a practice tenant, says nothing of the endpoints of writeback.
    private static ConnectionOptions NetworkOptions(PasswordOpsConnection? connection, IReadOnlyList<ServerEvidence> evidence)
    {
        string name = connection?.Cloud ?? "Global";
        string? version = evidence.Select(one => one.Server.EngineFile.Value).FirstOrDefault(value => value is not null);
        return new ConnectionOptions
        {
            Cloud = Cloud.Named(Cloud.Names.Contains(name) ? name : "Global"),
            ConnectVersion = Version.TryParse(version, out Version? parsed) ? parsed : null,
            Limit = TimeSpan.FromSeconds(4),
        };
    }

    private Func<CancellationToken, Task<IActiveDirectory>> Opening(string server)
    {
        DomainConnectionOptions options = DomainOptions(server);
        return stop => Adapters.ActiveDirectory().OpenAsync(options, stop);
    }

    private Func<CancellationToken, Task<IDirectoryRights>> OpeningRights(string server)
    {
        DomainConnectionOptions options = DomainOptions(server);
        return stop => Adapters.DirectoryRights().OpenRightsAsync(options, stop);
    }

    // Pseudonyms find nobody; of several forests nobody says which one a domain controller belongs to.
    private static string? AccountOf(IReadOnlyList<ServerEvidence> evidence)
    {
        string[] accounts = evidence.Where(one => !one.Server.IsRedacted)
            .SelectMany(one => one.Server.Connectors.Value ?? Array.Empty<DomainConnector>())
            .Select(connector => connector.AccountSid ?? connector.Account).OfType<string>().Distinct().ToArray();
        return accounts.Length == 1 ? accounts[0] : null;
    }

    private DomainConnectionOptions DomainOptions(string server)
    {
        Password? password = DomainCredential is null ? null : new Password(DomainCredential.Password);
        if (password is not null)
        {
            domainPasswords.Add(password);
        }

        return new DomainConnectionOptions
        {
            Server = server, Transport = DomainTransport, UserName = DomainCredential?.UserName, Password = password,
            TrustedCertificate = DomainCertificate is null ? null : GetUnresolvedProviderPathFromPSPath(DomainCertificate),
            Timeout = TimeSpan.FromSeconds(TimeLimit),
        };
    }

    private static void Forget(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A collector that was ended may still hold a file in it; the system clears the folder of temporary files.
        }
    }

    // A name without wildcards goes to the reader as it is, which says what is wrong with a file that does not exist.
    private Collection<string> FilesOf(string given)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(given))
        {
            return new Collection<string> { GetUnresolvedProviderPathFromPSPath(given) };
        }

        Collection<string> files = GetResolvedProviderPathFromPSPath(given, out _);
        return files.Count > 0
            ? files
            : throw new PasswordOpsException(
                "EventLogNotFound", ErrorKind.NotFound, Text.Of($"No file fits '{given}'."),
                Text.Of($"Check the path; a relative one starts at the current location."));
    }
}
