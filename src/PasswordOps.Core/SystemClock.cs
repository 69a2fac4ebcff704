using System;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core;

/// <summary>The machine's own clock.</summary>
public sealed class SystemClock : IClock
{
    /// <summary>The one instance.</summary>
    public static SystemClock Instance { get; } = new();

    /// <inheritdoc/>
    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    /// <inheritdoc/>
    public Task DelayAsync(TimeSpan time, CancellationToken stop) => Task.Delay(time, stop);
}
