using System;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.SambaDomain;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory;

/// <summary>One running domain for all tests of the collection, which run one after another.</summary>
public sealed class SambaFixture : IDisposable
{
    private readonly Lazy<RunningDomain> domain = new(RunningDomain.Start);

    public string? Missing { get; } = RunningDomain.Missing();

    public RunningDomain Domain
    {
        get
        {
            // Decided when the first test starts: the domain itself takes the ports that are looked for.
            Skip.If(Missing is not null, Missing);
            return domain.Value;
        }
    }

    public DomainConnectionOptions Options(string caller, DomainTransport transport = DomainTransport.Ldaps, int? port = null) =>
        Options(Domain[caller].UserPrincipalName, Domain[caller].Password, transport, port);

    public DomainConnectionOptions Options(
        string? user, string? password, DomainTransport transport = DomainTransport.Ldaps, int? port = null) => new()
    {
        Server = Domain.Ready.Server,
        Port = port,
        Transport = transport,
        UserName = user,
        Password = password is null ? null : Secret(password),
        TrustedCertificate = Domain.Ready.CaFile,
        Timeout = TimeSpan.FromSeconds(20),
    };

    public async Task<IActiveDirectory> OpenAsync(string caller, DomainTransport transport = DomainTransport.Ldaps) =>
        await OpenAsync(Options(caller, transport));

    /// <summary>Another port on the address of the domain controller, for which its certificate is good.</summary>
    internal Relay Relay() => new(Domain.Ready.Server, Domain.Ready.Server, Domain.Ready.Port);

    /// <summary>Signs in and out again.</summary>
    public async Task SignInAsync(string user, string password)
    {
        using IActiveDirectory session = await OpenAsync(Options(Domain[user].UserPrincipalName, password));
    }

    public async Task<PasswordOpsException> RefusalAsync(string user, string password) =>
        await Assert.ThrowsAsync<PasswordOpsException>(() => SignInAsync(user, password));

    public static Task<IActiveDirectory> OpenAsync(DomainConnectionOptions options) =>
        new PasswordOps.OnPremises.ActiveDirectory.ActiveDirectoryAccess().OpenAsync(options, CancellationToken.None);

    public static Password Secret(string text) => new(text.ToCharArray());

    public void Dispose()
    {
        if (domain.IsValueCreated)
        {
            domain.Value.Dispose();
        }
    }
}
