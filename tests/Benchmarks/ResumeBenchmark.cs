using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;

namespace PasswordOps.Benchmarks;

/// <summary>
/// A run over 100,000 rows is killed when about half of its writes are done, and resumed: how long it takes from the call of the cmdlet to
/// the first new write, and whether a completed one is repeated.
/// </summary>
internal static class ResumeBenchmark
{
    private const int Rows = 100_000;

    internal static bool Run(int rounds)
    {
        using PracticeServer practice = new(users: 130_000, latency: 20);
        using BareClient client = BareClient.ConnectAsync(practice).GetAwaiter().GetResult();
        string[] users = client.UsersAsync().GetAwaiter().GetResult().Take(Rows).ToArray();
        string sheet = practice.Sheet("contacts.csv", users, area: 206);
        string journal = Path.Combine(practice.Folder, "run.jsonl");
        string set = $"Set-SsprContactData -Path '{sheet}' -Journal '{journal}' -Resume -WarningAction Ignore | Select-Object -Last 1";

        long before = LoggedRequest.Count(practice.LogFile);
        using (Process first = Subjects.Start(practice.Connect + "$run = " + set))
        {
            while (!first.HasExited && Outcomes(journal) < Rows / 2)
            {
                Thread.Sleep(500);
            }

            first.Kill();
            first.WaitForExit();
        }

        Thread.Sleep(2000);
        List<LoggedRequest> early = LoggedRequest.Read(practice.LogFile, before);
        before = LoggedRequest.Count(practice.LogFile);
        string told = Subjects.Pwsh(
            practice.Connect + "$from = [DateTimeOffset]::UtcNow; $run = " + set
            + "; if (-not $run.IsComplete) { throw \"not complete: $run\" }; $from.ToString('O')");
        DateTimeOffset from = DateTimeOffset.Parse(told, CultureInfo.InvariantCulture);
        List<LoggedRequest> late = LoggedRequest.Read(practice.LogFile, before);
        HashSet<string> done = new(early.Where(request => request.IsWrite && request.IsDone).Select(request => request.User));
        LoggedRequest[] writes = late.Where(request => request.IsWrite).OrderBy(request => request.Time).ToArray();
        int repeated = writes.Count(write => done.Contains(write.User));
        double seconds = (writes[0].Time - from).TotalSeconds;
        bool good = Figure.PrintRatio(
            "resume", "s from the call to the first new write", seconds, $"{done.Count} of {Rows} rows were done", null, 5);
        Console.WriteLine($"resume     {repeated} completed writes repeated: {(repeated == 0 ? "reached" : "MISSED")}");
        return good && repeated == 0 && writes.Length + done.Count == Rows;
    }

    private static int Outcomes(string journal)
    {
        try
        {
            using FileStream stream = new(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(stream);
            int count = 0;
            while (reader.ReadLine() is string line)
            {
                count += line.Contains("\"k\":\"outcome\"", StringComparison.Ordinal) ? 1 : 0;
            }

            return count;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
