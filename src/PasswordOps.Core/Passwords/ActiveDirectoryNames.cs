namespace PasswordOps.Core.Passwords;

/// <summary>The names of an account that Windows' complexity rule looks for in its password.</summary>
/// <param name="AccountName">Its sAMAccountName; null when it is not known.</param>
/// <param name="DisplayName">Its display name; null when it has none.</param>
public sealed record ActiveDirectoryNames(string? AccountName, string? DisplayName);
