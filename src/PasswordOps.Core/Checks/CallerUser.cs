using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Checks;

/// <summary>Reads the account of a caller.</summary>
internal static class CallerUser
{
    /// <summary>Reads it.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The reading; null for an application.</returns>
    public static async Task<Reading<DirectoryUser>?> ReadAsync(IDirectory directory, ConnectionContext caller, CancellationToken stop) =>
        caller.IsAppOnly
            ? null
            : (await directory.GetUsersAsync(new[] { new UserIdentity(caller.AccountObjectId) }, stop).ConfigureAwait(false))[0];
}
