using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Connection;
using PasswordOps.NetworkEndpoints;
using PasswordOps.OnPremises.Network;

namespace PasswordOps.OnPremises.Tests.Network;

/// <summary>The probe and its judgement, against listeners that behave as endpoints, firewalls, filters and proxies do.</summary>
public sealed class NetworkProbeTests : IDisposable
{
    private const string Endpoint = "11111111-2222-3333-4444-555555555555_66666666-7777-8888-9999-000000000000";

    private static readonly Authority Ours = new("Contoso Lab");
    private static readonly Authority Theirs = new("Fabrikam Inspection");

    private readonly List<Listener> listeners = new();

    public void Dispose() => listeners.ForEach(listener => listener.Dispose());

    [Fact]
    public async Task A_relay_that_refuses_a_request_without_a_token_is_healthy()
    {
        Listener relay = Listen(Manner.Relay);
        ConnectionReport report = await TestAsync(relay.Port);
        EndpointReport endpoint = Assert.Single(report.Endpoints);
        Assert.Equal(Verdict.Pass, endpoint.Verdict);
        Assert.Equal(Verdict.Pass, report.Verdict);
        Assert.Null(report.NextStep);
        Assert.Equal(401, endpoint.Status);
        Assert.Equal("Contoso Lab", endpoint.SignedBy);
        Assert.Contains(endpoint.TlsVersion, new[] { "TLS 1.2", "TLS 1.3" });
        Assert.NotNull(endpoint.Latency);
        Assert.Equal($"GET /{Endpoint} HTTP/1.1", Assert.Single(relay.Requests));
        Assert.Contains("MissingToken", Check(report, "answer").Evidence);
        Assert.DoesNotContain(report.Checks, check => check.Evidence.Contains(Endpoint));
    }

    [Theory]
    [InlineData(Manner.Page, "answer", Verdict.Fail)]
    [InlineData(Manner.NotFound, "answer", Verdict.Warn)]
    [InlineData(Manner.Unavailable, "answer", Verdict.Warn)]
    [InlineData(Manner.Filtered, "tls", Verdict.Fail)]
    [InlineData(Manner.Mute, "answer", Verdict.Fail)]
    [InlineData(Manner.Garbage, "tls", Verdict.Fail)]
    [InlineData(Manner.Alert, "tls", Verdict.Fail)]
    [InlineData(Manner.ResetHandshake, "tls", Verdict.Fail)]
    [InlineData(Manner.CloseHandshake, "tls", Verdict.Fail)]
    [InlineData(Manner.GarbageAnswer, "answer", Verdict.Fail)]
    [InlineData(Manner.Endless, "answer", Verdict.Fail)]
    [InlineData(Manner.Drip, "answer", Verdict.Fail)]
    [InlineData(Manner.CloseAnswer, "answer", Verdict.Fail)]
    public async Task What_an_endpoint_does_wrong_is_named_at_its_step(Manner manner, string step, Verdict verdict)
    {
        ConnectionReport report = await TestAsync(Listen(manner).Port, limit: 1);
        Assert.Equal("writeback.network." + step, report.WeakestLink!.Id);
        Assert.Equal(verdict, report.Verdict);
        Assert.NotNull(report.NextStep);
        Assert.InRange(report.Elapsed.TotalSeconds, 0, 6);
    }

    [Theory]
    [InlineData(Manner.Filtered, NetworkFault.TimedOut)]
    [InlineData(Manner.Garbage, NetworkFault.NotTls)]
    [InlineData(Manner.Alert, NetworkFault.TlsRefused)]
    [InlineData(Manner.ResetHandshake, NetworkFault.Reset)]
    [InlineData(Manner.CloseHandshake, NetworkFault.Closed)]
    [InlineData(Manner.GarbageAnswer, NetworkFault.NotHttp)]
    [InlineData(Manner.Endless, NetworkFault.TooLong)]
    [InlineData(Manner.Drip, NetworkFault.TimedOut)]
    [InlineData(Manner.CloseAnswer, NetworkFault.Closed)]
    public async Task Each_way_to_go_wrong_has_its_own_name(Manner manner, NetworkFault fault)
    {
        VisitAnswer met = await new NetworkProbe().VisitAsync(Visit(Listen(manner).Port, 1), CancellationToken.None);
        Assert.Equal(fault, met.Fault);
    }

    [Fact]
    public async Task A_closed_port_is_refused_at_once()
    {
        Listener gone = Listen(Manner.Relay);
        gone.Dispose();
        ConnectionReport report = await TestAsync(gone.Port);
        Assert.Equal("writeback.network.port", report.WeakestLink!.Id);
        Assert.Contains("Refused", report.WeakestLink.Evidence);
        Assert.InRange(report.Elapsed.TotalSeconds, 0, 2);
    }

