using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PasswordOps.Benchmarks;

/// <summary>
/// Set-SsprContactData against a tenant that throttles: how many writes came through, of those that the limit admits in the time from the
/// first to the last (limit x (1 + time / window), which no client can exceed), and how many requests of the run were refused. Both
/// regimes run with their windows scaled down.
/// </summary>
internal static class ThrottleBenchmark
{
    internal static bool Run(int rounds) =>
        Regime("documented", scale: 5, limit: 3000, window: 150, users: 12_000)
        & Regime("strict", scale: 10, limit: 5, window: 10, users: 300)
        & Regime("strict", scale: 25, limit: 5, window: 10, users: 600);

    private static bool Regime(string regime, int scale, int limit, double window, int users)
    {
        using PracticeServer practice = new(
            users * 2, latency: 20, "--throttle", regime, "--throttle-scale", scale.ToString(CultureInfo.InvariantCulture));
        string[] names = Members(users);
        string sheet = practice.Sheet("contacts.csv", names, area: 206);
        long before = LoggedRequest.Count(practice.LogFile);
        string told = Subjects.Pwsh(
            practice.Connect + $"$run = Set-SsprContactData -Path '{sheet}' -WarningAction Ignore | Select-Object -Last 1; "
            + "if (-not $run.IsComplete) { throw \"not complete: $run\" }; "
            + "$run.Duration.TotalSeconds.ToString([cultureinfo]::InvariantCulture)");
        List<LoggedRequest> requests = LoggedRequest.Read(practice.LogFile, before);
        DateTimeOffset[] writes = requests.Where(request => request.IsWrite && request.IsDone).Select(request => request.Time)
            .Order().ToArray();
        double seconds = (writes[^1] - writes[0]).TotalSeconds;
        double admitted = limit * (1 + (seconds / (window / scale)));
        int refused = requests.Count(request => request.Status == 429);
        bool good = writes.Length == users && Figure.PrintRatio(
            "throttle", $"of the writes that {regime} / {scale} admits", writes.Length / admitted,
            string.Create(CultureInfo.InvariantCulture, $"{writes.Length} of {admitted:0} in {seconds:0.0} s, the run {told} s"), 0.95);
        return Figure.PrintRatio(
            "throttle", "of the requests refused", (double)refused / requests.Count, $"{refused} of {requests.Count}", null, 0.02) && good;
    }

    // The names follow from what a tenant of this size is made of; asking for them would use up the budget that is measured.
    private static string[] Members(int count)
    {
        using PracticeServer same = new(count * 2, latency: 0);
        using BareClient client = BareClient.ConnectAsync(same).GetAwaiter().GetResult();
        return client.UsersAsync().GetAwaiter().GetResult().Take(count).ToArray();
    }
}
