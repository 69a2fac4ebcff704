namespace PasswordOps.Files.Journals;

/// <summary>The key of a segment's values, as the journal keeps it: encrypted in its turn.</summary>
/// <param name="By">What protects it: one of the constants.</param>
/// <param name="Name">Thumbprint of the certificate, or which of the account's keys.</param>
/// <param name="Account">Account and machine that it was made by, for messages; null with a certificate.</param>
/// <param name="Key">The encrypted key.</param>
internal sealed record WrappedKey(string By, string Name, string? Account, byte[] Key)
{
    /// <summary>RSA-OAEP for a certificate.</summary>
    public const string Certificate = "certificate";

    /// <summary>The Data Protection API of Windows, for one account.</summary>
    public const string DataProtection = "dpapi";

    /// <summary>A key file of the account.</summary>
    public const string KeyFile = "keyfile";
}
