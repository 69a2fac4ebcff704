using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.SambaDomain;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory;

[Collection(SambaCollection.Name)]
public class SambaConnectTests
{
    private readonly SambaFixture samba;

    public SambaConnectTests(SambaFixture samba)
    {
        this.samba = samba;
    }

    public static TheoryData<DomainTransport> WithTls { get; } = new() { DomainTransport.Ldaps, DomainTransport.StartTls };

    [SkippableFact]
    public async Task Both_forms_of_a_name_sign_in()
    {
        using IActiveDirectory byDomain = await SambaFixture.OpenAsync(
            samba.Options(samba.Domain.Ready.NetBiosName + "\\svc-plain", samba.Domain["svc-plain"].Password));
        Assert.Equal("dc1.corp.contoso.com", byDomain.Server);
    }

    [SkippableTheory]
    [InlineData("svc-plain", "Wrong-1234", "AdSignInFailed", "52e")]
    [InlineData("nobody", "Wrong-1234", "AdSignInFailed", "52e")]
    [InlineData("svc-disabled", null, "AdSignInDisabled", "533")]
    public async Task A_refused_sign_in_says_why(string user, string? password, string id, string code)
    {
        DomainConnectionOptions options = samba.Options(user + "@corp.contoso.com", password ?? samba.Domain[user].Password);
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(() => SambaFixture.OpenAsync(options));
        Assert.Equal((id, code, ErrorKind.Authentication), (error.Id, error.ServiceCode, error.Kind));
        Assert.Contains(user + "@corp.contoso.com", error.Message);
        Assert.DoesNotContain(password ?? samba.Domain[user].Password, error.ToString());
        Assert.False(error.MayHaveHappened);
    }

