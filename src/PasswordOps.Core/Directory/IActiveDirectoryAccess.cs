using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Directory;

/// <summary>Opens connections to domain controllers of Active Directory: the port that LDAP stands behind.</summary>
public interface IActiveDirectoryAccess
{
    /// <summary>Connects to a domain controller over an encrypted and checked connection and signs in. Nothing is sent in the
    /// clear.</summary>
    /// <param name="options">Where and as whom. The password in it is only read; its owner erases it when the connection is disposed
    /// of.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The connection; dispose it.</returns>
    /// <exception cref="PasswordOpsException">For example <c>AdUnreachable</c>, <c>AdCertificateUntrusted</c>,
    /// <c>AdCertificateWrongName</c>, <c>AdSignInFailed</c>; docs/errors.md lists all.</exception>
    Task<IActiveDirectory> OpenAsync(DomainConnectionOptions options, CancellationToken stop);
}
