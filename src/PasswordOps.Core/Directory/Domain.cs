namespace PasswordOps.Core.Directory;

/// <summary>A domain with its sign-in and password settings.</summary>
public sealed record Domain
{
    /// <summary>The number of days that means: passwords never expire.</summary>
    public const int NeverExpires = int.MaxValue;

    /// <summary>DNS name.</summary>
    public required string Name { get; init; }

    /// <summary>True when another identity provider signs its users in.</summary>
    public bool IsFederated { get; init; }

    /// <summary>New users get it.</summary>
    public bool IsDefault { get; init; }

    /// <summary>It came with the tenant.</summary>
    public bool IsInitial { get; init; }

    /// <summary>The tenant proved to own it.</summary>
    public bool IsVerified { get; init; }

    /// <summary>Days after which a password expires; null when unset, which means 90.</summary>
    public int? PasswordValidityDays { get; init; }

    /// <summary>Days before expiry from which users are told; null when unset, which means 14.</summary>
    public int? NotificationDays { get; init; }
}
