using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;

namespace PasswordOps.Graph.Tests;

/// <summary>Time that moves only when somebody waits.</summary>
internal sealed class FakeClock : IClock
{
    private readonly object gate = new();
    private readonly List<TimeSpan> waits = new();

    public DateTimeOffset UtcNow { get; set; } = DateTimeOffset.UtcNow;

    /// <summary>Runs before each wait.</summary>
    public Action? OnWait { get; set; }

    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (gate)
            {
                return waits.ToArray();
            }
        }
    }

    public Task DelayAsync(TimeSpan time, CancellationToken stop)
    {
        OnWait?.Invoke();
        stop.ThrowIfCancellationRequested();
        lock (gate)
        {
            waits.Add(time);
            UtcNow += time;
        }

        return Task.CompletedTask;
    }
}
