using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Knowledge;
using PasswordOps.Core.Writeback;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Tests.Writeback.Connection;

public class WritebackConnectionTests
{
    private const string Host = "contoso-relay.servicebus.windows.net";
    private const string Endpoint = "11111111-2222-3333-4444-555555555555_66666666-7777-8888-9999-000000000000";
    private const string Reset = "passwordreset.microsoftonline.com";

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task All_well_is_a_pass_only_when_the_relay_is_the_tenants_own()
    {
        ConnectionReport own = await TestAsync(new FakeProbe());
        Assert.Equal(Verdict.Pass, own.Verdict);
        Assert.Null(own.NextStep);
        Assert.Equal(new[] { Reset, Host }, own.Endpoints.Select(endpoint => endpoint.Name));
        Assert.Equal("*.servicebus.windows.net", own.Endpoints[1].Listed);

        ConnectionReport examples = await TestAsync(new FakeProbe(), options => options with { Relays = Array.Empty<RelayName>() });
        Assert.Equal(Verdict.Unknown, examples.Verdict);
        Assert.Equal("writeback.network.relay", examples.WeakestLink!.Id);
        Assert.Equal(6, examples.Endpoints.Count);
        Assert.Equal(5, examples.Endpoints.Count(endpoint => endpoint.IsExample));
    }

    [Theory]
    [InlineData("Global", null, 6)]
    [InlineData("Global", "2.5.79.0", 6)]
    [InlineData("Global", "1.1.380.0", 6)]
    [InlineData("Global", "1.0.485.222", 7)]
    [InlineData("USGov", null, 1)]
    [InlineData("USGovDoD", null, 1)]
    [InlineData("China", null, 2)]
    public async Task The_endpoints_are_those_of_cloud_and_version(string cloud, string? version, int count)
    {
        ConnectionReport report = await TestAsync(new FakeProbe(), options => options with
        {
            Cloud = Cloud.Named(cloud), ConnectVersion = version is null ? null : Version.Parse(version),
            Relays = Array.Empty<RelayName>(),
        });
        Assert.Equal(count, report.Endpoints.Count);
        Assert.Equal(cloud == "China" ? Verdict.Pass : Verdict.Unknown, report.Verdict);
    }

    [Theory]
    [InlineData("DigiCert Inc", FakeProbe.RootOfAzure, CertificateFaults.None, Verdict.Pass, null)]
    [InlineData("DigiCert Inc", "AB", CertificateFaults.None, Verdict.Warn, "not on the list")]
    [InlineData("Fabrikam Inspection", "AB", CertificateFaults.None, Verdict.Fail, "opened on the way")]
    [InlineData("Fabrikam Inspection", "AB", CertificateFaults.Untrusted, Verdict.Fail, "opened on the way")]
    [InlineData("DigiCert Inc", FakeProbe.RootOfAzure, CertificateFaults.Untrusted, Verdict.Fail, "root is missing")]
    [InlineData("DigiCert Inc", FakeProbe.RootOfAzure, CertificateFaults.WrongName, Verdict.Fail, "another name")]
    [InlineData("DigiCert Inc", FakeProbe.RootOfAzure, CertificateFaults.Expired, Verdict.Fail, "has expired")]
    [InlineData("DigiCert Inc", FakeProbe.RootOfAzure, CertificateFaults.NotYetValid, Verdict.Fail, "clock")]
    [InlineData("DigiCert Inc", FakeProbe.RootOfAzure, CertificateFaults.Other, Verdict.Fail, "does not accept")]
    public async Task Who_signed_decides(string issuer, string root, CertificateFaults faults, Verdict verdict, string? told)
    {
        FakeProbe probe = new() { Visit = visit => FakeProbe.Of(visit, issuer, root, faults) };
        CheckResult check = Check(await TestAsync(probe), "certificate");
        Assert.Equal(verdict, check.Verdict);
        Assert.Contains(told ?? "authorities of Azure", check.Reason);
        Assert.Equal(verdict > Verdict.Pass, check.Fix is not null);
    }

