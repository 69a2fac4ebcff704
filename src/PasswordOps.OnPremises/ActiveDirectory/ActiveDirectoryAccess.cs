using System;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Rights;
using PasswordOps.OnPremises.ActiveDirectory.Rights;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>
/// Connects to domain controllers by LDAP. Connections are encrypted and the server's certificate is checked, always; on Linux by
/// OpenLDAP's library, on Windows by the system's.
/// </summary>
public sealed class ActiveDirectoryAccess : IActiveDirectoryAccess, IDirectoryRightsAccess
{
    private readonly IClock clock;

    /// <summary>Creates the adapter.</summary>
    public ActiveDirectoryAccess()
        : this(SystemClock.Instance)
    {
    }

    internal ActiveDirectoryAccess(IClock clock)
    {
        this.clock = clock;
    }

    /// <inheritdoc/>
    public async Task<IActiveDirectory> OpenAsync(DomainConnectionOptions options, CancellationToken stop) =>
        await OpenAsync(options, lines => DomainSession.StartAsync(lines, clock, stop), stop).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IDirectoryRights> OpenRightsAsync(DomainConnectionOptions options, CancellationToken stop) =>
        await OpenAsync(options, lines => RightsSession.StartAsync(lines, clock, stop), stop).ConfigureAwait(false);

    private async Task<T> OpenAsync<T>(DomainConnectionOptions options, Func<Lines, Task<T>> start, CancellationToken stop)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        stop.ThrowIfCancellationRequested();
        Target target = Target.Of(options);
        TrustedCertificates? trust = options.TrustedCertificate is string path ? TrustedCertificates.Load(path) : null;
        Lines lines = new(target, trust, clock);
        try
        {
            return await start(lines).ConfigureAwait(false);
        }
        catch
        {
            lines.Dispose();
            throw;
        }
    }
}
