using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Security;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core.Pipeline;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;
using PasswordOps.Graph.SignIn;

namespace PasswordOps.Graph.Tests;

/// <summary>Sign-in and Microsoft Graph without a network: hands every request to the test and keeps it.</summary>
internal sealed class FakeService : HttpMessageHandler
{
    internal const string Tenant = "0f6c2a1e-7b3d-4c58-9a41-2d5e8c9b1a70";
    internal const string App = "9d3e5b71-2c4f-4a68-b0d1-e3f5a7c9b1d4";
    internal const string Helena = "5f8e7d6c-4b3a-4291-8e7f-6d5c4b3a2918";
    internal const string Adele = "3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11";
    internal const string Secret = "planted-secret-value-1";

    private readonly object gate = new();
    private readonly List<Recorded> requests = new();

    /// <summary>Answers a request for a token.</summary>
    public Func<Recorded, Reply> OnToken { get; set; } = _ => Jwt.Answer(Jwt.App("User.Read.All"));

    /// <summary>Answers a plain request to Graph and each request inside a batch; null answers as an empty tenant.</summary>
    public Func<Recorded, Reply?> OnGraph { get; set; } = _ => null;

    /// <summary>Answers a batch as a whole; null opens it and asks <see cref="OnGraph"/>.</summary>
    public Func<Recorded, Reply?> OnBatch { get; set; } = _ => null;

    public FakeClock Clock { get; } = new();

    public List<string> Log { get; } = new();

    public IReadOnlyList<Recorded> Requests
    {
        get
        {
            lock (gate)
            {
                return requests.ToArray();
            }
        }
    }

    public GraphOptions Options => new()
    {
        Transport = new HttpClientTransport(new HttpClient(this)), Clock = Clock, Random = () => 0.5,
    };

    public static SecureString Secure(string text)
    {
        SecureString secure = new();
        foreach (char c in text)
        {
            secure.AppendChar(c);
        }

        return secure;
    }

    public SignInOptions WithSecret() => new()
    {
        Kind = SignInKind.ClientSecret,
        Cloud = Cloud.Named("Global"),
        TenantId = Tenant,
        ClientId = App,
        ClientSecret = Secure(Secret),
        Log = Write,
    };

    public SignInOptions WithToken(string token) => new()
    {
        Kind = SignInKind.AccessToken, Cloud = Cloud.Named("Global"), AccessToken = Secure(token), Log = Write,
    };

    public Task<IConnection> ConnectAsync(SignInOptions options) =>
        new GraphSignIn(Options).ConnectAsync(options, _ => { }, CancellationToken.None);

    /// <summary>A directory behind a token with permissions, with the requests of signing in forgotten.</summary>
    public async Task<IDirectory> OpenAsync(string token)
    {
        IConnection connection = await ConnectAsync(WithToken(token));
        Forget();
        return connection.Directory;
    }

    public void Forget()
    {
        lock (gate)
        {
            requests.Clear();
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Dictionary<string, string> headers = request.Headers.ToDictionary(
            header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        byte[] body = request.Content is null ? Array.Empty<byte>() : await Bytes(request.Content, cancellationToken);
        Recorded recorded = new(request.Method.Method, request.RequestUri!, System.Text.Encoding.UTF8.GetString(body), headers);
        lock (gate)
        {
            requests.Add(recorded);
        }

        Reply reply = recorded.IsToken ? OnToken(recorded)
            : recorded.IsBatch ? OnBatch(recorded) ?? Opened(recorded)
            : OnGraph(recorded) ?? Empty(recorded);
        return reply.ToMessage();
    }

    private static Task<byte[]> Bytes(HttpContent content, CancellationToken stop) =>
#if NET
        content.ReadAsByteArrayAsync(stop);
#else
        content.ReadAsByteArrayAsync();
#endif

    private static Reply Empty(Recorded request) =>
        request.Path.StartsWith("/v1.0/organization", StringComparison.Ordinal)
            ? Reply.Json($$"""{"value":[{"id":"{{Tenant}}","displayName":"Contoso","tenantType":"AAD","verifiedDomains":[]}]}""")
            : request.Method == "GET" ? Reply.Json("""{"value":[]}""") : Reply.Of(204);

    private Reply Opened(Recorded batch)
    {
        using JsonDocument body = JsonDocument.Parse(batch.Body);
        List<string> items = new();
        foreach (JsonElement item in body.RootElement.GetProperty("requests").EnumerateArray())
        {
            string url = item.GetProperty("url").GetString()!;
            Recorded inner = new(
                item.GetProperty("method").GetString()!,
                new Uri("https://graph.microsoft.com/v1.0" + url),
                item.TryGetProperty("body", out JsonElement sent) ? sent.GetRawText() : string.Empty,
                batch.Headers);
            items.Add((OnGraph(inner) ?? Empty(inner)).ToItem(item.GetProperty("id").GetString()!));
        }

        // The service keeps no order.
        items.Reverse();
        return Reply.Json("{\"responses\":[" + string.Join(",", items) + "]}");
    }

    private void Write(string line)
    {
        lock (gate)
        {
            Log.Add(line);
        }
    }
}
