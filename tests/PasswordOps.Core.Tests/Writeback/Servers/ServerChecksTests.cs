using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Tests.Writeback.Servers;

public class ServerChecksTests
{
    private const string How = "somewhere";
    private static readonly DateTimeOffset Now = new(2026, 8, 18, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_sound_server_passes_every_check_with_its_evidence()
    {
        Assert.All(Run(SoundServer(), Now), check =>
        {
            Assert.Equal((check.Id, Verdict.Pass), (check.Id, check.Verdict));
            Assert.NotEmpty(check.Evidence);
            Assert.NotEmpty(check.Source);
            Assert.Null(check.Fix);
            Assert.Equal(SoundServer().CollectedAt, check.ReadAt);
        });
    }

    [Fact]
    public void What_was_not_collected_is_unknown_and_says_why()
    {
        SyncServer server = SoundServer() with
        {
            EngineFile = Missing<string>(), Windows = Missing<ServerSystem>(), Framework = Missing<FrameworkRelease>(),
            Tls = Missing<TlsSettings>(), Clock = Missing<ServerClock>(), Service = Missing<ServiceState>(),
            Scheduler = Missing<SyncScheduler>(), Writeback = Missing<WritebackSetting>(),
            Connectors = Missing<IReadOnlyList<DomainConnector>>(), RemoteSam = Missing<RemoteSamSetting>(),
            Impersonation = Missing<IReadOnlyList<string>>(), Agent = Missing<ProvisioningAgent>(),
        };
        Assert.All(Run(server, Now).Where(check => check.Id != "writeback.server.evidence"), check =>
        {
            Assert.Equal((check.Id, Verdict.Unknown), (check.Id, check.Verdict));
            Assert.Contains("Access is denied", check.Reason);
            Assert.Contains("elevated", check.Fix);
        });
    }

    [Theory]
    [InlineData("1.0.419.910", "2026-08-18", Verdict.Fail, "knows no password writeback")]
    [InlineData("1.0.0419.0911", "2023-09-30", Verdict.Warn, "stops syncing on 2023-10-01")]
    [InlineData("1.6.16.0", "2023-10-01", Verdict.Fail, "since 2023-10-01")]
    [InlineData("2.4.27.0", "2026-09-29", Verdict.Warn, "stops syncing on 2026-09-30: 2.5.79.0")]
    [InlineData("2.4.27.0", "2026-09-30", Verdict.Fail, "since 2026-09-30: 2.5.79.0")]
    [InlineData("2.5.76.0", "2026-11-20", Verdict.Fail, "2.5.79.0 is the least")]
    [InlineData("2.5.79.0", "2026-08-23", Verdict.Pass, "still syncs")]
    [InlineData("2.5.79.0", "2026-08-25", Verdict.Warn, "leaves support on 2026-10-23, as pages say")]
    [InlineData("2.5.79.0", "2026-10-23", Verdict.Warn, "leaves support on 2026-10-23")]
    [InlineData("2.5.79.0", "2026-10-24", Verdict.Warn, "out of support since 2026-10-23, as pages say")]
    [InlineData("2.5.100.0", "2026-11-20", Verdict.Pass, "still syncs")]
    [InlineData("2.5.190.0", "2026-11-20", Verdict.Pass, "still syncs")]
    [InlineData("2.5.190.0", "2027-02-03", Verdict.Warn, "out of support since 2027-02-02")]
    [InlineData("2.6.79.0", "2026-11-20", Verdict.Warn, "recalled")]
    [InlineData("2.6.84.0", "2026-11-20", Verdict.Pass, "not known to be out of support")]
    [InlineData("2.6.92.0", "2026-11-20", Verdict.Pass, "newer than what was known")]
    [InlineData("3.0.0.0 (release)", "2026-11-20", Verdict.Pass, "newer than what was known")]
    [InlineData("2.5.190", "2026-11-20", Verdict.Pass, "2.5.190.0")]
    [InlineData("newest", "2026-11-20", Verdict.Unknown, "is no version")]
    [InlineData("2.5.190.0.1", "2026-11-20", Verdict.Unknown, "is no version")]
    [InlineData("99999999999.1", "2026-11-20", Verdict.Unknown, "is no version")]
    public void The_version_is_judged_by_the_table_and_the_day(string version, string day, Verdict verdict, string reason)
    {
        DateTimeOffset now = DateTimeOffset.Parse(day + "T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        CheckResult check = One("writeback.server.version", SoundServer() with { EngineFile = Collected<string>.Of(version, How) }, now);
        Assert.Equal(verdict, check.Verdict);
        Assert.Contains(reason, check.Reason);
        Assert.Equal(verdict != Verdict.Pass, check.Fix is not null);
        Assert.Contains(version, check.Evidence);
    }

    [Fact]
    public void Every_row_of_the_versions_has_a_source_and_its_dates_are_days()
    {
        Assert.All(ConnectVersion.All, row =>
        {
            Assert.Contains(row.Kind, new[] { "first", "fix", "floor", "supportEnds", "recalled", "release" });
            Assert.Equal(row.Kind is "floor" or "supportEnds" or "release", row.Date is not null);
            Assert.NotEmpty(row.Source);
            Assert.True(row.IsConfirmed || row.Source.Contains("quoting"));
        });
        Assert.Equal(ConnectVersion.All.Select(row => row.Version), ConnectVersion.All.Select(row => row.Version).OrderBy(one => one));
    }

    public static IEnumerable<object[]> Changes()
    {
        SyncServer sound = SoundServer();
        object[] Case(SyncServer changed, string id, Verdict verdict, string reason) => new object[] { changed, id, verdict, reason };

        SyncServer With(string state, string? start, int? processes) => sound with
        {
            Service = Collected<ServiceState>.Of(new ServiceState { State = state, StartMode = start, Processes = processes }, How),
        };
        yield return Case(With("Stopped", "Auto", 0), "writeback.server.service", Verdict.Fail, "does not run: Stopped");
        yield return Case(With("Start Pending", "Auto", 1), "writeback.server.service", Verdict.Fail, "Start Pending");
        yield return Case(With("Running", "Auto", 0), "writeback.server.service", Verdict.Warn, "no process miiserver");
        yield return Case(With("Running", "Manual", 1), "writeback.server.service", Verdict.Warn, "would not start by itself");
        yield return Case(With("Running", null, null), "writeback.server.service", Verdict.Pass, "runs");

        SyncServer Setting(bool on) => sound with
        {
            Writeback = Collected<WritebackSetting>.Of(new WritebackSetting { IsEnabled = on }, How),
        };
        yield return Case(Setting(false), "writeback.server.writeback", Verdict.Fail, "switched off");

        SyncServer Schedule(bool? staging, bool? cycle, bool? suspended) => sound with
        {
            Scheduler = Collected<SyncScheduler>.Of(
                new SyncScheduler { Staging = staging, CycleEnabled = cycle, Suspended = suspended }, How),
        };
        yield return Case(Schedule(true, true, false), "writeback.server.staging", Verdict.Warn, "staging mode");
        yield return Case(Schedule(null, true, false), "writeback.server.staging", Verdict.Unknown, "did not say");
        yield return Case(Schedule(false, false, false), "writeback.server.scheduler", Verdict.Warn, "do not start");
        yield return Case(Schedule(false, true, true), "writeback.server.scheduler", Verdict.Warn, "do not start");
        yield return Case(Schedule(false, null, null), "writeback.server.scheduler", Verdict.Unknown, "did not say");

        TlsSettings tls = sound.Tls.Value!;
        SyncServer Tls(TlsSettings settings) => sound with { Tls = Collected<TlsSettings>.Of(settings, How) };
        yield return Case(Tls(tls with { ClientEnabled = 0 }), "writeback.server.tls", Verdict.Fail, "outgoing");
        yield return Case(Tls(tls with { ClientDisabledByDefault = 1 }), "writeback.server.tls", Verdict.Fail, "outgoing");
        yield return Case(Tls(tls with { ServerEnabled = 0 }), "writeback.server.tls", Verdict.Warn, "incoming");
        yield return Case(Tls(tls with { StrongCrypto = null }), "writeback.server.tls", Verdict.Warn, "SchUseStrongCrypto not 1");
        yield return Case(
            Tls(tls with { SystemDefault32 = 0 }), "writeback.server.tls", Verdict.Warn, "SystemDefaultTlsVersions (32 bit) not 1");
        yield return Case(
            Tls(tls with { ClientEnabled = null, ClientDisabledByDefault = null, ServerEnabled = null, ServerDisabledByDefault = null }),
            "writeback.server.tls", Verdict.Pass, "on for Windows and for .NET");

        SyncServer Clock(double seconds) => sound with
        {
            Clock = Collected<ServerClock>.Of(new ServerClock { Reference = "dc01", Offset = TimeSpan.FromSeconds(seconds) }, How),
        };
        yield return Case(Clock(301), "writeback.server.clock", Verdict.Fail, "5 minutes off");
        yield return Case(Clock(-1200), "writeback.server.clock", Verdict.Fail, "20 minutes off");
        yield return Case(Clock(-90), "writeback.server.clock", Verdict.Warn, "90 seconds off");
        yield return Case(Clock(60), "writeback.server.clock", Verdict.Pass, "agrees");

        SyncServer Connectors(params DomainConnector[] all) => sound with
        {
            Connectors = Collected<IReadOnlyList<DomainConnector>>.Of(all, How),
        };
        DomainConnector connector = sound.Connectors.Value![0];
        yield return Case(Connectors(connector with { SignAndSeal = false }), "writeback.server.ldap", Verdict.Fail,
            "neither signed nor encrypted");
        yield return Case(Connectors(connector with { SignAndSeal = null }), "writeback.server.ldap", Verdict.Unknown, "8023062C");
        yield return Case(Connectors(), "writeback.server.ldap", Verdict.Unknown, "8023062C");
        yield return Case(Connectors(connector with { Account = null }), "writeback.server.connector", Verdict.Unknown,
            "not known for every forest");
        yield return Case(Connectors(), "writeback.server.connector", Verdict.Unknown, "not known for every forest");
        yield return Case(sound, "writeback.server.connector", Verdict.Pass, "more than 256 characters");

        SyncServer Sam(string? descriptor) => sound with
        {
            RemoteSam = Collected<RemoteSamSetting>.Of(new RemoteSamSetting { Descriptor = descriptor }, How),
        };
        yield return Case(Sam("O:BAG:BAD:(A;;RC;;;BA)"), "writeback.server.remoteSam", Verdict.Warn, "others than the connector account");
        yield return Case(Sam("O:BAG:BAD:(A;;RC;;;BA)(A;;RC;;;S-1-5-21-1-2-3-1105)"), "writeback.server.remoteSam", Verdict.Pass, "let in");
        yield return Case(Sam("O:BAG:BAD:(A;;RC;;;AU)"), "writeback.server.remoteSam", Verdict.Pass, "let in");
        yield return Case(Sam("O:BAG:BAD:(D;;RC;;;S-1-5-21-1-2-3-1105)"), "writeback.server.remoteSam", Verdict.Warn, "others");
        yield return Case(Sam("rubbish"), "writeback.server.remoteSam", Verdict.Warn, "others");

        SyncServer Framework(long release) => sound with
        {
            Framework = Collected<FrameworkRelease>.Of(new FrameworkRelease { Release = release }, How),
        };
        yield return Case(Framework(461_807), "writeback.server.framework", Verdict.Fail, "older than 4.7.2");
        yield return Case(Framework(461_814), "writeback.server.framework", Verdict.Warn, "4.8 is recommended");
        yield return Case(Framework(528_040), "writeback.server.framework", Verdict.Pass, "4.8 or later");

        SyncServer Windows(int build, int type) => sound with
        {
            Windows = Collected<ServerSystem>.Of(new ServerSystem { Caption = "Windows", Build = build, ProductType = type }, How),
        };
        yield return Case(Windows(9600, 3), "writeback.server.system", Verdict.Warn, "Server 2016 or later");
        yield return Case(Windows(22631, 1), "writeback.server.system", Verdict.Warn, "Server 2016 or later");
        yield return Case(Windows(20348, 2), "writeback.server.system", Verdict.Warn, "domain controller");

        yield return Case(
            sound with { Impersonation = Collected<IReadOnlyList<string>>.Of(new[] { "S-1-5-32-544", "S-1-5-19", "S-1-5-20" }, How) },
            "writeback.server.impersonation", Verdict.Warn, "lacks SERVICE");

        yield return Case(
            sound with { CollectedAt = Now.AddDays(-3) }, "writeback.server.evidence", Verdict.Unknown,
                "3 days ago and is judged as of then");
        yield return Case(sound with { CollectedAt = Now.AddHours(1) }, "writeback.server.evidence", Verdict.Warn, "in the future");
        yield return Case(sound with { Notes = new[] { "It is damaged." } }, "writeback.server.evidence", Verdict.Warn, "damaged");

        SyncServer Agent(bool installed, string? version, string? state, bool? managed) => sound with
        {
            Agent = Collected<ProvisioningAgent>.Of(
                new ProvisioningAgent { IsInstalled = installed, Version = version, State = state, IsManagedAccount = managed }, How),
        };
        yield return Case(Agent(false, null, null, null), "writeback.cloudSync.agent", Verdict.NotApplicable, "No provisioning agent");
        yield return Case(Agent(true, "1.1.976.0", "Running", true), "writeback.cloudSync.agent", Verdict.Fail, "1.1.977.0 is the least");
        yield return Case(Agent(true, "1.1.977.0", "Running", true), "writeback.cloudSync.agent", Verdict.Pass, "no published table");
        yield return Case(Agent(true, "1.1.1586.0", "Stopped", true), "writeback.cloudSync.agent", Verdict.Warn, "does not run");
        yield return Case(Agent(true, "1.1.1586.0", null, true), "writeback.cloudSync.agent", Verdict.Warn, "does not run");
        yield return Case(Agent(true, "1.1.1586.0", "Running", false), "writeback.cloudSync.agent", Verdict.Warn,
            "group managed service account");
        yield return Case(Agent(true, null, "Running", true), "writeback.cloudSync.agent", Verdict.Unknown, "not known");
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Each_change_to_a_sound_server_shows_in_its_check(SyncServer server, string id, Verdict verdict, string reason)
    {
        CheckResult check = One(id, server, Now);
        Assert.Equal(verdict, check.Verdict);
        Assert.Contains(reason, check.Reason);
        Assert.Equal(verdict > Verdict.Pass, check.Fix is not null);
    }

    internal static SyncServer SoundServer() => new()
    {
        Schema = 1,
        Tool = "PasswordOps Get-WritebackEvidence 1",
        CollectedAt = Now.AddMinutes(-10),
        Computer = "sync01.contoso.com",
        IsRedacted = false,
        EngineFile = Collected<string>.Of("2.5.190.0", How),
        EngineConfiguration = Collected<string>.Of("2.5.190.0", How),
        Windows = Collected<ServerSystem>.Of(
            new ServerSystem { Caption = "Windows Server 2022", Build = 20348, ProductType = 3 }, How),
        Framework = Collected<FrameworkRelease>.Of(new FrameworkRelease { Release = 528_049 }, How),
        Tls = Collected<TlsSettings>.Of(
            new TlsSettings
            {
                SystemDefault = 1, StrongCrypto = 1, SystemDefault32 = 1, StrongCrypto32 = 1, ClientEnabled = 1,
                ClientDisabledByDefault = 0, ServerEnabled = 1, ServerDisabledByDefault = 0,
            },
            How),
        Clock = Collected<ServerClock>.Of(new ServerClock { Reference = "dc01", Offset = TimeSpan.FromSeconds(-0.4) }, How),
        Service = Collected<ServiceState>.Of(new ServiceState { State = "Running", StartMode = "Auto", Processes = 1 }, How),
        Scheduler = Collected<SyncScheduler>.Of(
            new SyncScheduler { Staging = false, CycleEnabled = true, Suspended = false }, How),
        Writeback = Collected<WritebackSetting>.Of(new WritebackSetting { IsEnabled = true }, How),
        Connectors = Collected<IReadOnlyList<DomainConnector>>.Of(
            new[]
            {
                new DomainConnector
                {
                    Forest = "corp.contoso.com", AccountDomain = "CORP", Account = "MSOL_0123456789ab",
                    AccountSid = "S-1-5-21-1-2-3-1105", SignAndSeal = true,
                },
            },
            How),
        RemoteSam = Collected<RemoteSamSetting>.Of(new RemoteSamSetting(), How),
        Impersonation = Collected<IReadOnlyList<string>>.Of(
            new[] { "S-1-5-19", "S-1-5-20", "S-1-5-32-544", "S-1-5-6" }, How),
        Agent = Collected<ProvisioningAgent>.Of(
            new ProvisioningAgent { IsInstalled = true, Version = "1.1.1586.0", State = "Running", IsManagedAccount = true }, How),
        Events = Collected<EventExport>.Of(new EventExport { File = "events.xml", Days = 7 }, How),
    };

    private static Collected<T> Missing<T>()
        where T : class
        => Collected<T>.Failed("Access is denied.", How);

    private static CheckResult One(string id, SyncServer server, DateTimeOffset now) => Run(server, now).Single(check => check.Id == id);

    private static IReadOnlyList<CheckResult> Run(SyncServer server, DateTimeOffset now) => CheckCatalog.Server
        .Concat(CheckCatalog.CloudSync)
        .Select(check => check.Run(new ServerFacts(server, now), null)).ToArray();
}
