using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.Tasks;

namespace PasswordOps.Benchmarks;

/// <summary>The other side of a comparison: plain requests to the practice tenant, one after another, and nothing else.</summary>
internal sealed class BareClient : IDisposable
{
    private readonly HttpClient client;

    private BareClient(HttpClient client)
    {
        this.client = client;
    }

    internal HttpClient Http => client;

    /// <summary>Signs in as the first application of a practice tenant.</summary>
    internal static async Task<BareClient> ConnectAsync(PracticeServer practice)
    {
        using JsonDocument line = JsonDocument.Parse(await File.ReadAllTextAsync(practice.ReadyFile));
        JsonElement ready = line.RootElement;
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
        HttpClient client = new(handler) { BaseAddress = new Uri(ready.GetProperty("graph").GetString()!) };
        JsonElement app = ready.GetProperty("apps")[0];
        using FormUrlEncodedContent form = new(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = app.GetProperty("appId").GetString()!,
            ["client_secret"] = app.GetProperty("secret").GetString()!,
            ["scope"] = ready.GetProperty("graph").GetString() + ".default",
        });
        using HttpResponseMessage signIn = await client.PostAsync(ready.GetProperty("tenantId").GetString() + "/oauth2/v2.0/token", form);
        using JsonDocument token = JsonDocument.Parse(await signIn.Content.ReadAsStringAsync());
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", token.RootElement.GetProperty("access_token").GetString());
        return new BareClient(client);
    }

    /// <summary>Reads a list page by page.</summary>
    internal async Task<List<JsonElement>> ListAsync(string path)
    {
        List<JsonElement> all = new();
        string? next = "v1.0/" + path;
        while (next is not null)
        {
            using JsonDocument page = JsonDocument.Parse(await client.GetStringAsync(next));
            all.AddRange(page.RootElement.GetProperty("value").EnumerateArray().Select(item => item.Clone()));
            next = page.RootElement.TryGetProperty("@odata.nextLink", out JsonElement link) ? link.GetString() : null;
        }

        return all;
    }

    /// <summary>Names of cloud members without anything special about them.</summary>
    internal Task<string[]> MembersAsync() => NamesAsync(user => user.GetProperty("userType").GetString() == "Member"
        && user.GetProperty("onPremisesSyncEnabled").ValueKind == JsonValueKind.Null);

    /// <summary>Names of all users whose authentication methods can be written.</summary>
    internal Task<string[]> UsersAsync() => NamesAsync(_ => true);

    private async Task<string[]> NamesAsync(Func<JsonElement, bool> isWanted)
    {
        List<JsonElement> users = await ListAsync(
            "users?$select=userPrincipalName,userType,isManagementRestricted,onPremisesSyncEnabled&$top=999");

        // The first are people with a role of their own in the tenant; the crowd behind them is alike.
        return users
            .Where(user => isWanted(user) && !user.GetProperty("isManagementRestricted").GetBoolean())
            .Select(user => user.GetProperty("userPrincipalName").GetString())
            .OfType<string>()
            .Skip(100).ToArray();
    }

    internal async Task<JsonDocument> GetAsync(string path) => JsonDocument.Parse(await client.GetStringAsync("v1.0/" + path));

    public void Dispose() => client.Dispose();
}
