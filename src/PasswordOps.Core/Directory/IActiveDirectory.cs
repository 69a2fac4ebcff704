using System;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Directory;

/// <summary>
/// A signed-in connection to one domain controller. Safe to call from several threads. Methods throw <see cref="PasswordOpsException"/>
/// whose message never holds a password; after a write that was sent and not answered, <see cref="PasswordOpsException.MayHaveHappened"/>
/// is true.
/// </summary>
public interface IActiveDirectory : IDisposable
{
    /// <summary>DNS name that the domain controller gives itself.</summary>
    string Server { get; }

    /// <summary>What the domain controller said of itself when the connection was opened.</summary>
    DomainController Controller { get; }

    /// <summary>Reads a user account; read it again after a write to see its effect.</summary>
    /// <param name="name">Which.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The account.</returns>
    /// <exception cref="PasswordOpsException"><c>AdUserNotFound</c>, <c>AdUserAmbiguous</c> and what a connection can suffer.</exception>
    Task<ActiveDirectoryAccount> FindAsync(ActiveDirectoryName name, CancellationToken stop);

    /// <summary>Reads what of the domain decides whether a password can be set.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The conditions; what may not be read is null in them.</returns>
    /// <exception cref="PasswordOpsException">What a connection can suffer.</exception>
    Task<DomainConditions> ReadConditionsAsync(CancellationToken stop);

    /// <summary>
    /// Gives an account a new password, as an administrator. All that is asked for is one modification: it happens as a whole or not at
    /// all.
    /// </summary>
    /// <param name="account">The account; it is found again by its objectGUID, so a rename in between does no harm.</param>
    /// <param name="password">The new password.</param>
    /// <param name="options">What else.</param>
    /// <param name="stop">Ends the work. Stopped after the request was sent, the password may be in force: read the account again.</param>
    /// <returns>A task that ends with the answer.</returns>
    /// <exception cref="PasswordOpsException"><c>AdRightsMissing</c>, <c>AdPasswordPolicy</c>, <c>AdHistoryNotSupported</c> and what a
    /// connection can suffer.</exception>
    Task ResetPasswordAsync(ActiveDirectoryAccount account, Password password, DomainResetOptions options, CancellationToken stop);

    /// <summary>Changes a password by knowledge of the present one; history and minimum age count.</summary>
    /// <param name="account">The account.</param>
    /// <param name="current">The present password.</param>
    /// <param name="next">The new one.</param>
    /// <param name="stop">Ends the work. Stopped after the request was sent, the new password may be in force.</param>
    /// <returns>A task that ends with the answer.</returns>
    /// <exception cref="PasswordOpsException"><c>AdCurrentPasswordWrong</c>, <c>AdPasswordPolicy</c>, <c>AdRightsMissing</c> and what a
    /// connection can suffer.</exception>
    Task ChangePasswordAsync(ActiveDirectoryAccount account, Password current, Password next, CancellationToken stop);
}