    [SkippableTheory]
    [MemberData(nameof(WithTls))]
    public async Task A_certificate_of_another_authority_is_refused(DomainTransport transport)
    {
        using Authority other = new("Somebody else");
        string file = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".pem");
        File.WriteAllText(file, other.Pem);
        try
        {
            DomainConnectionOptions options = With(samba.Options("svc-reset", transport), trust: file);
            Assert.Equal("AdCertificateUntrusted", await FailureAsync(options));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(WithTls))]
    public async Task An_authority_that_the_computer_does_not_know_is_refused(DomainTransport transport) =>
        Assert.Equal(
            "AdCertificateUntrusted", await FailureAsync(With(samba.Options("svc-reset", transport), trust: string.Empty)));

    [SkippableTheory]
    [MemberData(nameof(WithTls))]
    public async Task A_certificate_for_another_name_is_refused(DomainTransport transport)
    {
        int port = transport == DomainTransport.Ldaps ? samba.Domain.Ready.Port : samba.Domain.Ready.PlainPort;
        using Relay relay = new("127.0.0.1", samba.Domain.Ready.Server, port);
        DomainConnectionOptions options = With(samba.Options("svc-reset", transport), server: "127.0.0.1", port: relay.Port);
        Assert.Equal("AdCertificateWrongName", await FailureAsync(options));
    }

    [SkippableFact]
    public async Task A_folder_with_the_certificate_does_as_well_and_nothing_of_it_stays()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            File.Copy(samba.Domain.Ready.CaFile, Path.Combine(folder.FullName, "authority.crt"));
            File.WriteAllText(Path.Combine(folder.FullName, "readme.txt"), "no certificate");
            string authority = Essence(File.ReadAllText(samba.Domain.Ready.CaFile));
            string[] before = FoldersWith(authority);
            string[] during;
            using (await SambaFixture.OpenAsync(With(samba.Options("svc-reset"), trust: folder.FullName)))
            {
                during = FoldersWith(authority).Except(before).ToArray();
                Assert.NotEmpty(during);
            }

            Assert.All(during, left => Assert.False(Directory.Exists(left), left));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Other programs of this machine make such folders too, for authorities of their own.
    private static string[] FoldersWith(string authority) => Directory.GetDirectories(Path.GetTempPath(), "passwordops-ca-*")
        .Where(folder =>
        {
            try
            {
                return Directory.GetFiles(folder).Any(file => Essence(File.ReadAllText(file)) == authority);
            }
            catch (IOException)
            {
                return false;
            }
        })
        .ToArray();

    private static string Essence(string pem) => string.Concat(pem.Where(c => !char.IsWhiteSpace(c)));

    [SkippableFact]
    public async Task LDAPS_to_the_plain_port_sends_no_password()
    {
        DomainConnectionOptions options = With(samba.Options("svc-reset"), port: samba.Domain.Ready.PlainPort);
        Assert.Equal("AdTlsFailed", await FailureAsync(options));
    }

    /// <summary>A listener in the place of a domain controller hears nothing of the password, whatever the way.</summary>
    [SkippableTheory]
    [MemberData(nameof(WithTls))]
    public async Task A_listener_without_TLS_never_hears_the_password(DomainTransport transport)
    {
        DomainConnectionOptions options = samba.Options("svc-reset", transport);
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using MemoryStream heard = new();
        using CancellationTokenSource end = new();
        Task listening = ListenAsync(listener, heard, end.Token);
        await FailureAsync(With(
            options, server: "127.0.0.1", port: ((IPEndPoint)listener.LocalEndpoint).Port, timeout: TimeSpan.FromSeconds(2)));
        end.Cancel();
        listener.Stop();
        await listening;
        string text = System.Text.Encoding.Latin1.GetString(heard.ToArray());
        Assert.NotEmpty(text);
        Assert.DoesNotContain(samba.Domain["svc-reset"].Password, text);
        Assert.DoesNotContain("svc-reset", text);
    }

    [SkippableFact]
    public async Task A_closed_port_and_an_unknown_name_are_told_apart()
    {
        PasswordOpsException closed = await Assert.ThrowsAsync<PasswordOpsException>(
            () => SambaFixture.OpenAsync(With(samba.Options("svc-reset"), port: ClosedPort())));
        Assert.Equal("AdUnreachable", closed.Id);
        Assert.Contains("refused", closed.Message);
        Assert.Equal("AdServerUnknown", await FailureAsync(With(samba.Options("svc-reset"), server: "dc1.nowhere.invalid")));
    }

    [SkippableTheory]
    [InlineData(DomainTransport.Ldaps)]
    [InlineData(DomainTransport.StartTls)]
    [InlineData(DomainTransport.Negotiate)]
    public async Task A_server_that_says_nothing_ends_in_time(DomainTransport transport)
    {
        TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        try
        {
            DomainConnectionOptions options = transport == DomainTransport.Negotiate
                ? samba.Options((string?)null, null, transport)
                : samba.Options("svc-reset", transport);
            Stopwatch waited = Stopwatch.StartNew();
            int port = ((IPEndPoint)silent.LocalEndpoint).Port;
            string id = await FailureAsync(With(options, server: "127.0.0.1", port: port, timeout: TimeSpan.FromSeconds(1)));
            Assert.Contains(id, new[] { "AdTimeout", "AdTicketMissing" });
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(6), $"{waited.Elapsed}");
        }
        finally
        {
            silent.Stop();
        }
    }

    [SkippableFact]
    public async Task A_write_whose_answer_does_not_come_may_have_happened()
    {
        using Relay relay = samba.Relay();
        using IActiveDirectory session = await SambaFixture.OpenAsync(
            With(samba.Options("svc-reset"), port: relay.Port, timeout: TimeSpan.FromSeconds(2)));
        ActiveDirectoryAccount account = await session.FindAsync(
            new ActiveDirectoryName(samba.Domain["user48"].SecurityIdentifier), CancellationToken.None);
        relay.Silent = true;
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(() => session.ResetPasswordAsync(
            account, SambaFixture.Secret(RunningDomain.NewPassword()), new DomainResetOptions(), CancellationToken.None));
        Assert.Equal("AdTimeout", error.Id);
        Assert.True(error.MayHaveHappened);
    }

    [SkippableFact]
    public async Task A_session_outlives_a_line_that_broke()
    {
        using Relay relay = samba.Relay();
        using IActiveDirectory session = await SambaFixture.OpenAsync(With(samba.Options("svc-reset"), port: relay.Port));
        ActiveDirectoryName name = new(samba.Domain["user47"].SecurityIdentifier);
        ActiveDirectoryAccount account = await session.FindAsync(name, CancellationToken.None);
        relay.Cut();
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(() => session.ResetPasswordAsync(
            account, SambaFixture.Secret(RunningDomain.NewPassword()), new DomainResetOptions(), CancellationToken.None));
        Assert.Equal("AdConnectionLost", error.Id);
        Assert.True(error.MayHaveHappened);

        string password = RunningDomain.NewPassword();
        await session.ResetPasswordAsync(account, SambaFixture.Secret(password), new DomainResetOptions(), CancellationToken.None);
        await samba.SignInAsync("user47", password);
    }

    [SkippableFact]
    public async Task A_domain_controller_that_went_down_is_unreachable_and_then_serves_again()
    {
        using IActiveDirectory session = await samba.OpenAsync("svc-reset");
        ActiveDirectoryName name = new(samba.Domain["user46"].SecurityIdentifier);
        ActiveDirectoryAccount account = await session.FindAsync(name, CancellationToken.None);
        samba.Domain.Stop();
        try
        {
            PasswordOpsException broke = await Assert.ThrowsAsync<PasswordOpsException>(
                () => session.FindAsync(name, CancellationToken.None));
            Assert.Contains(broke.Id, new[] { "AdConnectionLost", "AdUnreachable" });
            PasswordOpsException down = await Assert.ThrowsAsync<PasswordOpsException>(() => session.ResetPasswordAsync(
                account, SambaFixture.Secret(RunningDomain.NewPassword()), new DomainResetOptions(), CancellationToken.None));
            Assert.Equal("AdUnreachable", down.Id);
            Assert.False(down.MayHaveHappened);
        }
        finally
        {
            samba.Domain.Run();
        }

        string password = RunningDomain.NewPassword();
        await session.ResetPasswordAsync(account, SambaFixture.Secret(password), new DomainResetOptions(), CancellationToken.None);
        await samba.SignInAsync("user46", password);
    }

    [SkippableFact]
    public async Task A_closed_session_says_so()
    {
        IActiveDirectory session = await samba.OpenAsync("svc-reset");
        session.Dispose();
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(
            () => session.FindAsync(new ActiveDirectoryName("anna"), CancellationToken.None));
        Assert.Equal("ConnectionClosed", error.Id);
    }

    [SkippableFact]
    public async Task Kerberos_signs_in_and_resets_from_the_ticket_cache()
    {
        _ = samba.Domain;
        Skip.If(!File.Exists("/usr/bin/kinit"), "Needs Kerberos' tools: apt-get install krb5-user libsasl2-modules-gssapi-mit");
        string cache = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        NativeEnvironment.Set("KRB5_CONFIG", samba.Domain.Ready.KrbConfig);
        NativeEnvironment.Set("KRB5CCNAME", cache);
        try
        {
            DomainConnectionOptions options = samba.Options((string?)null, null, DomainTransport.Negotiate);
            Assert.Equal("AdTicketMissing", await FailureAsync(options));

            DomainAccount caller = samba.Domain["svc-reset"];
            using (Process kinit = Process.Start(new ProcessStartInfo("kinit", new[] { caller.Name + "@CORP.CONTOSO.COM" })
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
                Environment = { ["KRB5_CONFIG"] = samba.Domain.Ready.KrbConfig, ["KRB5CCNAME"] = cache },
            })!)
            {
                await kinit.StandardInput.WriteLineAsync(caller.Password);
                await kinit.WaitForExitAsync();
                Assert.Equal(0, kinit.ExitCode);
            }

            using IActiveDirectory session = await SambaFixture.OpenAsync(options);
            ActiveDirectoryAccount account = await session.FindAsync(
                new ActiveDirectoryName(samba.Domain["user45"].SecurityIdentifier), CancellationToken.None);
            string password = RunningDomain.NewPassword();
            await session.ResetPasswordAsync(account, SambaFixture.Secret(password), new DomainResetOptions(), CancellationToken.None);
            await samba.SignInAsync("user45", password);
        }
        finally
        {
            NativeEnvironment.Set("KRB5_CONFIG", null);
            NativeEnvironment.Set("KRB5CCNAME", null);
            File.Delete(cache);
        }
    }

    private static async Task<string> FailureAsync(DomainConnectionOptions options) =>
        (await Assert.ThrowsAsync<PasswordOpsException>(() => SambaFixture.OpenAsync(options))).Id;

    private static DomainConnectionOptions With(
        DomainConnectionOptions from, string? server = null, int? port = null, string? trust = null, TimeSpan? timeout = null) => new()
    {
        Server = server ?? from.Server,
        Port = port,
        Transport = from.Transport,
        UserName = from.UserName,
        Password = from.Password,
        TrustedCertificate = trust is null ? from.TrustedCertificate : trust.Length == 0 ? null : trust,
        Timeout = timeout ?? from.Timeout,
    };

    private static int ClosedPort()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }

    private static async Task ListenAsync(TcpListener listener, MemoryStream heard, CancellationToken end)
    {
        List<Task> lines = new();
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(end);
                lines.Add(HearAsync(client, heard, end));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            foreach (Task line in lines)
            {
                await line.ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private static async Task HearAsync(TcpClient client, MemoryStream heard, CancellationToken end)
    {
        using (client)
        {
            byte[] buffer = new byte[4_096];
            while (await client.GetStream().ReadAsync(buffer, end) is int count and > 0)
            {
                lock (heard)
                {
                    heard.Write(buffer, 0, count);
                }
            }
        }
    }
}
