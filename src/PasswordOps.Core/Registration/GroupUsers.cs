using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Registration;

/// <summary>Reads who is in a group, and says so where its membership is hidden.</summary>
internal static class GroupUsers
{
    private const string HiddenPermission = "Member.Read.Hidden";

    /// <summary>Reads the users in a group and in the groups inside it, each once.</summary>
    /// <param name="connection">Session with the tenant.</param>
    /// <param name="group">Object id or display name.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The users.</returns>
    /// <exception cref="PasswordOpsException">There is no such group, or who is in it cannot be seen.</exception>
    public static async Task<IReadOnlyList<DirectoryUser>> ReadAsync(IConnection connection, string group, CancellationToken stop)
    {
        DirectoryGroup found = await connection.Directory.FindGroupAsync(group, stop).ConfigureAwait(false);
        Dictionary<string, DirectoryUser> users = new(StringComparer.OrdinalIgnoreCase);
        await connection.Directory.ReadGroupUsersAsync(
            found.Id,
            page =>
            {
                foreach (DirectoryUser user in page)
                {
                    users[user.Id] = user;
                }
            },
            stop).ConfigureAwait(false);
        if (users.Count == 0 && found.IsMembershipHidden && !connection.Context.HasPermission(HiddenPermission))
        {
            throw new PasswordOpsException(
                "GroupMembersHidden",
                ErrorKind.PermissionDenied,
                Text.Of($"The membership of the group {found.DisplayName} is hidden, and the service shows nobody of it."),
                Text.Of($"Grant the permission {HiddenPermission}, then connect again."));
        }

        return users.Values.ToArray();
    }
}
