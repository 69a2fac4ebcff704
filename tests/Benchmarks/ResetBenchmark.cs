using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace PasswordOps.Benchmarks;

/// <summary>
/// Reset-AadUserPassword for 2,000 cloud users at 100 ms latency, against the same requests one after another: per user one read of the
/// user, one PATCH of the password, one read of the time of the last change. The sequential side is measured on 30 users and multiplied.
/// </summary>
internal static class ResetBenchmark
{
    private const double Limit = 15;
    private const int Users = 2000;
    private const int SequentialUsers = 30;

    internal static bool Run(int rounds)
    {
        using PracticeServer practice = new(users: 8000, latency: 100);
        using BareClient client = BareClient.ConnectAsync(practice).GetAwaiter().GetResult();
        string[] users = client.MembersAsync().GetAwaiter().GetResult();
        string names = Path.Combine(practice.Folder, "users.txt");
        File.WriteAllLines(names, users.Take(Users));
        double sequential = Sequential(client, users.Skip(Users).Take(SequentialUsers).ToArray()).GetAwaiter().GetResult()
            * Users / SequentialUsers;
        string script =
            $"Import-Module '{Subjects.Module}'; $null = Connect-PasswordOps -PracticeTenant (Get-Content -Raw '{practice.ReadyFile}'); "
            + $"$names = [IO.File]::ReadAllLines('{names}'); $w = [Diagnostics.Stopwatch]::StartNew(); "
            + "$rows = $names | Reset-AadUserPassword -Confirm:$false -Force -WarningAction Ignore; $w.Stop(); "
            + $"if (@($rows | Where-Object Status -EQ Succeeded).Count -ne {Users}) {{ throw 'not all passwords were reset' }}; "
            + "$w.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)";
        double ours = double.Parse(Subjects.Pwsh(script), CultureInfo.InvariantCulture);
        return Figure.Print("resets", "faster than one request after another", ours, sequential, atLeast: Limit);
    }

    private static async Task<double> Sequential(BareClient client, string[] users)
    {
        Stopwatch watch = Stopwatch.StartNew();
        foreach (string user in users)
        {
            string path = "users/" + Uri.EscapeDataString(user);
            using JsonDocument before = await client.GetAsync(path + "?$select=id,onPremisesSyncEnabled,lastPasswordChangeDateTime");
            const string body = """{"passwordProfile":{"password":"Canal-Blue-2291","forceChangePasswordNextSignIn":true}}""";
            using StringContent content = new(body, Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await client.Http.PatchAsync("v1.0/" + path, content);
            answer.EnsureSuccessStatusCode();
            using JsonDocument after = await client.GetAsync(path + "?$select=lastPasswordChangeDateTime");
        }

        return watch.Elapsed.TotalMilliseconds;
    }
}