    [Theory]
    [InlineData(401, Verdict.Pass)]
    [InlineData(200, Verdict.Fail)]
    [InlineData(302, Verdict.Fail)]
    [InlineData(403, Verdict.Fail)]
    [InlineData(404, Verdict.Warn)]
    [InlineData(407, Verdict.Fail)]
    [InlineData(503, Verdict.Warn)]
    [InlineData(511, Verdict.Fail)]
    public async Task A_relay_that_is_asked_for_the_endpoint_has_to_answer_401(int status, Verdict verdict)
    {
        FakeProbe probe = new() { Visit = visit => FakeProbe.Well(visit) with { Status = visit.Path.Length > 1 ? status : 200 } };
        CheckResult check = Check(await TestAsync(probe), "answer");
        Assert.Equal(verdict, check.Verdict);
        Assert.DoesNotContain(Endpoint, check.Evidence);
    }

    [Theory]
    [InlineData(200, Verdict.Pass)]
    [InlineData(401, Verdict.Pass)]
    [InlineData(500, Verdict.Warn)]
    [InlineData(407, Verdict.Fail)]
    public async Task The_reset_service_has_to_answer_at_all(int status, Verdict verdict)
    {
        FakeProbe probe = new() { Visit = visit => FakeProbe.Well(visit) with { Status = visit.Path.Length > 1 ? 401 : status } };
        Assert.Equal(verdict, Check(await TestAsync(probe), "answer").Verdict);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_ends_the_way_unless_a_proxy_resolves_it()
    {
        FakeProbe probe = new()
        {
            Name = host => host == Host
                ? new NameAnswer { Fault = NetworkFault.NameUnknown }
                : new NameAnswer { Addresses = new[] { "1.2.3.4" } },
        };
        ConnectionReport report = await TestAsync(probe);
        Assert.Equal("writeback.network.name", report.WeakestLink!.Id);
        Assert.Contains(Host, report.Headline);
        Assert.DoesNotContain(probe.Visits, visit => visit.Host == Host);

        probe.Proxy = new Uri("http://proxy.contoso.com:8080");
        Assert.Equal(Verdict.Pass, (await TestAsync(probe)).Verdict);
    }

    [Theory]
    [InlineData("10.1.2.3", Verdict.Warn)]
    [InlineData("172.31.0.1", Verdict.Warn)]
    [InlineData("192.168.1.1", Verdict.Warn)]
    [InlineData("0.0.0.0", Verdict.Warn)]
    [InlineData("127.0.0.1", Verdict.Warn)]
    [InlineData("fd00::1", Verdict.Warn)]
    [InlineData("172.32.0.1", Verdict.Pass)]
    [InlineData("2603:1000::1", Verdict.Pass)]
    public async Task A_private_address_for_a_public_name_is_looked_at(string address, Verdict verdict)
    {
        FakeProbe probe = new() { Name = _ => new NameAnswer { Addresses = new[] { address } } };
        Assert.Equal(verdict, Check(await TestAsync(probe), "name").Verdict);
    }

    [Theory]
    [InlineData(NetworkFault.NameUnknown, Verdict.Unknown)]
    [InlineData(NetworkFault.TimedOut, Verdict.Warn)]
    public async Task One_example_that_fails_proves_nothing(NetworkFault fault, Verdict verdict)
    {
        ConnectionReport report = await ExamplesAsync(fault, host => host.StartsWith("ssprdedicatedsbprodneu", StringComparison.Ordinal));
        Assert.Equal(verdict, report.Verdict);
    }

    [Theory]
    [InlineData(NetworkFault.NameUnknown, Verdict.Warn)]
    [InlineData(NetworkFault.TimedOut, Verdict.Fail)]
    public async Task All_examples_that_fail_mean_something(NetworkFault fault, Verdict verdict)
    {
        ConnectionReport report = await ExamplesAsync(fault, host => host.Contains("servicebus"));
        Assert.Equal(verdict, report.Verdict);
    }

    [Fact]
    public async Task Traffic_to_one_example_that_is_opened_is_proof()
    {
        FakeProbe probe = new()
        {
            Visit = visit => visit.Host.Contains("prodneu") ? FakeProbe.Of(visit, "Fabrikam Inspection", "AB") : FakeProbe.Well(visit),
        };
        ConnectionReport report = await TestAsync(probe, options => options with { Relays = Array.Empty<RelayName>() });
        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.Equal("writeback.network.certificate", report.WeakestLink!.Id);
    }

    [Theory]
    [InlineData(null, 407, "asks for sign-in")]
    [InlineData(null, 403, "403")]
    [InlineData(NetworkFault.NotHttp, null, "no proper answer")]
    public async Task What_a_proxy_does_is_told(NetworkFault? fault, int? status, string told)
    {
        FakeProbe probe = new()
        {
            Proxy = new Uri("http://proxy.contoso.com:8080"),
            Visit = visit => new VisitAnswer
            {
                Reached = VisitStage.Connected, Fault = fault ?? NetworkFault.ProxyRefused, ProxyStatus = status,
                ConnectTime = TimeSpan.FromMilliseconds(1),
            },
        };
        ConnectionReport report = await TestAsync(probe);
        Assert.Equal("writeback.network.proxy", report.WeakestLink!.Id);
        Assert.Contains(told, report.Headline);
        Assert.Contains("proxy.contoso.com:8080", report.WeakestLink.Evidence);
        Assert.All(probe.Visits, visit => Assert.NotNull(visit.Proxy));
        FakeProbe past = new() { Proxy = probe.Proxy };
        await TestAsync(past, options => options with { IsDirect = true });
        Assert.NotEmpty(past.Visits);
        Assert.All(past.Visits, visit => Assert.Null(visit.Proxy));
    }

    [Theory]
    [InlineData("TLS 1.3", Verdict.Pass)]
    [InlineData("TLS 1.1", Verdict.Fail)]
    public async Task Old_versions_of_TLS_are_not_enough(string version, Verdict verdict)
    {
        FakeProbe probe = new() { Visit = visit => FakeProbe.Well(visit) with { TlsVersion = version } };
        Assert.Equal(verdict, Check(await TestAsync(probe), "tls").Verdict);
    }

    [Theory]
    [InlineData("ns-prod-sn3-011.servicebus.windows.net", "sn3-011")]
    [InlineData("ns-sb2-prod-dm3-115.cloudapp.net", "dm3-115")]
    [InlineData("NS-PROD-CH3-006.cloudapp.net", "ch3-006")]
    [InlineData("waws-something.cloudapp.net", null)]
    [InlineData("production-1.contoso.com", null)]
    [InlineData(null, null)]
    public void The_alias_of_a_relay_shows_where_its_gateways_are(string? alias, string? stamp) =>
        Assert.Equal(stamp, EndpointTest.StampIn(alias));

    [Theory]
    [InlineData(NetworkFault.None, Verdict.Pass)]
    [InlineData(NetworkFault.TimedOut, Verdict.Fail)]
    [InlineData(NetworkFault.NameUnknown, Verdict.NotApplicable)]
    public async Task Gateways_behind_the_relay_are_sampled(NetworkFault fault, Verdict verdict)
    {
        FakeProbe probe = new()
        {
            Name = host => host.StartsWith("g", StringComparison.Ordinal) && fault == NetworkFault.NameUnknown
                ? new NameAnswer { Fault = fault }
                : new NameAnswer { Addresses = new[] { "1.2.3.4" }, Alias = "ns-prod-sn3-011.cloudapp.net" },
            Visit = visit => visit.Host.StartsWith("g", StringComparison.Ordinal) && fault != NetworkFault.None
                ? new VisitAnswer { Fault = fault }
                : FakeProbe.Well(visit),
        };
        ConnectionReport report = await TestAsync(probe);
        Assert.Equal(verdict, Check(report, "gateway").Verdict);
        Assert.Equal(
            fault != NetworkFault.NameUnknown,
            probe.Visits.Any(visit => visit.Host == "g127-prod-sn3-011-sb.servicebus.windows.net"));
    }

    [Theory]
    [InlineData(null, 180, HoldEnd.Held, 180, Verdict.Pass)]
    [InlineData(null, 60, HoldEnd.Held, 60, Verdict.Unknown)]
    [InlineData(null, 120, HoldEnd.Held, 120, Verdict.Unknown)]
    [InlineData(null, 180, HoldEnd.Reset, 60, Verdict.Fail)]
    [InlineData(null, 180, HoldEnd.Closed, 119, Verdict.Fail)]
    [InlineData(null, 180, HoldEnd.Closed, 121, Verdict.Warn)]
    [InlineData(null, 300, HoldEnd.Reset, 240, Verdict.Pass)]
    [InlineData(null, 120, HoldEnd.Dropped, 120, Verdict.Fail)]
    [InlineData(null, 180, HoldEnd.Dropped, 180, Verdict.Warn)]
    [InlineData(null, 300, HoldEnd.Dropped, 300, Verdict.Warn)]
    [InlineData(null, 180, HoldEnd.Goodbye, 120, Verdict.Unknown)]
    [InlineData(null, 300, HoldEnd.Goodbye, 200, Verdict.Pass)]
    [InlineData("1.1.380.0", 600, HoldEnd.Held, 600, Verdict.Pass)]
    [InlineData("1.1.380.0", 600, HoldEnd.Reset, 200, Verdict.Fail)]
    [InlineData("1.1.380.0", 600, HoldEnd.Reset, 300, Verdict.Warn)]
    public async Task Silence_is_judged_by_what_the_version_needs(string? version, int held, HoldEnd end, int after, Verdict verdict)
    {
        FakeProbe probe = new() { Hold = (_, _) => new HoldAnswer { End = end, After = TimeSpan.FromSeconds(after) } };
        ConnectionReport report = await TestAsync(probe, options => options with
        {
            ConnectVersion = version is null ? null : Version.Parse(version), Idle = TimeSpan.FromSeconds(held),
        });
        Assert.Equal(verdict, Check(report, "idle").Verdict);
        Assert.Equal(version is not null, report.Limits.Any(limit => limit.Contains("4 minutes") && limit.Contains("10")));
        Assert.Equal(end, report.Endpoints[0].IdleEnd);
    }

    [Fact]
    public async Task What_cannot_be_known_from_here_is_said()
    {
        ConnectionReport report = await TestAsync(new FakeProbe { Machine = "LAPTOP7", IsSyncServer = false });
        Assert.Contains(report.Limits, limit => limit.Contains("LAPTOP7") && limit.Contains("no Microsoft Entra Connect"));
        Assert.Contains(report.Limits, limit => limit.Contains("-IdleSeconds"));
        Assert.DoesNotContain(report.Limits, limit => limit.Contains("4 minutes"));
        Assert.DoesNotContain(report.Checks, check => check.Id == "writeback.network.idle");
    }

    [Theory]
    [InlineData("contoso-relay", "contoso-relay.servicebus.windows.net", 443, null)]
    [InlineData("contoso-relay.servicebus.windows.net", Host, 443, null)]
    [InlineData("https://contoso-relay.servicebus.windows.net/" + Endpoint, Host, 443, Endpoint)]
    [InlineData("127.0.0.1:8443", "127.0.0.1", 8443, null)]
    [InlineData("localhost:8443/x", "localhost", 8443, "x")]
    [InlineData("[::1]:8443", "::1", 8443, null)]
    public void An_endpoint_is_taken_in_its_forms(string text, string host, int port, string? endpoint)
    {
        RelayName relay = WritebackConnection.Relay(text, Cloud.Named("Global"));
        Assert.Equal((host, port, endpoint), (relay.Host, relay.Port, relay.Endpoint));
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://contoso.com")]
    [InlineData("https://user:word@contoso.com")]
    [InlineData("a b.contoso.com")]
    [InlineData("contoso.com:99999")]
    [InlineData("contoso.com/x?y=z")]
    public void What_is_no_endpoint_is_refused(string text) =>
        Assert.Equal("EndpointInvalid", Assert.Throws<PasswordOpsException>(() => RelayName.Parse(text)).Id);

    [Fact]
    public void The_relays_of_a_tenant_are_found_in_its_events_the_newest_first()
    {
        IReadOnlyList<RelayName> found = RelayEvents.In(
            new[]
            {
                Event(31019, 0, "Namespace: ssprdedicatedsbprodneu, Endpoint: " + Endpoint),
                Event(31034, 5, $"Cannot connect to sb://ssprdedicatedsbprodfra-1.servicebus.windows.net/{Endpoint}/ again"),
                Event(31019, 9, "https://g15-prod-sn3-011-sb.servicebus.windows.net/x"),
                Event(31019, 9, "https://evil.servicebus.windows.net.contoso.com/x and xservicebus.windows.net"),
                Event(31002, 9, "sb://other.servicebus.windows.net/"),
            },
            Cloud.Named("Global"));
        Assert.Equal(
            new[] { "ssprdedicatedsbprodfra-1.servicebus.windows.net", "ssprdedicatedsbprodneu.servicebus.windows.net" },
            found.Select(relay => relay.Host));
        Assert.All(found, relay => Assert.Equal((443, Endpoint), (relay.Port, relay.Endpoint)));
    }

    [Fact]
    public void The_data_says_what_is_reviewed_and_each_authority_is_a_SHA_256()
    {
        string[] tables = { "writeback-endpoints", "writeback-idle", "azure-authorities" };
        Assert.All(tables, name => Assert.NotEmpty(KnowledgeTable.Load(name).Rows));
        Assert.All(KnowledgeTable.Load("azure-authorities").Rows, row => Assert.Matches("^[0-9A-F]{64}$", row["sha256"]));
        Assert.All(
            KnowledgeTable.Load("writeback-endpoints").Rows.SelectMany(row => row["clouds"].Split(',')),
            cloud => Assert.Contains(cloud, Cloud.Names));
    }

    private static WritebackEvent Event(int id, int minute, string data) => new()
    {
        Provider = "PasswordResetService", Id = id, Time = Now.AddMinutes(minute), Data = data,
    };

    private static Task<ConnectionReport> ExamplesAsync(NetworkFault fault, Func<string, bool> fails)
    {
        FakeProbe probe = new();
        Func<NetworkVisit, VisitAnswer> well = probe.Visit;
        if (fault == NetworkFault.NameUnknown)
        {
            probe.Name = host => fails(host) ? new NameAnswer { Fault = fault } : new NameAnswer { Addresses = new[] { "1.2.3.4" } };
        }

        probe.Visit = visit => fails(visit.Host) ? new VisitAnswer { Fault = fault } : well(visit);
        return TestAsync(probe, options => options with { Relays = Array.Empty<RelayName>() });
    }

    private static Task<ConnectionReport> TestAsync(FakeProbe probe, Func<ConnectionOptions, ConnectionOptions>? with = null)
    {
        ConnectionOptions options = new()
        {
            Cloud = Cloud.Named("Global"), Relays = new[] { new RelayName { Host = Host, Endpoint = Endpoint } },
        };
        return WritebackConnection.TestAsync(probe, with is null ? options : with(options), new FakeClock(), null, CancellationToken.None);
    }

    private static CheckResult Check(ConnectionReport report, string step) =>
        Assert.Single(report.Checks, check => check.Id == "writeback.network." + step);
}
