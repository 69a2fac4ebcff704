using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Reset;

/// <summary>A password for one user. Holds a password: never log it.</summary>
/// <param name="UserId">Object id.</param>
/// <param name="Password">The password.</param>
/// <param name="Force">Whether the user must change it.</param>
public sealed record PasswordWrite(string UserId, Password Password, ForceChange Force)
{
    /// <summary>Nothing of the password.</summary>
    /// <returns>The user id.</returns>
    public override string ToString() => "password of " + UserId;
}
