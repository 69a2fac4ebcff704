using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>
/// Answers whether passwords get from the cloud to the domain controller. All looks are taken side by side, each within a limit: the whole
/// takes as long as the slowest, and one that hangs leaves the others standing.
/// </summary>
public static class WritebackChain
{
    private const string Source = "PasswordOps docs/writeback-health.md";
    private const string Heartbeat = "writeback.heartbeat";

    /// <summary>Takes the looks and judges the chain.</summary>
    /// <param name="steps">The looks.</param>
    /// <param name="limit">How long each may take.</param>
    /// <param name="clock">Time.</param>
    /// <param name="progress">Told of each link that is done; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The report.</returns>
    public static async Task<ChainReport> TestAsync(
        IReadOnlyList<ChainStep> steps, TimeSpan limit, IClock clock, IProgress<ChainStep>? progress, CancellationToken stop)
    {
        if (steps is null)
        {
            throw new ArgumentNullException(nameof(steps));
        }

        Stopwatch whole = Stopwatch.StartNew();
        Taken[] taken = await Task.WhenAll(steps.Select(step => TakeAsync(step, limit, clock, progress, stop))).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        CheckResult? proof = taken.SelectMany(one => one.Findings.Checks)
            .FirstOrDefault(check => check.Id is "writeback.proof" && check.Verdict == Verdict.Pass);
        taken = taken.Select(one => one with { Findings = Proven(one.Findings, proof) }).ToArray();
        CheckResult? heartbeat = taken.SelectMany(one => one.Findings.Checks)
            .FirstOrDefault(check => check.Id == Heartbeat && check.Verdict == Verdict.Pass);
        ChainLinkReport[] links = ((ChainLink[])Enum.GetValues(typeof(ChainLink)))
            .Select(link => Judge(link, taken.Where(one => one.Step.Link == link).ToArray(), heartbeat, clock.UtcNow))
            .ToArray();
        WritebackEngine[] engines = taken.SelectMany(one => one.Findings.Engines).Distinct().OrderBy(engine => engine).ToArray();
        return Report(links, engines, taken, clock.UtcNow, whole.Elapsed);
    }

    private static async Task<Taken> TakeAsync(
        ChainStep step, TimeSpan limit, IClock clock, IProgress<ChainStep>? progress, CancellationToken stop)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using CancellationTokenSource giveUp = CancellationTokenSource.CreateLinkedTokenSource(stop);

        // Not awaited inline: a look that blocks before its first await must not hold the others up.
        Task<ChainFindings> look = Task.Run(() => step.Look(giveUp.Token), CancellationToken.None);
        Task timer = Task.Delay(limit, giveUp.Token);
        Task first = await Task.WhenAny(look, timer).ConfigureAwait(false);
        bool late = first != look;
        giveUp.Cancel();
        if (late)
        {
            // What it still brings, nobody waits for.
            _ = look.ContinueWith(
                task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            stop.ThrowIfCancellationRequested();
            progress?.Report(step);
            return new Taken(step, Late(step, limit, clock.UtcNow), watch.Elapsed);
        }

        ChainFindings findings;
        try
        {
            findings = await look.ConfigureAwait(false);
        }
        catch (PasswordOpsException error)
        {
            findings = Failed(step, error, clock.UtcNow);
        }

        progress?.Report(step);
        return new Taken(step, findings, watch.Elapsed);
    }

    private static ChainFindings Late(ChainStep step, TimeSpan limit, DateTimeOffset now) => new()
    {
        Checks = new[]
        {
            Unknown(
                step.Link, step.Name, now, Text.Of($"{step.Name} did not answer within {limit.TotalSeconds:0.#} seconds."),
                Text.Of($"Run it again with a longer -TimeLimit, or look why {step.Name} is slow."), "no answer"),
        },
    };

    private static ChainFindings Failed(ChainStep step, PasswordOpsException error, DateTimeOffset now) => new()
    {
        Checks = new[] { Unknown(step.Link, step.Name, now, error.Message, error.Advice, "error " + error.Id) },
    };

    /// <summary>A link of which nothing is known: what to give is its fix.</summary>
    private static CheckResult NotGiven(ChainLink link, DateTimeOffset now)
    {
        (string reason, string fix) = link switch
        {
            ChainLink.Cloud => (
                Text.Of($"There is no connection to a tenant."), Text.Of($"Run Connect-PasswordOps first, or give -Connection.")),
            ChainLink.Network => (
                Text.Of($"The way from the sync server to the cloud was not tested: only that server can."),
                Text.Of($"Run Test-WritebackConnection on the sync server, or this with -TestNetwork there.")),
            ChainLink.Server or ChainLink.CloudSync => (
                Text.Of($"Nothing was given of the sync server."),
                Text.Of($"Save the collector with -SaveCollector, run it on the sync server, and give its folder with -Evidence.")),
            ChainLink.Events => (
                Text.Of($"No events of the sync server were given."),
                Text.Of($"Give the collector's folder with -Evidence, or judge an export with -EventLog.")),
            ChainLink.Rights => (
                Text.Of($"The rights of the connector account were not looked at."),
                Text.Of($"Give a domain controller with -DomainController, and the account with -ConnectorAccount.")),
            ChainLink.Domain => (
                Text.Of($"No domain controller was asked."),
                Text.Of($"Give one with -DomainController, and an account with -DomainCredential.")),
            _ => (Text.Of($"No user was asked about."), Text.Of($"Give one with -User.")),
        };
        return Unknown(link, null, now, reason, fix, "nothing given");
    }

