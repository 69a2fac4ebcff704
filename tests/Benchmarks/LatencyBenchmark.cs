using System;
using System.Collections.Generic;

using System.Globalization;
using System.Linq;

namespace PasswordOps.Benchmarks;

/// <summary>
/// Set-SsprContactData with a sheet of 10,000 users at 150 ms latency and no limits: against one request after another (30 users measured
/// and multiplied), and against what eight batches of twenty at once can carry. Then the same sheet again, which must write nothing.
/// </summary>
internal static class LatencyBenchmark
{
    private const int Users = 10_000;
    private const int Latency = 150;
    private const int BatchesAtOnce = 8;
    private const int BatchSize = 20;

    internal static bool Run(int rounds)
    {
        using PracticeServer practice = new(users: 20_000, latency: Latency);
        using BareClient client = BareClient.ConnectAsync(practice).GetAwaiter().GetResult();
        string[] users = client.UsersAsync().GetAwaiter().GetResult();
        string sheet = practice.Sheet("contacts.csv", users.Take(Users), area: 206);
        double sequential = ContactBenchmark.Sequential(client, users.Skip(Users).Take(30).ToArray()).GetAwaiter().GetResult() * Users / 30;
        string script = practice.Connect
            + $"$w = [Diagnostics.Stopwatch]::StartNew(); $run = Set-SsprContactData -Path '{sheet}' | Select-Object -Last 1; $w.Stop(); "
            + "if (-not $run.IsComplete) { throw \"not complete: $run\" }; "
            + "$w.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)";

        long before = LoggedRequest.Count(practice.LogFile);
        double ours = double.Parse(Subjects.Pwsh(script), CultureInfo.InvariantCulture);
        List<LoggedRequest> requests = LoggedRequest.Read(practice.LogFile, before);
        DateTimeOffset[] writes = requests.Where(request => request.IsWrite).Select(request => request.Time).Order().ToArray();
        bool good = Figure.Print("latency", "faster than one request after another", ours, sequential, atLeast: 20);

        const double most = BatchesAtOnce * BatchSize * 1000.0 / Latency;
        double writeMilliseconds = (writes[^1] - writes[0]).TotalMilliseconds + Latency;
        good &= Figure.PrintRatio(
            "latency", $"of {most:0} writes a second", writes.Length * 1000.0 / writeMilliseconds / most,
            $"{writes.Length} writes in {writeMilliseconds:0} ms", 0.85);
        good &= Figure.PrintRatio(
            "latency", $"of {most:0} requests a second over the whole run", requests.Count * 1000.0 / ours / most,
            $"{requests.Count} requests in {ours:0} ms", null);

        before = LoggedRequest.Count(practice.LogFile);
        Subjects.Pwsh(script);
        int again = LoggedRequest.Read(practice.LogFile, before).Count(request => request.IsWrite);
        Console.WriteLine($"unchanged  {again} writes for the same sheet a second time: {(again == 0 ? "reached" : "MISSED")}");
        return good && again == 0;
    }
}
