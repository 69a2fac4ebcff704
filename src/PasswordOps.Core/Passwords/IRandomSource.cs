namespace PasswordOps.Core.Passwords;

/// <summary>Where chance comes from, so that tests can hold it.</summary>
public interface IRandomSource
{
    /// <summary>A number from 0 up to, not including, <paramref name="limit"/>, each equally likely.</summary>
    /// <param name="limit">At least 1.</param>
    /// <returns>The number.</returns>
    int Below(int limit);
}
