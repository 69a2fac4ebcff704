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

        byte[] bytes = new byte[4];
        using RandomNumberGenerator generator = RandomNumberGenerator.Create();
        int drawn = Below(limit, () =>
        {
            generator.GetBytes(bytes);
            return BitConverter.ToUInt32(bytes, 0);
        });
        Array.Clear(bytes, 0, bytes.Length);
        return drawn;
    }

    /// <summary>A number below a limit out of numbers that are even over all 32 bits.</summary>
    /// <param name="limit">At least 1.</param>
    /// <param name="draw">Gives the next of those numbers.</param>
    /// <returns>The number.</returns>
    internal static int Below(int limit, Func<uint> draw)
    {
        // Numbers above the last whole multiple of the limit would make small results likelier: draw again.
        uint ceiling = uint.MaxValue - (uint.MaxValue % (uint)limit);
        uint drawn;
        do
        {
            drawn = draw();
        }
        while (drawn >= ceiling);
        return (int)(drawn % (uint)limit);
    }
}
