using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Passwords;

/// <summary>
/// Hands new passwords over. It does so before they are set: a password that is in force and in nobody's hands would lock its user out.
/// </summary>
public interface IPasswordDelivery
{
    /// <summary>Delivers a password that is about to be set.</summary>
    /// <param name="user">User principal name.</param>
    /// <param name="userId">Object id.</param>
    /// <param name="password">The password; not disposed.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>Where it is.</returns>
    /// <exception cref="PasswordOpsException">It could not be delivered; the reset is not done then.</exception>
    Task<DeliveredPassword> DeliverAsync(string user, string userId, Password password, CancellationToken stop);

    /// <summary>Takes back a password that was not set after all.</summary>
    /// <param name="delivered">What was delivered.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>A task that ends with the work.</returns>
    /// <exception cref="PasswordOpsException">It could not be taken back.</exception>
    Task WithdrawAsync(DeliveredPassword delivered, CancellationToken stop);
}
