using System;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core;

/// <summary>Time as the product sees it, so that tests can hold it.</summary>
public interface IClock
{
    /// <summary>Now, UTC.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Waits.</summary>
    /// <param name="time">How long.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>A task that ends with the wait.</returns>
    Task DelayAsync(TimeSpan time, CancellationToken stop);
}
