using System;
using System.Collections.Generic;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Access;

/// <summary>Who sends a request, as the access token says.</summary>
internal sealed record Caller
{
    /// <summary>No person is signed in: the application acts on its own.</summary>
    public required bool IsApplication { get; init; }

    /// <summary>Of the user, or of the service principal.</summary>
    public required Guid ObjectId { get; init; }

    public required Guid AppId { get; init; }

    public required string Name { get; init; }

    public required IReadOnlySet<string> Permissions { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>Place of the token among all that were issued.</summary>
    public required long Serial { get; init; }

    /// <summary>The client said that it answers claims challenges.</summary>
    public bool ContinuousAccess { get; init; }

    public Actor Actor => new(IsApplication, ObjectId, Name, AppId);

    public bool HasAny(IReadOnlyList<string> permissions)
    {
        foreach (string permission in permissions)
        {
            if (Permissions.Contains(permission))
                return true;
        }
        return false;
    }

    public override string ToString() => Name;
}
