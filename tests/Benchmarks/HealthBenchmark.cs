using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Benchmarks;

/// <summary>The whole look at the chain against its slowest link, with links on loopback that answer after a set time.</summary>
internal static class HealthBenchmark
{
    private static readonly int[] Delays = { 150, 300, 450, 600, 750, 900, 1_050, 1_200 };

    internal static bool Run(int rounds) => RunAsync(Math.Min(rounds, 10)).GetAwaiter().GetResult();

    private static async Task<bool> RunAsync(int rounds)
    {
        using CancellationTokenSource stop = new();
        List<(TcpListener Listener, Task Serving)> links = Delays.Select(delay =>
        {
            TcpListener listener = new(IPAddress.Loopback, 0);
            listener.Start();
            return (listener, ServeAsync(listener, delay, stop.Token));
        }).ToList();
        ChainStep[] steps = links.Select((link, i) => new ChainStep(
            (ChainLink)i, $"link {i}", token => LookAsync((IPEndPoint)link.Listener.LocalEndpoint, (ChainLink)i, token))).ToArray();
        List<double> whole = new();
        List<double> slowest = new();
        for (int round = 0; round < rounds; round++)
        {
            Stopwatch alone = Stopwatch.StartNew();
            await steps[^1].Look(stop.Token);
            slowest.Add(alone.Elapsed.TotalMilliseconds);
            Stopwatch all = Stopwatch.StartNew();
            ChainReport report = await WritebackChain.TestAsync(
                steps, TimeSpan.FromSeconds(9), SystemClock.Instance, null, stop.Token);
            whole.Add(all.Elapsed.TotalMilliseconds);
            if (report.Verdict != Verdict.Pass)
            {
                throw new InvalidOperationException(report.Headline);
            }
        }

        stop.Cancel();
        await Task.WhenAll(links.Select(link => link.Serving));
        links.ForEach(link => link.Listener.Stop());
        return Figure.Print("health", "the slowest link alone", Figure.Median(whole), Figure.Median(slowest), atMost: 1.2);
    }

    private static async Task ServeAsync(TcpListener listener, int delay, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(stop);
                await Task.Delay(delay, stop);
                await client.GetStream().WriteAsync(new byte[] { 1 }, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The benchmark is over.
        }
    }

    private static async Task<ChainFindings> LookAsync(IPEndPoint place, ChainLink link, CancellationToken stop)
    {
        using TcpClient client = new();
        await client.ConnectAsync(place, stop);
        await client.GetStream().ReadExactlyAsync(new byte[1], stop);
        return new ChainFindings
        {
            Checks = new[]
            {
                new CheckResult
                {
                    Id = $"benchmark.{link}", Verdict = Verdict.Pass, Reason = "answered", Evidence = "1 byte",
                    ReadAt = DateTimeOffset.UtcNow, Source = "benchmark",
                },
            },
        };
    }
}
