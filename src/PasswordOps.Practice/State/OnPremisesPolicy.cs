using System;
using System.Linq;

namespace PasswordOps.Practice.State;

/// <summary>The password policy of Active Directory, which counts when a reset is written back.</summary>
internal sealed record OnPremisesPolicy
{
    public int MinLength { get; init; } = 7;

    public bool Complexity { get; init; } = true;

    /// <summary>How many passwords are remembered, the one that is set now among them.</summary>
    public int History { get; init; } = 24;

    public int MinAgeDays { get; init; }

    internal bool Allows(string password, User user, DateTimeOffset now) =>
        password.Length >= MinLength
        && (!Complexity || IsComplex(password, user))
        && (user.OnPremisesPasswordChange is not { } changed || changed.AddDays(MinAgeDays) <= now)
        && !user.OnPremisesHistory.Prepend(user.OnPremisesPassword).Take(History).Any(known => known.Matches(password));

    /// <summary>Three of five kinds, letters without case being one; neither the account name nor a part of the display name.</summary>
    private static bool IsComplex(string password, User user)
    {
        bool[] kinds =
        [
            password.Any(char.IsUpper), password.Any(char.IsLower), password.Any(char.IsAsciiDigit),
            password.Any(c => !char.IsLetterOrDigit(c)), password.Any(c => char.IsLetter(c) && !char.IsUpper(c) && !char.IsLower(c)),
        ];
        return kinds.Count(present => present) >= 3
            && user.DisplayName.Split([' ', ',', '.', '-', '_', '#', '\t']).Append(user.OnPremises?.SamAccountName ?? "")
                .All(name => name.Length < 3 || !password.Contains(name, StringComparison.OrdinalIgnoreCase));
    }
}
