using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace PasswordOps.Benchmarks;

/// <summary>
/// Runs over 2,000 rows in a tenant in which one request in five goes wrong, killed at random moments (SIGKILL) and resumed, until 200
/// lives have ended so and every run is complete. Then the tenant, its request log and the journals must agree: every row right, no write
/// lost, none done twice.
/// </summary>
internal static class CrashBenchmark
{
    private const int Rows = 2000;
    internal const int Kills = 200;

    internal static bool Run(int most)
    {
        Random random = new(20260818);
        using PracticeServer practice = new(
            4000, latency: 20, "--consistency-delay", "2000", "--fault", "kind=any&rate=0.2&seed=7&path=$batch", "--fault",
            "kind=any&on=items&rate=0.02&seed=8&path=/authentication/");
        using BareClient client = BareClient.ConnectAsync(practice).GetAwaiter().GetResult();
        string[] users = client.UsersAsync().GetAwaiter().GetResult().Take(Rows).ToArray();
        int kills = 0;
        int wrong = 0;
        int doubled = 0;
        int disagree = 0;
        int runs = 0;
        for (; kills < most; runs++)
        {
            string sheet = practice.Sheet($"contacts{runs}.csv", users, area: 206 + (runs * 20));
            string journal = Path.Combine(practice.Folder, $"run{runs}.jsonl");
            long before = LoggedRequest.Count(practice.LogFile);
            int here = Lives(practice, sheet, journal, random, most - kills);
            kills += here;
            wrong += Wrong(client, practice, sheet);
            List<LoggedRequest> writes = LoggedRequest.Read(practice.LogFile, before).Where(request => request.IsWrite).ToList();
            doubled += writes.Where(write => write.IsDone).GroupBy(write => (write.User, write.Value)).Sum(group => group.Count() - 1);
            HashSet<string> told = new(Written(journal), StringComparer.OrdinalIgnoreCase);
            HashSet<string> done = new(writes.Where(write => write.IsDone).Select(write => write.User), StringComparer.OrdinalIgnoreCase);
            disagree += told.Except(done).Count() + done.Except(told).Count();
            Console.WriteLine($"crash      run {runs + 1}: {here} kills, {writes.Count} writes sent, {done.Count} users written");
        }

        bool good = wrong + doubled + disagree == 0;
        Console.WriteLine(
            $"crash      {kills} kills in {runs} runs of {Rows} rows: {wrong} rows wrong, {doubled} writes done twice, {disagree} on which "
            + $"request log and journal disagree: {(good ? "reached" : "MISSED")}");
        return good;
    }

    /// <summary>Starts the run and kills it at a random moment, until it ends by itself or enough have been killed.</summary>
    private static int Lives(PracticeServer practice, string sheet, string journal, Random random, int most)
    {
        string script = practice.Connect
            + $"$run = Set-SsprContactData -Path '{sheet}' -Journal '{journal}' -Resume -ErrorAction SilentlyContinue "
            + "-WarningAction Ignore 2>$null | Select-Object -Last 1; exit [int](-not $run.IsComplete)";
        for (int kills = 0; ;)
        {
            long before = Length(journal);
            using Process process = Subjects.Start(script);
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();

            // The moments fall into the work: from the first line of this life in the journal on.
            while (Length(journal) == before && !process.WaitForExit(20))
            {
            }

            if (kills >= most)
            {
                process.WaitForExit();
            }
            else if (!process.WaitForExit(random.Next(20_000)))
            {
                process.Kill();
                process.WaitForExit();
                kills++;
                continue;
            }

            if (process.ExitCode == 0)
            {
                return kills;
            }
        }
    }

    private static long Length(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    private static int Wrong(BareClient client, PracticeServer practice, string sheet)
    {
        int wrong = 0;
        foreach (string[] row in File.ReadLines(sheet).Skip(1).Select(line => line.Split(',')))
        {
            using JsonDocument state = JsonDocument.Parse(
                client.Http.GetStringAsync($"practice/users/{Uri.EscapeDataString(row[0])}/state").GetAwaiter().GetResult());
            wrong += state.RootElement.GetProperty("methods").GetProperty("mobile").GetString() == row[1] ? 0 : 1;
        }

        return wrong;
    }

    /// <summary>Object ids of the users whose write a journal calls done.</summary>
    private static IEnumerable<string> Written(string journal)
    {
        Dictionary<int, string> users = new();
        foreach (string line in File.ReadLines(journal))
        {
            using JsonDocument entry = JsonDocument.Parse(line);
            string? kind = entry.RootElement.TryGetProperty("k", out JsonElement k) ? k.GetString() : null;
            if (kind == "sending")
            {
                users[entry.RootElement.GetProperty("r").GetInt32()] = entry.RootElement.GetProperty("i").GetString()!;
            }
            else if (kind == "outcome" && entry.RootElement.GetProperty("o").GetString() is "Written" or "Found")
            {
                yield return users[entry.RootElement.GetProperty("r").GetInt32()];
            }
        }
    }
}
