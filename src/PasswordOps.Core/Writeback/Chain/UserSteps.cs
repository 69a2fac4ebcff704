using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>The look at one user.</summary>
public static class UserSteps
{
    /// <summary>Makes the look.</summary>
    /// <param name="user">Whom, by user principal name or object id of the cloud.</param>
    /// <param name="connection">Session with the tenant; null for none.</param>
    /// <param name="open">Opens a domain controller, which the look disposes of; null for none.</param>
    /// <param name="clock">Time.</param>
    /// <returns>The look.</returns>
    public static ChainStep Of(
        string user, IConnection? connection, Func<CancellationToken, Task<IActiveDirectory>>? open, IClock clock) =>
        new(ChainLink.User, user, async stop =>
        {
            Reading<DirectoryUser>? cloud = connection is null ? null : await CloudAsync(user, connection, stop).ConfigureAwait(false);
            Reading<ActiveDirectoryAccount>? account = open is null
                ? null
                : await Reading.TryAsync(() => AccountAsync(NameOf(user, cloud), open, stop), clock).ConfigureAwait(false);
            WrittenUser facts = new(cloud, account, clock.UtcNow);
            return new ChainFindings { Checks = CheckCatalog.WrittenUser.Select(check => check.Run(facts, user)).ToArray() };
        });

    private static async Task<Reading<DirectoryUser>> CloudAsync(string user, IConnection connection, CancellationToken stop)
    {
        IReadOnlyList<Reading<DirectoryUser>> found =
            await connection.Directory.GetUsersAsync(new[] { new UserIdentity(user) }, stop).ConfigureAwait(false);
        return found[0];
    }

    private static async Task<ActiveDirectoryAccount> AccountAsync(
        ActiveDirectoryName name, Func<CancellationToken, Task<IActiveDirectory>> open, CancellationToken stop)
    {
        using IActiveDirectory directory = await open(stop).ConfigureAwait(false);
        return await directory.FindAsync(name, stop).ConfigureAwait(false);
    }

    // The security identifier that the cloud knows finds the account whatever its names are now.
    private static ActiveDirectoryName NameOf(string user, Reading<DirectoryUser>? cloud) => new(
        cloud is { IsKnown: true } && cloud.Value.OnPremisesSecurityIdentifier is string sid ? sid : user);
}
