using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Checks.Writeback.Network;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>Tests whether a machine reaches what password writeback needs. All endpoints are tested side by side.</summary>
public static class WritebackConnection
{
    private const string RelayCheckId = "writeback.network.relay";
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly Version AdaptivePing = new(1, 1, 443, 0);

    /// <summary>Tests the way to all endpoints.</summary>
    /// <param name="probe">The network.</param>
    /// <param name="options">What to test for.</param>
    /// <param name="clock">Time.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work at once.</param>
    /// <returns>The report.</returns>
    public static async Task<ConnectionReport> TestAsync(
        INetworkProbe probe, ConnectionOptions options, IClock clock, IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        DateTimeOffset start = clock.UtcNow;
        IReadOnlyList<PlannedEndpoint> plan = EndpointTable.Plan(options);
        EndpointTest test = new(probe, options, clock);
        int done = 0;
        Task<EndpointFacts[]> all = Task.WhenAll(plan.Select(async endpoint =>
        {
            EndpointFacts facts = await test.RunAsync(endpoint, stop).ConfigureAwait(false);
            int ready = Interlocked.Increment(ref done);
            if (options.Idle is null)
            {
                double seconds = Math.Max(0.001, (clock.UtcNow - start).TotalSeconds);
                progress?.Report(new BulkProgress(Text.Of($"Testing endpoints"), ready, plan.Count, ready / seconds, null));
            }

            return facts;
        }));
        if (options.Idle is TimeSpan idle && progress is not null)
        {
            await CountDownAsync(all, idle, clock, progress, stop).ConfigureAwait(false);
        }

        EndpointFacts[] facts = await all.ConfigureAwait(false);
        return Report(probe, options, facts, start, clock.UtcNow);
    }

    /// <summary>The relay of a name that may be short.</summary>
    /// <param name="name">Name of the namespace, alone or with its domain.</param>
    /// <param name="cloud">Cloud, whose domain a short name gets.</param>
    /// <returns>The relay.</returns>
    /// <exception cref="PasswordOpsException"><c>EndpointInvalid</c>.</exception>
    public static RelayName Relay(string name, Cloud cloud) =>
        RelayName.Parse(name.IndexOf('.') < 0 && name.IndexOf(':') < 0 ? name + EndpointTable.RelaySuffix(cloud) : name);

    private static async Task CountDownAsync(
        Task all, TimeSpan idle, IClock clock, IProgress<BulkProgress> progress, CancellationToken stop)
    {
        DateTimeOffset start = clock.UtcNow;
        string activity = Text.Of($"Holding silent connections (seconds)");
        while (!all.IsCompleted && !stop.IsCancellationRequested)
        {
            TimeSpan gone = clock.UtcNow - start;
            TimeSpan left = gone < idle ? idle - gone : TimeSpan.Zero;
            long seconds = (long)Math.Min(gone.TotalSeconds, idle.TotalSeconds);
            progress.Report(new BulkProgress(activity, seconds, (long)Math.Ceiling(idle.TotalSeconds), 1, left));
            await Task.WhenAny(all, clock.DelayAsync(Tick, stop)).ConfigureAwait(false);
        }
    }

    private static ConnectionReport Report(
        INetworkProbe probe, ConnectionOptions options, IReadOnlyList<EndpointFacts> facts, DateTimeOffset start, DateTimeOffset end)
    {
        EndpointReport[] endpoints = facts.Select(Of).ToArray();
        List<CheckResult> checks = new() { RelayCheck(options, endpoints, start) };
        foreach (EndpointCheck check in CheckCatalog.Endpoint)
        {
            CheckResult[] answers = endpoints.SelectMany(endpoint => endpoint.Checks).Where(result => result.Id == check.Id).ToArray();
            if (answers.Length > 0)
            {
                checks.Add(Together(check, answers, endpoints));
            }
        }

        Verdict verdict = checks.Max(check => check.Verdict);
        CheckResult? weakest = verdict > Verdict.Pass ? checks.OrderByDescending(check => check.Verdict).First() : null;
        return new ConnectionReport
        {
            Verdict = verdict,
            Headline = Headline(probe.Machine, verdict, weakest, endpoints.Length),
            WeakestLink = weakest,
            NextStep = weakest?.Fix,
            Checks = checks,
            Endpoints = endpoints,
            Machine = probe.Machine,
            IsSyncServer = probe.IsSyncServer,
            Cloud = options.Cloud.Name,
            Limits = Limits(probe, options, facts).ToList(),
            TestedAt = start,
            Elapsed = end - start,
        };
    }

