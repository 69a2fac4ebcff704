using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
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
        using PracticeServer practice = new(users: 2400, latency: 100);
        using JsonDocument ready = JsonDocument.Parse(File.ReadAllText(practice.ReadyFile));
        using HttpClient client = Client(ready.RootElement);
        string[] users = WithoutPhone(client, ready.RootElement).GetAwaiter().GetResult();
        string sheet = Path.Combine(practice.Folder, "contacts.csv");
        File.WriteAllLines(sheet, users.Take(SheetRows).Select((user, i) => $"{user},{Number(i)}").Prepend("UserPrincipalName,Mobile"));

        double sequential =
            Sequential(client, ready.RootElement, users.Skip(SheetRows).Take(SequentialUsers).ToArray()).GetAwaiter().GetResult()
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

    private static HttpClient Client(JsonElement ready)
    {
        X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(ready.GetProperty("caCertificateFile").GetString()!);
        HttpClientHandler handler = new()
        {
            ServerCertificateCustomValidationCallback = (_, certificate, chain, _) =>
            {
                chain!.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                chain.ChainPolicy.CustomTrustStore.Add(authority);
                chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                return chain.Build(certificate!);
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri(ready.GetProperty("graph").GetString()!) };
    }

    private static async Task<string[]> WithoutPhone(HttpClient client, JsonElement ready)
    {
        JsonElement app = ready.GetProperty("apps")[0];
        using FormUrlEncodedContent form = new(new System.Collections.Generic.Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = app.GetProperty("appId").GetString()!,
            ["client_secret"] = app.GetProperty("secret").GetString()!,
            ["scope"] = ready.GetProperty("graph").GetString() + ".default",
        });
        using HttpResponseMessage signIn = await client.PostAsync(ready.GetProperty("tenantId").GetString() + "/oauth2/v2.0/token", form);
        using JsonDocument token = JsonDocument.Parse(await signIn.Content.ReadAsStringAsync());
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", token.RootElement.GetProperty("access_token").GetString());

        System.Collections.Generic.List<string> users = new();
        string? next = "v1.0/users?$select=userPrincipalName,userType,isManagementRestricted&$top=999";
        while (next is not null)
        {
            using JsonDocument page = JsonDocument.Parse(await client.GetStringAsync(next));
            users.AddRange(page.RootElement.GetProperty("value").EnumerateArray()
                .Where(user => user.GetProperty("userType").GetString() == "Member"
                    && !user.GetProperty("isManagementRestricted").GetBoolean())
                .Select(user => user.GetProperty("userPrincipalName").GetString()!));
            next = page.RootElement.TryGetProperty("@odata.nextLink", out JsonElement link) ? link.GetString() : null;
        }

        // The first are people with a role of their own in the tenant; the crowd behind them is alike.
        return users.Skip(50).ToArray();
    }

    private static async Task<double> Sequential(HttpClient client, JsonElement ready, string[] users)
    {
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < users.Length; i++)
        {
            string path = "v1.0/users/" + Uri.EscapeDataString(users[i]);
            using JsonDocument user = JsonDocument.Parse(await client.GetStringAsync(path + "?$select=id"));
            using JsonDocument phones = JsonDocument.Parse(await client.GetStringAsync(path + "/authentication/phoneMethods"));
            string body = $$"""{"phoneNumber":"{{Number(i)}}","phoneType":"mobile"}""";
            using StringContent content = new(body, Encoding.UTF8, "application/json");
            bool has = phones.RootElement.GetProperty("value").EnumerateArray()
                .Any(phone => phone.GetProperty("phoneType").GetString() == "mobile");
            using HttpResponseMessage answer = has
                ? await client.PatchAsync(path + "/authentication/phoneMethods/3179e48a-750b-4051-897c-87b9720928f7", content)
                : await client.PostAsync(path + "/authentication/phoneMethods", content);
            answer.EnsureSuccessStatusCode();
        }

        return watch.Elapsed.TotalMilliseconds;
    }
}
