using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace PasswordOps.Benchmarks;

/// <summary>
/// Peak memory of a process that sets contact data from a sheet of 1,000,000 rows, against one with 10,000 rows in the same tenant. Every
/// tenth row has something to write.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Few = 10_000;
    private const int Many = 1_000_000;

    internal static bool Run(int rounds)
    {
        using PracticeServer practice = new(users: Many, latency: 0);
        using BareClient client = BareClient.ConnectAsync(practice).GetAwaiter().GetResult();
        string[] users = client.UsersAsync().GetAwaiter().GetResult();
        double few = Peak(practice, "few.csv", users[^Few..]);

        // A tenant has a million users at most, some of whom nobody may write: names that nobody has fill the sheet.
        string[] sheet = users.Concat(Enumerable.Range(0, Many - users.Length).Select(i => $"nobody{i}@contoso.com")).ToArray();
        double all = Peak(practice, "many.csv", sheet);
        return Figure.PrintRatio(
            "memory", $"x the peak of {Few} rows", all / few,
            string.Create(CultureInfo.InvariantCulture, $"{all / 1e6:0} MB for {Many} rows, {few / 1e6:0} MB for {Few}"), null, 1.2);
    }

    private static double Peak(PracticeServer practice, string name, string[] users)
    {
        string sheet = Path.Combine(practice.Folder, name);
        File.WriteAllLines(
            sheet,
            users.Select((user, i) => i % 10 == 0
                    ? string.Create(CultureInfo.InvariantCulture, $"{user},+1 20655501{i / 10 % 100:00},")
                    : $"{user},,(clear)")
                .Prepend("UserPrincipalName,Office,AlternateMobile"));
        string script = practice.Connect
            + $"$run = Set-SsprContactData -Path '{sheet}' -ErrorAction SilentlyContinue -SkipInvalid | Select-Object -Last 1; "
            + "if ($run.Rows - $run.Unchanged - $run.Succeeded -gt $run.Rows / 5) { throw \"too little was done: $run\" }; "
            + "[Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64";
        return double.Parse(Subjects.Pwsh(script), CultureInfo.InvariantCulture);
    }
}
