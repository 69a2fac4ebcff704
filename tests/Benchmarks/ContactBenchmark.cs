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
/// Set-SsprContactData with a sheet of 1,000 users at 100 ms latency, against the same requests one after another: per user one read of the
/// user, one of the phones, one POST of a phone. The sequential side is measured on 30 users and multiplied, as a thousand would take
/// minutes and tell nothing more.
/// </summary>
internal static class ContactBenchmark
{
    private const double Limit = 15;
    private const int SheetRows = 1000;
    private const int SequentialUsers = 30;

    internal static bool Run(int rounds)
    {
        using PracticeServer practice = new(users: 5000, latency: 100);
        using BareClient client = BareClient.ConnectAsync(practice).GetAwaiter().GetResult();
        string[] users = client.MembersAsync().GetAwaiter().GetResult();
        string sheet = Path.Combine(practice.Folder, "contacts.csv");
        File.WriteAllLines(sheet, users.Take(SheetRows).Select((user, i) => $"{user},{Number(i)}").Prepend("UserPrincipalName,Mobile"));

        double sequential =
            Sequential(client, users.Skip(SheetRows).Take(SequentialUsers).ToArray()).GetAwaiter().GetResult()
            * SheetRows / SequentialUsers;
        string script =
            $"Import-Module '{Subjects.Module}'; $null = Connect-PasswordOps -PracticeTenant (Get-Content -Raw '{practice.ReadyFile}'); "
            + $"$w = [Diagnostics.Stopwatch]::StartNew(); $rows = Set-SsprContactData -Path '{sheet}'; $w.Stop(); "
            + "if (@($rows | Where-Object Status -EQ Succeeded).Count -ne 1000) { throw 'not all rows were written' }; "
            + "$w.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)";
        double ours = double.Parse(Subjects.Pwsh(script), CultureInfo.InvariantCulture);
        return Figure.Print("contacts", "faster than one request after another", ours, sequential, atLeast: Limit);
    }

    private static string Number(int i) => string.Create(CultureInfo.InvariantCulture, $"+1 {206 + (i / 100)}55501{i % 100:00}");

    internal static async Task<double> Sequential(BareClient client, string[] users)
    {
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < users.Length; i++)
        {
            string path = "users/" + Uri.EscapeDataString(users[i]);
            using JsonDocument user = await client.GetAsync(path + "?$select=id");
            using JsonDocument phones = await client.GetAsync(path + "/authentication/phoneMethods");
            string body = $$"""{"phoneNumber":"{{Number(i)}}","phoneType":"mobile"}""";
            using StringContent content = new(body, Encoding.UTF8, "application/json");
            bool has = phones.RootElement.GetProperty("value").EnumerateArray()
                .Any(phone => phone.GetProperty("phoneType").GetString() == "mobile");
            using HttpResponseMessage answer = has
                ? await client.Http.PatchAsync(
                    "v1.0/" + path + "/authentication/phoneMethods/3179e48a-750b-4051-897c-87b9720928f7", content)
                : await client.Http.PostAsync("v1.0/" + path + "/authentication/phoneMethods", content);
            answer.EnsureSuccessStatusCode();
        }

        return watch.Elapsed.TotalMilliseconds;
    }
}
