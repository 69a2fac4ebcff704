using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Opens connections to domain controllers for reading and writing rights: the port that LDAP stands behind.</summary>
public interface IDirectoryRightsAccess
{
    /// <summary>Connects to a domain controller over an encrypted and checked connection and signs in.</summary>
    /// <param name="options">Where and as whom. The password in it is only read; its owner erases it when the connection is disposed
    /// of.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The connection; dispose it.</returns>
    /// <exception cref="PasswordOpsException">As of <see cref="IActiveDirectoryAccess.OpenAsync"/>.</exception>
    Task<IDirectoryRights> OpenRightsAsync(DomainConnectionOptions options, CancellationToken stop);
}
