using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>A running tenant and a plain HTTPS client that trusts it, and nothing else.</summary>
internal sealed class PracticeClient : IAsyncDisposable
{
    private readonly Dictionary<string, string> _tokens = [];

    private PracticeClient(PracticeServer server)
    {
        Server = server;
        Http = new HttpClient(Handler(server)) { BaseAddress = new Uri(server.Ready.Graph) };
    }

    internal PracticeServer Server { get; }

    internal HttpClient Http { get; }

    internal ReadyInfo Ready => Server.Ready;

    internal static async Task<PracticeClient> StartAsync(ServeOptions? options = null, TimeProvider? clock = null) =>
        new(await PracticeServer.StartAsync(options ?? new ServeOptions { Users = 60 }, clock));

    internal static HttpClientHandler Handler(PracticeServer server)
    {
        X509Certificate2 authority = X509CertificateLoader.LoadCertificate(server.Authority.RawData);
        return new HttpClientHandler
        {
            AllowAutoRedirect = false,
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
            {
                using var chain = new X509Chain();
                chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                chain.ChainPolicy.CustomTrustStore.Add(authority);
                chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                return certificate is not null && chain.Build(certificate);
            },
        };
    }

    internal ReadyApp App(string name) => Ready.Apps.First(app => app.DisplayName == name);

    /// <summary>A token of an application by its secret.</summary>
    internal async Task<string> AppTokenAsync(string name = "PasswordOps full")
    {
        if (_tokens.TryGetValue(name, out string? known))
            return known;
        ReadyApp app = App(name);
        Reply reply = await TokenAsync(new()
        {
            ["client_id"] = app.AppId.ToString(), ["client_secret"] = app.Secret!, ["grant_type"] = "client_credentials",
            ["scope"] = "https://graph.microsoft.com/.default",
        });
        Assert.Equal(200, reply.Status);
        return _tokens[name] = reply.Text("access_token");
    }

    /// <summary>A token of a person, who enters the device code at once.</summary>
    internal async Task<string> UserTokenAsync(
        string userPrincipalName, string scope = "https://graph.microsoft.com/.default", string? claims = null)
    {
        Reply reply = await SignInAsync(userPrincipalName, scope, claims);
        Assert.Equal(200, reply.Status);
        return reply.Text("access_token");
    }

    internal async Task<Reply> SignInAsync(string userPrincipalName, string scope, string? claims = null)
    {
        string client = App("PasswordOps").AppId.ToString();
        Reply start = await FormAsync("common/oauth2/v2.0/devicecode", new() { ["client_id"] = client, ["scope"] = scope });
        Assert.Equal(200, start.Status);
        Reply approval = await SendAsync(
            "POST", $"practice/devicecode/approve?user_code={start.Text("user_code")}&user={Uri.EscapeDataString(userPrincipalName)}",
            null);
        Assert.Equal(200, approval.Status);
        var form = new Dictionary<string, string>
        {
            ["client_id"] = client, ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code",
            ["device_code"] = start.Text("device_code"),
            ["scope"] = scope,
        };
        if (claims is not null)
            form["claims"] = claims;
        return await FormAsync("common/oauth2/v2.0/token", form);
    }

    internal Task<Reply> TokenAsync(Dictionary<string, string> form, string? tenant = null) =>
        FormAsync($"{tenant ?? Ready.TenantId.ToString()}/oauth2/v2.0/token", form);

    internal async Task<Reply> FormAsync(string path, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using HttpResponseMessage response = await Http.PostAsync(new Uri(path, UriKind.Relative), content);
        return await Reply.ReadAsync(response);
    }

    internal Task<Reply> GetAsync(string path, string token, bool eventual = false) =>
        SendAsync("GET", "v1.0" + path, token, null, eventual);

    internal Task<Reply> WriteAsync(string method, string path, string token, string? body = null) =>
        SendAsync(method, "v1.0" + path, token, body);

    internal async Task<Reply> SendAsync(string method, string path, string? token, string? body = null, bool eventual = false)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (eventual)
            request.Headers.Add("ConsistencyLevel", "eventual");
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Http.SendAsync(request);
        return await Reply.ReadAsync(response);
    }

    /// <summary>The answers to the items of a batch, in the order of the items.</summary>
    internal async Task<JsonArray> BatchAsync(IEnumerable<(string Method, string Url, string? Body)> items)
    {
        Reply reply = await WriteAsync("POST", "/$batch", await AppTokenAsync(), BatchBody(items));
        Assert.Equal(200, reply.Status);
        return new JsonArray(reply.Json!["responses"]!.AsArray()
            .OrderBy(item => int.Parse(item!["id"]!.GetValue<string>(), CultureInfo.InvariantCulture))
            .Select(item => item!.DeepClone()).ToArray());
    }

    internal static string BatchBody(IEnumerable<(string Method, string Url, string? Body)> items) => new JsonObject
    {
        ["requests"] = new JsonArray(items.Select((item, index) =>
        {
            var request = new JsonObject
            {
                ["id"] = index.ToString(CultureInfo.InvariantCulture), ["method"] = item.Method, ["url"] = item.Url,
            };
            if (item.Body is not null)
            {
                request["headers"] = new JsonObject { ["Content-Type"] = "application/json" };
                request["body"] = JsonNode.Parse(item.Body);
            }
            return (JsonNode)request;
        }).ToArray()),
    }.ToJsonString();

    /// <summary>The log of requests to Graph, as the control shows it.</summary>
    internal async Task<JsonNode[]> LogAsync() => (await SendAsync("GET", "practice/requests", null)).Json!["requests"]!.AsArray()
        .Select(entry => entry!).Where(entry => entry["path"]!.GetValue<string>().StartsWith("/v1.0/", StringComparison.Ordinal)).ToArray();

    /// <summary>Waits until the log has as many entries of requests to Graph as that.</summary>
    internal async Task<JsonNode[]> LogAsync(int count)
    {
        for (int attempt = 0; ; attempt++)
        {
            JsonNode[] entries = await LogAsync();
            if (entries.Length >= count || attempt == 200)
                return entries;
            await Task.Delay(20);
        }
    }

    internal async Task<bool> PasswordIsAsync(string user, string password, string where = "cloud")
    {
        string body = new JsonObject { ["password"] = password, ["where"] = where }.ToJsonString();
        Reply reply = await SendAsync("POST", $"practice/users/{Uri.EscapeDataString(user)}/verify-password", null, body);
        Assert.Equal(200, reply.Status);
        return reply.Json!["matches"]!.GetValue<bool>();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>An answer, read whole.</summary>
    internal sealed record Reply(int Status, JsonNode? Json, string Body, HttpResponseMessage Message)
    {
        internal static async Task<Reply> ReadAsync(HttpResponseMessage response)
        {
            string body = await response.Content.ReadAsStringAsync();
            bool json = response.Content.Headers.ContentType?.MediaType == "application/json" && body.Length > 0;
            return new Reply((int)response.StatusCode, json ? JsonNode.Parse(body) : null, body, response);
        }

        internal string Text(string name) => Json![name]!.GetValue<string>();

        internal string? Code => Json?["error"]?["code"]?.GetValue<string>();

        internal string? ErrorMessage => Json?["error"]?["message"]?.GetValue<string>();

        internal JsonArray Value => Json!["value"]!.AsArray();

        internal string? Header(string name) =>
            Message.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : null;
    }
}