    private static CheckResult Unknown(
        ChainLink link, string? target, DateTimeOffset now, string reason, string fix, string evidence) => new()
    {
        Id = IdOf(link), Verdict = Verdict.Unknown, Reason = reason, Fix = fix, Evidence = evidence, ReadAt = now, Source = Source,
        Target = target,
    };

    private static string IdOf(ChainLink link) => link switch
    {
        ChainLink.Cloud => "writeback.cloud",
        ChainLink.Network => "writeback.network",
        ChainLink.Server => "writeback.server",
        ChainLink.Events => "writeback.events",
        ChainLink.CloudSync => "writeback.cloudSync",
        ChainLink.Rights => "writeback.rights",
        ChainLink.Domain => "writeback.domain",
        _ => "writeback.user",
    };

    // Who tests from another machine learns nothing of the server's way; a heartbeat that came through does prove it open.
    private static CheckResult Reached(CheckResult heartbeat) => heartbeat with
    {
        Id = IdOf(ChainLink.Network),
        Reason = Text.Of($"The heartbeat reaches the relay: the way is open. How well it holds, Test-WritebackConnection tells on the "
            + $"server."),
    };

    // What no version shows, a password that got through proves.
    private static ChainFindings Proven(ChainFindings findings, CheckResult? proof) => proof is null ? findings : findings with
    {
        Checks = findings.Checks.Select(check => check.Id == "writeback.server.ldap" && check.Verdict == Verdict.Unknown
            ? check with
            {
                Verdict = Verdict.Pass, Fix = null, Evidence = proof.Evidence, ReadAt = proof.ReadAt,
                Reason = Text.Of($"A password got through, which it does only where LDAP is signed and encrypted."),
            }
            : check).ToArray(),
    };

    private static ChainLinkReport Judge(ChainLink link, IReadOnlyList<Taken> taken, CheckResult? heartbeat, DateTimeOffset now)
    {
        // Nobody need ask about a user, and a tenant without cloud sync has no agent.
        bool optional = link is ChainLink.User or ChainLink.CloudSync;
        CheckResult[] checks = taken.Count > 0
            ? taken.SelectMany(one => one.Findings.Checks).ToArray()
            : link == ChainLink.Network && heartbeat is not null ? new[] { Reached(heartbeat) }
            : new[] { optional ? NotGiven(link, now) with { Verdict = Verdict.NotApplicable, Fix = null } : NotGiven(link, now) };
        Verdict verdict = checks.Length == 0 ? Verdict.NotApplicable : checks.Max(check => check.Verdict);
        CheckResult? worst = checks.FirstOrDefault(check => check.Verdict == verdict);
        return new ChainLinkReport
        {
            Link = link,
            Verdict = verdict,
            Headline = verdict == Verdict.Pass ? Text.Of($"in order") : worst?.Reason ?? Text.Of($"nothing to look at"),
            Checks = checks,
            Took = taken.Count == 0 ? TimeSpan.Zero : taken.Max(one => one.Took),
        };
    }

    private static ChainReport Report(
        ChainLinkReport[] links, WritebackEngine[] engines, Taken[] taken, DateTimeOffset now, TimeSpan elapsed)
    {
        Verdict verdict = links.Max(link => link.Verdict);
        ChainLinkReport weakest = links.First(link => link.Verdict == verdict);
        CheckResult? decides = verdict > Verdict.Pass ? weakest.Checks.First(check => check.Verdict == verdict) : null;
        return new ChainReport
        {
            Verdict = verdict,
            Headline = Headline(verdict, decides, links),
            WeakestLink = decides,
            NextStep = decides?.Fix,
            Links = links,
            Checks = links.SelectMany(link => link.Checks).ToArray(),
            Engines = engines,
            Limits = Limits(engines).Concat(taken.SelectMany(one => one.Findings.Limits)).Distinct().ToArray(),
            JudgedAt = now,
            Elapsed = elapsed,
        };
    }

    private static string Headline(Verdict verdict, CheckResult? decides, ChainLinkReport[] links)
    {
        int unknown = links.Count(link => link.Verdict == Verdict.Unknown);
        return verdict switch
        {
            Verdict.Fail => Text.Of($"Password writeback is broken: {decides!.Reason}"),
            Verdict.Warn => Text.Of($"Password writeback needs a look: {decides!.Reason}"),
            Verdict.Unknown when links.Any(link => link.Verdict == Verdict.Pass) =>
                Text.Of($"Nothing is wrong with what was seen, but not all is known ({unknown} of {links.Length} links): "
                    + $"{decides!.Reason}"),
            Verdict.Unknown => Text.Of($"Cannot tell whether password writeback works: {decides!.Reason}"),
            _ => Text.Of($"Password writeback works, link by link."),
        };
    }

    private static IEnumerable<string> Limits(WritebackEngine[] engines)
    {
        yield return engines.Length switch
        {
            0 => Text.Of($"Nothing shows whether Entra Connect Sync or cloud sync serves the tenant."),
            1 when engines[0] == WritebackEngine.ConnectSync => Text.Of($"Entra Connect Sync serves the tenant, as far as was seen."),
            1 => Text.Of($"Cloud sync serves the tenant, as far as was seen: its agents have rules of their own and no table of events."),
            _ => Text.Of($"Entra Connect Sync and cloud sync were both seen: each may serve domains of its own, and each is judged by its "
                + $"own rules."),
        };
        yield return Text.Of($"Graph's passwordWritebackEnabled is not in use and proves nothing either way; it was not asked.");
    }

    private sealed record Taken(ChainStep Step, ChainFindings Findings, TimeSpan Took);
}
