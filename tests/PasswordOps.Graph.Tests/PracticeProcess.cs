#if NET
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Json;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Graph.Tests;

/// <summary>A practice tenant in a process of its own, ended with the tests or, when they die, by the end of its standard input.</summary>
public class PracticeProcess : IAsyncLifetime
{
    private readonly Process process = new();
    private readonly HttpClient control = new(new HttpClientHandler
    {
        ServerCertificateCustomValidationCallback = (request, _, _, _) => request.RequestUri!.IsLoopback,
    });

    private JsonElement ready;

    /// <summary>How many users the tenant has.</summary>
    protected virtual string Users => "60";

    public Uri Address => new(ready.GetProperty("graph").GetString()!);

    public string Tenant => ready.GetProperty("tenantId").GetString()!;

    public string AuthorityFile => ready.GetProperty("caCertificateFile").GetString()!;

    public Cloud Cloud => new() { Name = "Practice", Title = "Practice tenant", Authority = Address, Graph = Address };

    public async Task InitializeAsync()
    {
        string server = typeof(PracticeProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "PracticeTenant").Value!;
        process.StartInfo = new ProcessStartInfo(Environment.ProcessPath is string host && IsDotnet(host) ? host : "dotnet")
        {
            ArgumentList = { server, "serve", "--port", "0", "--users", Users, "--stop-with-stdin" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        process.Start();
        string line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))
            ?? throw new InvalidOperationException("The practice tenant did not start.");
        ready = JsonDocument.Parse(line).RootElement.Clone();
    }

    public async Task DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        process.Dispose();
        control.Dispose();
    }

    public JsonElement App(string name) =>
        ready.GetProperty("apps").EnumerateArray().Single(app => app.GetProperty("displayName").GetString() == name);

    public string Person(string userPrincipalName) => ready.GetProperty("people").EnumerateArray()
        .Single(person => person.GetProperty("userPrincipalName").GetString() == userPrincipalName).GetProperty("id").GetString()!;

    /// <summary>Id of a deleted sample person, by the name from before.</summary>
    public string Former(string userPrincipalName) => ready.GetProperty("people").EnumerateArray()
        .Select(person => (Id: person.GetProperty("id").GetString()!, Name: person.GetProperty("userPrincipalName").GetString()))
        .Single(person => person.Name == person.Id.Replace("-", string.Empty) + userPrincipalName).Id;

    public SignInOptions WithSecret(string app, string? secret = null, string? tenant = null) => new()
    {
        Kind = SignInKind.ClientSecret,
        Cloud = Cloud,
        TenantId = tenant ?? Tenant,
        ClientId = App(app).GetProperty("appId").GetString(),
        ClientSecret = FakeService.Secure(secret ?? App(app).GetProperty("secret").GetString()!),
        PracticeAuthorityFile = AuthorityFile,
    };

    public SignInOptions WithCertificate(string app, X509Certificate2 certificate) => new()
    {
        Kind = SignInKind.Certificate,
        Cloud = Cloud,
        TenantId = Tenant,
        ClientId = App(app).GetProperty("appId").GetString(),
        Certificate = certificate,
        PracticeAuthorityFile = AuthorityFile,
    };

    public SignInOptions WithDeviceCode() => new()
    {
        Kind = SignInKind.DeviceCode,
        Cloud = Cloud,
        TenantId = Tenant,
        ClientId = App("PasswordOps").GetProperty("appId").GetString(),
        PracticeAuthorityFile = AuthorityFile,
    };

    public async Task<JsonElement> ControlAsync(string path) =>
        await control.GetFromJsonAsync<JsonElement>(new Uri(Address, "practice/" + path));

    /// <summary>The sample people.</summary>
    public string[] People => ready.GetProperty("people").EnumerateArray()
        .Select(person => person.GetProperty("id").GetString()!).ToArray();

    /// <summary>Changes the tenant from outside.</summary>
    public async Task OrderAsync(string path)
    {
        using HttpResponseMessage answer = await control.PostAsync(new Uri(Address, "practice/" + path), null);
        answer.EnsureSuccessStatusCode();
    }

    public async Task ForgetRequestsAsync() => (await control.DeleteAsync(new Uri(Address, "practice/requests"))).Dispose();

    /// <summary>Method and path, without query, of every request that came to Graph by itself and not inside a batch.</summary>
    public async Task<string[]> RequestsAsync() => (await ControlAsync("requests")).GetProperty("requests").EnumerateArray()
        .Where(request => !request.TryGetProperty("batch", out _))
        .Select(request => request.GetProperty("method").GetString() + " " + request.GetProperty("path").GetString()!.Split('?')[0])
        .Where(request => request.Contains("/v1.0/"))
        .ToArray();

    public async Task<bool> HasPasswordAsync(string user, string password, string where)
    {
        using HttpResponseMessage answer =
            await control.PostAsJsonAsync(
                new Uri(Address, $"practice/users/{Uri.EscapeDataString(user)}/verify-password"), new { password, where });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("matches").GetBoolean();
    }

    private static bool IsDotnet(string path) =>
        Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
}
#endif