    [Fact]
    public async Task A_slow_endpoint_is_waited_for_within_the_limit_of_each_step()
    {
        ConnectionReport report = await TestAsync(Listen(Manner.Slow).Port, limit: 4);
        Assert.Equal(Verdict.Pass, report.Verdict);
    }

    [Fact]
    public async Task Traffic_that_is_opened_on_the_way_is_told_with_the_name_of_who_signed_and_nothing_is_sent()
    {
        Listener listener = Listen(Manner.Relay, Theirs.Issue());
        ConnectionReport report = await TestAsync(listener.Port);
        Assert.Equal("writeback.network.certificate", report.WeakestLink!.Id);
        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.Contains("Fabrikam Inspection", report.Headline);
        Assert.Empty(listener.Requests);
        Assert.Equal(Verdict.NotApplicable, Check(report, "answer").Verdict);
    }

    [Fact]
    public async Task A_certificate_for_another_name_that_expired_or_is_not_valid_yet_fails()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        (X509Certificate2 Certificate, CertificateFaults Fault)[] cases =
        {
            (Ours.Issue("proxy.fabrikam.com"), CertificateFaults.WrongName),
            (Ours.Issue(notAfter: now.AddDays(-1)), CertificateFaults.Expired),
            (Ours.Issue(notBefore: now.AddDays(1)), CertificateFaults.NotYetValid),
        };
        foreach ((X509Certificate2 certificate, CertificateFaults fault) in cases)
        {
            Listener listener = Listen(Manner.Relay, certificate);
            VisitAnswer met = await new NetworkProbe().VisitAsync(Visit(listener.Port, 5), CancellationToken.None);
            Assert.Equal(fault, met.CertificateFaults);
            Assert.Equal(NetworkFault.NotTrusted, met.Fault);
            Assert.Empty(listener.Requests);
            ConnectionReport report = await TestAsync(listener.Port);
            Assert.Equal("writeback.network.certificate", report.WeakestLink!.Id);
        }
    }

    [Fact]
    public async Task Without_the_authority_named_the_lab_is_not_trusted()
    {
        VisitAnswer met = await new NetworkProbe().VisitAsync(
            Visit(Listen(Manner.Relay).Port, 5) with { Trusted = Array.Empty<byte[]>() }, CancellationToken.None);
        Assert.Equal(CertificateFaults.Untrusted, met.CertificateFaults);
        Assert.False(met.EndsInTrusted);
    }

    [Fact]
    public async Task The_list_of_revoked_certificates_is_fetched_from_where_the_certificate_says()
    {
        Listener list = Listen(Manner.Plain);
        Uri address = new($"http://127.0.0.1:{list.Port}/lab.crl");
        ConnectionReport report = await TestAsync(Listen(Manner.Relay, Ours.Issue(revocationList: address)).Port);
        Assert.Equal(Verdict.Pass, Check(report, "revocation").Verdict);
        Assert.Equal("GET /lab.crl HTTP/1.1", Assert.Single(list.Requests));

        list.Dispose();
        report = await TestAsync(Listen(Manner.Relay, Ours.Issue(revocationList: address)).Port);
        Assert.Equal(Verdict.Warn, Check(report, "revocation").Verdict);
        Assert.Equal("writeback.network.revocation", report.WeakestLink!.Id);
    }

    [Fact]
    public async Task A_proxy_that_opens_tunnels_is_gone_through_and_resolves_the_name()
    {
        Listener proxy = Listen(Manner.Proxy);
        Listener relay = Listen(Manner.Relay, Ours.Issue("relay.contoso.invalid"));
        ConnectionReport report = await TestAsync(relay.Port, proxy: proxy, host: "relay.contoso.invalid");
        Assert.Equal(Verdict.Pass, Check(report, "proxy").Verdict);
        Assert.Equal(Verdict.Pass, report.Verdict);
        Assert.Equal(401, report.Endpoints[0].Status);
        Assert.All(proxy.Requests, line => Assert.StartsWith("CONNECT relay.contoso.invalid:", line));
        Assert.Equal(Verdict.NotApplicable, Check(report, "name").Verdict);
    }

    [Fact]
    public async Task A_revocation_list_is_asked_of_the_proxy_by_its_whole_address()
    {
        Listener proxy = Listen(Manner.Proxy);
        Listener list = Listen(Manner.Plain);
        Uri address = new($"http://crl.contoso.invalid:{list.Port}/lab.crl");
        ConnectionReport report = await TestAsync(Listen(Manner.Relay, Ours.Issue(revocationList: address)).Port, proxy: proxy);
        Assert.Equal(Verdict.Pass, Check(report, "revocation").Verdict);
        Assert.Contains($"GET {address} HTTP/1.1", proxy.Requests);
    }

    [Theory]
    [InlineData(Manner.ProxySignIn, "407")]
    [InlineData(Manner.ProxyForbids, "403")]
    public async Task A_proxy_that_does_not_let_through_is_told_with_its_status(Manner manner, string status)
    {
        ConnectionReport report = await TestAsync(Listen(Manner.Relay).Port, proxy: Listen(manner));
        Assert.Equal("writeback.network.proxy", report.WeakestLink!.Id);
        Assert.Contains(status, report.WeakestLink.Evidence);
        Assert.Equal(Verdict.Fail, report.Verdict);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_told_as_such()
    {
        Listener proxy = Listen(Manner.Proxy);
        proxy.Dispose();
        ConnectionReport report = await TestAsync(Listen(Manner.Relay).Port, proxy: proxy);
        Assert.Equal("writeback.network.proxy", report.WeakestLink!.Id);
        Assert.Contains("cannot be reached", report.Headline);
    }

    [Theory]
    [InlineData(Manner.IdleReset, HoldEnd.Reset)]
    [InlineData(Manner.IdleClose, HoldEnd.Closed)]
    [InlineData(Manner.IdleGoodbye, HoldEnd.Goodbye)]
    [InlineData(Manner.IdleDrop, HoldEnd.Dropped)]
    public async Task How_a_silent_connection_ended_and_after_how_long_is_known(Manner manner, HoldEnd end)
    {
        Listener listener = Listen(manner, idle: 1);
        HoldAnswer held = await new NetworkProbe().HoldAsync(Visit(listener.Port, 1), TimeSpan.FromSeconds(2), CancellationToken.None);
        Assert.Equal(end, held.End);
        Assert.InRange(held.After.TotalSeconds, end == HoldEnd.Dropped ? 2 : 0.9, end == HoldEnd.Dropped ? 2 : 1.9);
    }

    [Fact]
    public async Task A_silent_connection_that_nobody_cuts_still_works()
    {
        Listener listener = Listen(Manner.Relay);
        HoldAnswer held = await new NetworkProbe().HoldAsync(Visit(listener.Port, 2), TimeSpan.FromSeconds(1), CancellationToken.None);
        Assert.Equal(HoldEnd.Held, held.End);
        Assert.Equal($"GET /{Endpoint} HTTP/1.1", Assert.Single(listener.Requests));
    }

    [Fact]
    public async Task Several_silent_connections_are_held_side_by_side_and_the_time_left_is_told()
    {
        int[] ports = { Listen(Manner.Relay).Port, Listen(Manner.IdleReset, idle: 1).Port, Listen(Manner.Relay).Port };
        Told progress = new();
        ConnectionReport report = await WritebackConnection.TestAsync(
            new NetworkProbe(), Options(2, ports) with { Idle = TimeSpan.FromSeconds(3) }, SystemClock.Instance, progress,
            CancellationToken.None);
        Assert.InRange(report.Elapsed.TotalSeconds, 3, 5.5);
        Assert.Equal(new HoldEnd?[] { HoldEnd.Held, HoldEnd.Reset, HoldEnd.Held }, report.Endpoints.Select(endpoint => endpoint.IdleEnd));
        Assert.Equal("writeback.network.idle", report.WeakestLink!.Id);
        Assert.Equal(Verdict.Fail, report.Verdict);
        TimeSpan[] left = progress.Seen.Select(seen => seen.Remaining!.Value).ToArray();
        Assert.True(left.Length >= 3);
        Assert.Equal(left.OrderByDescending(one => one), left);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_at_once()
    {
        using CancellationTokenSource stop = new();
        Task<ConnectionReport> test = WritebackConnection.TestAsync(
            new NetworkProbe(), Options(5, Listen(Manner.IdleDrop, idle: 60).Port, Listen(Manner.Filtered).Port) with
            {
                Idle = TimeSpan.FromMinutes(5),
            },
            SystemClock.Instance, new Told(), stop.Token);
        await Task.Delay(500);
        Stopwatch watch = Stopwatch.StartNew();
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 1);
    }

    [Fact]
    public async Task Many_dead_endpoints_take_no_longer_than_one()
    {
        int[] ports = Enumerable.Range(0, 12).Select(_ => Listen(Manner.Filtered).Port).ToArray();
        ConnectionReport report = await WritebackConnection.TestAsync(
            new NetworkProbe(), Options(1, ports), SystemClock.Instance, null, CancellationToken.None);
        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.InRange(report.Elapsed.TotalSeconds, 1, 4);
    }

    [Fact]
    public async Task A_name_that_is_none_is_told_without_an_exception()
    {
        foreach (string name in new[] { "no-such-relay.invalid", "-", "a..b", new string('x', 300) + ".invalid" })
        {
            NameAnswer answer = await new NetworkProbe().ResolveAsync(name, TimeSpan.FromSeconds(10), CancellationToken.None);
            Assert.Empty(answer.Addresses);
            Assert.NotEqual(NetworkFault.None, answer.Fault);
        }

        Assert.Contains("127.0.0.1", (await new NetworkProbe().ResolveAsync("localhost", TimeSpan.FromSeconds(10), default)).Addresses);
    }

    [Fact]
    public void The_machine_is_no_sync_server_and_its_proxy_carries_no_password()
    {
        NetworkProbe probe = new();
        Assert.False(probe.IsSyncServer);
        Assert.Equal(Environment.MachineName, probe.Machine);
        Assert.True(probe.ProxyFor(new Uri("https://passwordreset.microsoftonline.com")) is not { UserInfo.Length: > 0 });
    }

    [Fact]
    public void Certificates_are_read_as_PEM_or_DER_and_what_is_none_is_refused()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Ours.Pem + "\n" + Theirs.Pem);
            Assert.Equal(new[] { Ours.Raw, Theirs.Raw }, new NetworkProbe().ReadCertificates(file));
            File.WriteAllBytes(file, Ours.Raw);
            Assert.Equal(Ours.Raw, Assert.Single(new NetworkProbe().ReadCertificates(file)));
            foreach (string bad in new[] { string.Empty, "nothing", "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----" })
            {
                File.WriteAllText(file, bad);
                PasswordOpsException error = Assert.Throws<PasswordOpsException>(() => new NetworkProbe().ReadCertificates(file));
                Assert.Equal("CertificateUnreadable", error.Id);
            }
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal(
            "CertificateNotFound", Assert.Throws<PasswordOpsException>(() => new NetworkProbe().ReadCertificates(file)).Id);
    }

    [Theory]
    [InlineData("CN=Inspection, O=\"Fabrikam, Inc.\", C=US", "Fabrikam, Inc.")]
    [InlineData("CN=DigiCert Global Root G2, OU=www.digicert.com, O=DigiCert Inc, C=US", "DigiCert Inc")]
    [InlineData("CN=O=DigiCert Inc", "O=DigiCert Inc")]
    [InlineData("CN=\"a, O=DigiCert Inc\"", "a, O=DigiCert Inc")]
    [InlineData("C=NL", "C=NL")]
    public void Who_signed_is_named_by_organization_or_common_name(string issuer, string owner) =>
        Assert.Equal(owner, Certificate.Owner(issuer));

    private static NetworkVisit Visit(int port, double limit) => new()
    {
        Host = "127.0.0.1", Port = port, Path = "/" + Endpoint, Trusted = new[] { Ours.Raw }, Limit = TimeSpan.FromSeconds(limit),
    };

    private static ConnectionOptions Options(double limit, params int[] ports) => new()
    {
        Cloud = Cloud.Named("Global"), OnlyRelays = true, IsDirect = true, Trusted = new[] { Ours.Raw },
        Limit = TimeSpan.FromSeconds(limit),
        Relays = ports.Select(port => new RelayName { Host = "127.0.0.1", Port = port, Endpoint = Endpoint }).ToArray(),
    };

    private static Task<ConnectionReport> TestAsync(int port, double limit = 5, Listener? proxy = null, string host = "127.0.0.1")
    {
        ConnectionOptions options = Options(limit, port) with
        {
            IsDirect = proxy is null, Proxy = proxy is null ? null : new Uri($"http://127.0.0.1:{proxy.Port}"),
            Relays = new[] { new RelayName { Host = host, Port = port, Endpoint = Endpoint } },
        };
        return WritebackConnection.TestAsync(new NetworkProbe(), options, SystemClock.Instance, null, CancellationToken.None);
    }

    private static CheckResult Check(ConnectionReport report, string step) =>
        Assert.Single(report.Checks, check => check.Id == "writeback.network." + step);

    private Listener Listen(Manner manner, X509Certificate2? certificate = null, double idle = 0)
    {
        Listener listener = new(manner, certificate ?? Ours.Issue(), TimeSpan.FromSeconds(idle));
        listeners.Add(listener);
        return listener;
    }

    private sealed class Told : IProgress<BulkProgress>
    {
        public List<BulkProgress> Seen { get; } = new();

        public void Report(BulkProgress value)
        {
            lock (Seen)
            {
                Seen.Add(value);
            }
        }
    }
}
