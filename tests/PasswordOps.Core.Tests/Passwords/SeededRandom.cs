using System;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Tests.Passwords;

/// <summary>The same numbers in every run, even over 32 bits.</summary>
internal sealed class SeededRandom : IRandomSource
{
    private ulong state;

    public SeededRandom(ulong seed)
    {
        state = seed;
    }

    public int Below(int limit) => CryptographicRandom.Below(limit, Next);

    // SplitMix64, upper half.
    private uint Next()
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (uint)((z ^ (z >> 31)) >> 32);
    }
}
