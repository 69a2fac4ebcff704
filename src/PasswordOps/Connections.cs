using System;

namespace PasswordOps;

/// <summary>
/// The connection that cmdlets take when none is given: the latest of the process, so that parallel runspaces have it too.
/// </summary>
internal static class Connections
{
    private static volatile PasswordOpsConnection? latest;

    /// <summary>
    /// The latest connection; null when there is none. An older one never takes the place of one that was closed: what was meant for one
    /// tenant must not run in another.
    /// </summary>
    internal static PasswordOpsConnection? Latest
    {
        get => latest;
        set => latest = value;
    }

    /// <summary>Forgets a connection.</summary>
    /// <param name="connection">The connection that was closed.</param>
    internal static void Forget(PasswordOpsConnection connection)
    {
        if (ReferenceEquals(latest, connection))
        {
            latest = null;
        }
    }
}
