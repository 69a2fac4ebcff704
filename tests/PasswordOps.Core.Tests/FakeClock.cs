using System;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Tests;

/// <summary>A clock that stands still until somebody waits.</summary>
internal sealed class FakeClock : IClock
{
    public DateTimeOffset UtcNow { get; private set; } = new(2026, 8, 18, 9, 0, 0, TimeSpan.Zero);

    public Task DelayAsync(TimeSpan time, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        UtcNow += time;
        return Task.CompletedTask;
    }
}
