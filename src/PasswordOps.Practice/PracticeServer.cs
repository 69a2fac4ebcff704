using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PasswordOps.Practice.Control;
using PasswordOps.Practice.Faults;
using PasswordOps.Practice.Graph;
using PasswordOps.Practice.SignIn;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice;

/// <summary>A running practice tenant: sign-in and Graph on one loopback port. Disposing it stops it and removes its files.</summary>
internal sealed class PracticeServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly DirectoryInfo _files;
    private readonly RequestLog _log;
    private readonly TokenIssuer _tokens;
    private readonly X509Certificate2 _authority;
    private readonly CancellationTokenSource _end;

    private PracticeServer(
        WebApplication web, DirectoryInfo files, RequestLog log, TokenIssuer tokens, X509Certificate2 authority,
        CancellationTokenSource end)
    {
        _end = end;
        _web = web;
        _files = files;
        _log = log;
        _tokens = tokens;
        _authority = authority;
    }

    public required ReadyInfo Ready { get; init; }

    /// <summary>The state behind the service, for a look from inside the process.</summary>
    internal required TenantState Tenant { get; init; }

    /// <summary>The certificate of the CA that vouches for this server.</summary>
    internal X509Certificate2 Authority => _authority;

    /// <exception cref="UsageException">An option does not fit, or the directory file has a fault.</exception>
    internal static async Task<PracticeServer> StartAsync(
        ServeOptions options, TimeProvider? clock = null, CancellationToken stop = default)
    {
        clock ??= TimeProvider.System;
        TenantPlan plan = options.DirectoryFile is { } file
            ? DirectoryFile.Load(file, clock.GetUtcNow())
            : TenantGenerator.Generate(options.Users, options.Seed, clock.GetUtcNow(), options.AlsoUsers);
        DirectoryInfo files = Directory.CreateTempSubdirectory("passwordops-practice-");
        try
        {
            Dictionary<Guid, (string File, string Password)> keys = MakeCertificates(plan, files.FullName);
            var tenant = new TenantState(plan, clock);
            return await StartAsync(options, tenant, files, keys, stop);
        }
        catch
        {
            files.Delete(recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _web.DisposeAsync();
        _end.Dispose();
        await _log.DisposeAsync();
        _tokens.Dispose();
        _authority.Dispose();
        if (_files.Exists)
            _files.Delete(recursive: true);
    }

    private static async Task<PracticeServer> StartAsync(
        ServeOptions options, TenantState tenant, DirectoryInfo files, Dictionary<Guid, (string File, string Password)> keys,
        CancellationToken stop)
    {
        User? autoApprove = options.AutoApprove is { } name
            ? tenant.Users.Find(name) ?? throw new UsageException($"--auto-approve names no user of this tenant: '{name}'.")
            : null;
        LoopbackSockets sockets = BindPort(options.Port);
        string address = $"https://localhost:{sockets.Port}/";
        RequestLog log = OpenLog(options.LogFile);
        var tokens = new TokenIssuer(tenant, address);
        var graph = new GraphService(tenant, tokens, log, address) { Latency = options.LatencyMilliseconds };
        tenant.Replication.Set(options.ConsistencyMilliseconds, options.Seed);
        graph.Throttle.Settings = options.Throttle;
        graph.Faults.Add(options.Faults.Select(text => FaultRule.Parse(new Query(text).Parts)).ToList());
        var signIn = new SignInService(tenant, tokens, log, address, autoApprove);
        var control = new ControlService(tenant, signIn, tokens, log, graph);

        X509Certificate2 authority = Certificates.CreateAuthority();
        string authorityFile = Path.Combine(files.FullName, "ca.pem");
        await File.WriteAllTextAsync(authorityFile, authority.ExportCertificatePem(), stop);

        WebApplication web = Build(sockets, Certificates.CreateServer(authority));
        var end = new CancellationTokenSource();
        web.Run(context => RouteAsync(context, graph, signIn, control, end.Token));
        await web.StartAsync(stop);
        return new PracticeServer(web, files, log, tokens, authority, end)
        {
            Tenant = tenant,
            Ready = new ReadyInfo
            {
                Authority = address,
                Graph = address,
                TenantId = tenant.Organization.TenantId,
                CaCertificateFile = authorityFile,
                ProcessId = Environment.ProcessId,
                Users = tenant.Users.LiveCount,
                Apps = tenant.Applications.Select(application => Describe(tenant, application, keys)).ToList(),
                People = tenant.Users.Where(user => user.About is not null)
                    // Whoever has no name is asked for by id.
                    .Select(user => new ReadyPerson(user.Unnamed ? user.Id.ToString() : user.UserPrincipalName, user.Id, user.About!))
                    .ToList(),
            },
        };
    }

    private static LoopbackSockets BindPort(int port)
    {
        try
        {
            return LoopbackSockets.Bind(port);
        }
        catch (System.Net.Sockets.SocketException error)
        {
            throw new UsageException($"--port {port} cannot be used: {error.Message}");
        }
    }

    private static RequestLog OpenLog(string? file)
    {
        try
        {
            return new RequestLog(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--log {file} cannot be written: {error.Message}");
        }
    }

    private static Dictionary<Guid, (string File, string Password)> MakeCertificates(TenantPlan plan, string folder)
    {
        var keys = new Dictionary<Guid, (string, string)>();
        var applications = new List<Application>();
        foreach (Application application in plan.Applications)
        {
            if (!application.WantsCertificate)
            {
                applications.Add(application);
                continue;
            }
            X509Certificate2 certificate = Certificates.CreateForApplication();
            string password = RandomNumberGenerator.GetHexString(24);
            string file = Path.Combine(folder, application.AppId + ".pfx");
            File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx, password));
            keys.Add(application.AppId, (file, password));
            applications.Add(application with { Certificates = [X509CertificateLoader.LoadCertificate(certificate.RawData)] });
            certificate.Dispose();
        }
        plan.Applications = applications;
        return keys;
    }

    private static WebApplication Build(LoopbackSockets sockets, X509Certificate2 certificate)
    {
        // The empty builder reads no settings from the folder or the environment of whoever starts it.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.UseSockets(transport => transport.CreateBoundListenSocket = sockets.Take);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (System.Net.IPEndPoint endPoint in sockets.EndPoints)
                kestrel.Listen(endPoint, listen => listen.UseHttps(certificate));
        });
        return builder.Build();
    }

    private static async Task RouteAsync(
        HttpContext context, GraphService graph, SignInService signIn, ControlService control, CancellationToken stop)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        int mark = target.IndexOf('?', StringComparison.Ordinal);
        string path = mark < 0 ? target : target[..mark];
        List<string> segments = PathText.Segments(path);
        if (graph.SecondsAhead != 0)
            context.Response.Headers.Date = DateTimeOffset.UtcNow.AddSeconds(graph.SecondsAhead).ToString("R");
        try
        {
            if (segments.Count > 0 && segments[0] == "practice")
            {
                await control.HandleAsync(context, segments, new Query(mark < 0 ? "" : target[(mark + 1)..]));
                return;
            }
            if (path.StartsWith("/v1.0/", StringComparison.OrdinalIgnoreCase))
            {
                await graph.HandleAsync(context, target[5..], stop);
                return;
            }
            if (graph.Latency > 0)
                await Task.Delay(graph.Latency, context.RequestAborted);
            if (segments.Count == 0 || !await signIn.HandleAsync(context, segments))
                context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        catch (Exception error) when (error is OperationCanceledException or IOException
            && (context.RequestAborted.IsCancellationRequested || stop.IsCancellationRequested))
        {
            // The caller went away, or the server ends; nobody is left to answer.
        }
    }

    private static ReadyApp Describe(TenantState tenant, Application application, Dictionary<Guid, (string File, string Password)> keys)
    {
        bool keyed = keys.TryGetValue(application.AppId, out (string File, string Password) key);
        return new ReadyApp
        {
            DisplayName = application.DisplayName,
            AppId = application.AppId,
            Secret = application.Secrets.Count > 0 ? application.Secrets[0].Text : null,
            CertificateFile = keyed ? key.File : null,
            CertificatePassword = keyed ? key.Password : null,
            PublicClient = application.PublicClient,
            About = application.About,
            Permissions = application.PublicClient ? application.DelegatedPermissions : application.Permissions,
            Roles = tenant.ActiveAssignments(application.ServicePrincipalId).Where(assignment => assignment.TenantWide)
                .Select(assignment => tenant.FindRole(assignment.RoleId)?.Name ?? assignment.RoleId.ToString()).ToList(),
        };
    }

    /// <summary>Ctrl+C belongs to the program that runs the server, not to the server.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
