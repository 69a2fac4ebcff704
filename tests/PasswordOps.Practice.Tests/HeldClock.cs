using System;
using System.Threading;

namespace PasswordOps.Practice.Tests;

/// <summary>A clock that moves when it is told to, so that no test waits for a window to pass.</summary>
internal sealed class HeldClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 8, 18, 9, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    internal void Pass(double seconds) => Interlocked.Add(ref _ticks, TimeSpan.FromSeconds(seconds).Ticks);
}
