using System.Collections.Generic;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Tests.Passwords;

/// <summary>Counts through all that chance can give, like an odometer: each outcome once.</summary>
internal sealed class EveryOutcome : IRandomSource
{
    private readonly List<int> limits = new();
    private readonly List<int> wheels = new();
    private int at;

    public int Below(int limit)
    {
        if (at == wheels.Count)
        {
            wheels.Add(0);
            limits.Add(limit);
        }

        Assert.Equal(limits[at], limit);
        return wheels[at++];
    }

    /// <summary>Goes on to the next outcome; false when all were seen.</summary>
    public bool Advance()
    {
        at = 0;
        for (int i = wheels.Count - 1; i >= 0; i--)
        {
            if (++wheels[i] < limits[i])
            {
                return true;
            }

            wheels[i] = 0;
        }

        return false;
    }
}
