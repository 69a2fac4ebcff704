using System;

namespace PasswordOps.Core.Directory;

/// <summary>The password policy of an account as far as the caller may read it; what could not be read is null.</summary>
public sealed record DomainPasswordPolicy
{
    /// <summary>Distinguished name of the fine-grained policy that applies; null when it is the domain's.</summary>
    public string? FineGrained { get; init; }

    /// <summary>Fewest characters.</summary>
    public int? MinimumLength { get; init; }

    /// <summary>How long a password must be kept before its owner may change it; zero for no limit.</summary>
    public TimeSpan? MinimumAge { get; init; }

    /// <summary>After how long a password expires; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan? MaximumAge { get; init; }

    /// <summary>How many former passwords are remembered.</summary>
    public int? HistoryLength { get; init; }

    /// <summary>Three classes of characters are asked for, and the user's name may not be part of the password.</summary>
    public bool? Complexity { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FineGrained ?? Text.Of($"the domain's password policy");
}
