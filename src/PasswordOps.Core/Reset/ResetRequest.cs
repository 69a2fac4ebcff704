using System;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Reset;

/// <summary>What somebody asked for one user. May hold a password.</summary>
public sealed class ResetRequest
{
    /// <summary>Creates a request.</summary>
    /// <param name="identity">Whose password.</param>
    public ResetRequest(UserIdentity identity)
    {
        Identity = identity ?? throw new ArgumentNullException(nameof(identity));
    }

    /// <summary>Whose password.</summary>
    public UserIdentity Identity { get; }

    /// <summary>The new password; null lets the product make one. The request does not dispose it.</summary>
    public Password? Password { get; init; }

    /// <summary>Whether the user must change it; null leaves it to the route, which is yes everywhere.</summary>
    public ForceChange? ForceChange { get; init; }

    /// <summary>Characters of a password that the product makes.</summary>
    public int Length { get; init; } = PasswordGenerator.DefaultLength;

    /// <inheritdoc/>
    public override string ToString() => Identity.Value;
}
