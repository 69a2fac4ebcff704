using System;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Rights;
using PasswordOps.OnPremises.ActiveDirectory;
using PasswordOps.SambaDomain;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory.Rights;

/// <summary>A domain of its own with accounts of sync engines: other tests count on rights as they are elsewhere.</summary>
public sealed class RightsFixture : IDisposable
{
    private readonly Lazy<RunningDomain> domain = new(() =>
    {
        RunningDomain started = RunningDomain.Start();
        started.AddRights();
        return started;
    });

    public string? Missing { get; } = RunningDomain.Missing();

    public RunningDomain Domain
    {
        get
        {
            Skip.If(Missing is not null, Missing);
            return domain.Value;
        }
    }

    public string BaseDn => Domain.Ready.BaseDn;

    public DomainConnectionOptions Options(string caller) => new()
    {
        Server = Domain.Ready.Server,
        UserName = Domain[caller].UserPrincipalName,
        Password = SambaFixture.Secret(Domain[caller].Password),
        TrustedCertificate = Domain.Ready.CaFile,
    };

    public Task<IDirectoryRights> OpenAsync(string caller = "Administrator") =>
        new ActiveDirectoryAccess().OpenRightsAsync(Options(caller), CancellationToken.None);

    public void Dispose()
    {
        if (domain.IsValueCreated)
        {
            domain.Value.Dispose();
        }
    }
}
