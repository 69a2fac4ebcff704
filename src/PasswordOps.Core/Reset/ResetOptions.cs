using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Reset;

/// <summary>What somebody asked for all users of one reset. May hold a password.</summary>
public sealed class ResetOptions
{
    /// <summary>The new password; null lets the product make one for each user. The options do not dispose it.</summary>
    public Password? Password { get; init; }

    /// <summary>Whether the user must change it; null leaves it to the route, which is yes everywhere.</summary>
    public ForceChange? ForceChange { get; init; }

    /// <summary>What a password that the product makes is good for.</summary>
    public PasswordStyle Style { get; init; }

    /// <summary>Characters of a password that the product makes; null for the usual number of its style.</summary>
    public int? Length { get; init; }

    /// <summary>Where the reset is carried out.</summary>
    public ResetVia Via { get; init; }

    /// <summary>End a lockout as well.</summary>
    public bool Unlock { get; init; }

    /// <summary>Make the user sign in again everywhere.</summary>
    public bool RevokeSessions { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Via.ToString();
}
