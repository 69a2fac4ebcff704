using System;
using System.Security.Cryptography;

namespace PasswordOps.Core.Passwords;

/// <summary>Chance from the operating system's cryptographic generator, without bias.</summary>
public sealed class CryptographicRandom : IRandomSource
{
    /// <summary>The one instance.</summary>
    public static CryptographicRandom Instance { get; } = new();

    /// <inheritdoc/>
    public int Below(int limit)
    {
        if (limit < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(limit));
        }

        // Numbers above the last whole multiple of the limit would make small results likelier: draw again.
        uint ceiling = uint.MaxValue - (uint.MaxValue % (uint)limit);
        byte[] bytes = new byte[4];
        using RandomNumberGenerator generator = RandomNumberGenerator.Create();
        uint drawn;
        do
        {
            generator.GetBytes(bytes);
            drawn = BitConverter.ToUInt32(bytes, 0);
        }
        while (drawn >= ceiling);
        Array.Clear(bytes, 0, bytes.Length);
        return (int)(drawn % (uint)limit);
    }
}
