namespace PasswordOps.Core.Passwords;

/// <summary>Where a password was put for the one who hands it on.</summary>
/// <param name="Place">Where, in words; never the password.</param>
/// <param name="Reference">What finds it again: the name of a vault's secret, or the sealed text itself.</param>
public sealed record DeliveredPassword(string Place, string Reference)
{
    /// <inheritdoc/>
    public override string ToString() => Place;
}