    private static EndpointReport Of(EndpointFacts facts)
    {
        string name = facts.Endpoint.Name;
        CheckResult[] checks = CheckCatalog.Endpoint
            .Where(check => facts.Idle > TimeSpan.Zero || check is not IdleCheck)
            .Select(check => check.Run(facts, name))
            .ToArray();
        Verdict verdict = checks.Max(check => check.Verdict);
        CheckResult? weakest = verdict > Verdict.Pass ? checks.First(check => check.Verdict == verdict) : null;
        SeenCertificate? leaf = facts.Visit.Chain.FirstOrDefault();
        return new EndpointReport
        {
            Name = name,
            Listed = facts.Endpoint.Listed,
            Role = facts.Endpoint.Role,
            IsExample = facts.Endpoint.IsExample,
            Verdict = verdict,
            Headline = weakest?.Reason ?? Text.Of($"{name} is reached."),
            NextStep = weakest?.Fix,
            Addresses = facts.Name?.Addresses ?? Array.Empty<string>(),
            Alias = facts.Name?.Alias,
            Proxy = facts.Proxy?.Authority,
            Latency = LatencyCheck.Median(facts),
            TlsVersion = facts.Visit.TlsVersion,
            SignedBy = leaf?.IssuerOrganization,
            CertificateExpires = leaf?.NotAfter,
            Status = facts.Visit.Status,
            IdleEnd = facts.Hold?.End,
            IdleAfter = facts.Hold?.After,
            Checks = checks,
        };
    }

    /// <summary>One answer over all endpoints: the worst of those that are needed, and of examples what all of them say together.</summary>
    private static CheckResult Together(EndpointCheck check, CheckResult[] answers, IReadOnlyList<EndpointReport> endpoints)
    {
        HashSet<string> examples = new(endpoints.Where(endpoint => endpoint.IsExample).Select(endpoint => endpoint.Name));
        CheckResult[] asked = answers.Where(answer => answer.Verdict != Verdict.NotApplicable).ToArray();
        if (asked.Length == 0)
        {
            return answers[0] with { Target = null };
        }

        // Traffic that is opened on the way to one example is opened on the way to the tenant's own.
        bool isProof = check is CertificateCheck;
        ILookup<bool, CheckResult> kinds = asked.ToLookup(answer => !isProof && examples.Contains(answer.Target!));
        CheckResult? needed = Worst(kinds[false]);
        CheckResult? example = Worst(kinds[true]);
        if (example is { Verdict: > Verdict.Pass } && kinds[true].Any(answer => answer.Verdict == Verdict.Pass))
        {
            example = check is NameCheck
                ? kinds[true].First(answer => answer.Verdict == Verdict.Pass)
                : example with
                {
                    Verdict = Verdict.Warn,
                    Reason = Text.Of($"{example.Reason} It is an example of the relays; others answer. Is it the tenant's own?"),
                    Fix = Text.Of($"Name the tenant's own relay with -EventLog or -Namespace, and test again."),
                };
        }
        else if (example is { Verdict: Verdict.Fail } && check is NameCheck)
        {
            example = example with { Verdict = Verdict.Warn };
        }

        CheckResult worst = Worst(new[] { needed, example }.OfType<CheckResult>())!;
        string evidence = string.Join("; ", asked.Select(answer => $"{answer.Target}: {answer.Evidence}"));
        return worst.Verdict == Verdict.Pass
            ? worst with { Target = null, Reason = check.AllWell(asked.Length), Evidence = evidence, Fix = null }
            : worst with { Target = null, Evidence = evidence };
    }

