using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Access;

/// <summary>What the caller's own token and roles allow, before anything is asked of the service.</summary>
internal static class CallerRights
{
    /// <summary>
    /// What sort of account is signed in. A guest shows by its user principal name; where the token gives another name, it passes for a
    /// member.
    /// </summary>
    /// <param name="caller">Who is signed in.</param>
    /// <returns>The sort.</returns>
    public static ActorKind KindOf(ConnectionContext caller) =>
        caller.IsAppOnly ? ActorKind.Application
        : caller.Account.IndexOf("#EXT#", StringComparison.OrdinalIgnoreCase) >= 0 ? ActorKind.Guest
        : ActorKind.Member;

    /// <summary>Says which permission is missing for an operation.</summary>
    /// <param name="caller">Who is signed in.</param>
    /// <param name="operation">What is wanted.</param>
    /// <returns>The failure; null when a permission is there, or when the token does not show its permissions.</returns>
    public static PasswordOpsException? MissingPermission(ConnectionContext caller, GraphOperation operation)
    {
        IReadOnlyList<string> enough = operation.Permissions(caller.IsAppOnly);
        if (enough.Count == 0)
        {
            return new PasswordOpsException(
                "AppOnlyNotSupported", ErrorKind.InvalidOperation,
                Text.Of($"An application by itself cannot {operation.Title}: the service takes this from a signed-in person only."),
                Text.Of($"Sign in as a person: Connect-PasswordOps -Interactive or -DeviceCode."));
        }

        if (caller.Permissions.Count == 0 || caller.HasPermission(enough.ToArray()))
        {
            return null;
        }

        string kind = caller.IsAppOnly ? Text.Of($"application") : Text.Of($"delegated");
        return new PasswordOpsException(
            "PermissionMissing",
            ErrorKind.PermissionDenied,
            Text.Of($"{caller.Account} cannot {operation.Title}: the token has none of the {kind} permissions that allow it "
            + $"({string.Join(", ", enough)})."),
            Text.Of($"Grant the {kind} permission {enough[0]} to application {caller.ClientId}, have an administrator consent, and connect "
                + $"again."));
    }
}
