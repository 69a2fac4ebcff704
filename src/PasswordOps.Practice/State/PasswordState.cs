using System;
using System.Security.Cryptography;
using System.Text;

namespace PasswordOps.Practice.State;

/// <summary>A password as the tenant remembers it: enough to say whether a given text is it, and whether it must be changed.</summary>
internal sealed class PasswordState
{
    /// <summary>A password that nobody set here, so no text matches it.</summary>
    internal static readonly PasswordState Unknown = new([], [], false, false);

    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private PasswordState(byte[] salt, byte[] hash, bool forceChange, bool forceChangeWithMfa)
    {
        _salt = salt;
        _hash = hash;
        ForceChange = forceChange;
        ForceChangeWithMfa = forceChangeWithMfa;
    }

    public bool ForceChange { get; }

    public bool ForceChangeWithMfa { get; }

    /// <summary>A fast hash is right here: these passwords guard nothing, and thousands of them must be set in a second.</summary>
    public static PasswordState Of(string password, bool forceChange, bool forceChangeWithMfa = false)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(16);
        return new PasswordState(salt, Hash(salt, password), forceChange, forceChangeWithMfa);
    }

    public PasswordState WithForce(bool forceChange, bool forceChangeWithMfa) => new(_salt, _hash, forceChange, forceChangeWithMfa);

    public bool Matches(string password) =>
        _hash.Length > 0 && CryptographicOperations.FixedTimeEquals(_hash, Hash(_salt, password));

    public override string ToString() => nameof(PasswordState);

    private static byte[] Hash(byte[] salt, string password) => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(password));
}