    private static CheckResult? Worst(IEnumerable<CheckResult> results) =>
        results.OrderByDescending(result => result.Verdict).FirstOrDefault();

    private static CheckResult RelayCheck(ConnectionOptions options, IReadOnlyList<EndpointReport> endpoints, DateTimeOffset now)
    {
        string[] relays = endpoints.Where(endpoint => endpoint.Role == EndpointRole.Relay).Select(endpoint => endpoint.Name).ToArray();
        string fix = Text.Of($"Give an export that holds event 31019 with -EventLog, or the relay's name with -Namespace.");
        bool isKnown = options.Relays.Count > 0 || EndpointTable.HasFixedRelays(options.Cloud);
        return new CheckResult
        {
            Id = RelayCheckId,
            Verdict = isKnown ? Verdict.Pass : Verdict.Unknown,
            Reason = isKnown ? Text.Of($"The relays that were tested are the ones that were given, or the only ones of the cloud.")
                : relays.Length > 0 ? Text.Of($"The tenant's own relay is not known here: publicly known ones were tested in its place.")
                : Text.Of($"No relay was tested: none of this cloud is publicly known."),
            Evidence = relays.Length == 0 ? "no relay" : string.Join(", ", relays),
            ReadAt = now,
            Fix = isKnown ? null : fix,
            Source = "Microsoft Entra troubleshoot-sspr-writeback, events 31019 and 31034 (2024-06-24)",
        };
    }

    private static string Headline(string machine, Verdict verdict, CheckResult? weakest, int count) => verdict switch
    {
        Verdict.Fail => Text.Of($"{machine} does not reach what password writeback needs: {weakest!.Reason}"),
        Verdict.Warn => Text.Of($"{machine} may not reach all that password writeback needs: {weakest!.Reason}"),
        Verdict.Unknown => Text.Of($"{machine} reaches what was tested ({count}), but that does not prove it: {weakest!.Reason}"),
        _ => Text.Of($"{machine} reaches what password writeback needs ({count} endpoints)."),
    };

    private static IEnumerable<string> Limits(INetworkProbe probe, ConnectionOptions options, IReadOnlyList<EndpointFacts> facts)
    {
        yield return probe.IsSyncServer
            ? Text.Of($"Tested from {probe.Machine} as you: the service runs under another account, whose proxy settings may differ.")
            : Text.Of($"Tested from {probe.Machine}, on which there is no Microsoft Entra Connect: the network "
                + $"may treat a sync server otherwise.");
        if (facts.Any(fact => fact.Endpoint.IsExample))
        {
            yield return Text.Of($"Publicly known relays stand for the tenant's own: that one of them fails proves nothing.");
        }

        if (facts.Any(fact => fact.Endpoint is { Role: EndpointRole.Relay, Address.Endpoint: null }))
        {
            yield return Text.Of($"Without the tenant's endpoint a relay cannot be asked for the 401 that only the service gives.");
        }

        if (facts.Any(fact => fact.Endpoint.WithGateways && fact.Stamp is null && fact.Visit.Reached >= VisitStage.Secured))
        {
            yield return Text.Of($"A relay hands the traffic on to 128 gateways, which could not be tested: allow the wildcard.");
        }

        if (options.Idle is null)
        {
            yield return Text.Of($"Whether something cuts silent connections was not tested: -IdleSeconds does.");
        }

        if (options.ConnectVersion is Version version && version < AdaptivePing)
        {
            yield return Text.Of($"For versions before {AdaptivePing} the document names 4 minutes of silence "
                + $"at one place and 10 at another.");
        }
    }
}
