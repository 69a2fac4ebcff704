using System;
using System.Threading.Tasks;

namespace PasswordOps.Core.Directory;

/// <summary>Makes readings.</summary>
public static class Reading
{
    /// <summary>A value that was read.</summary>
    /// <typeparam name="T">What was asked for.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="at">When.</param>
    /// <returns>A known reading.</returns>
    public static Reading<T> Of<T>(T value, DateTimeOffset at) => new(value, null, at);

    /// <summary>A value that could not be read.</summary>
    /// <typeparam name="T">What was asked for.</typeparam>
    /// <param name="error">Why not.</param>
    /// <param name="at">When it was tried.</param>
    /// <returns>An unknown reading.</returns>
    public static Reading<T> Failed<T>(PasswordOpsException error, DateTimeOffset at) => new(default, error, at);

    /// <summary>Runs a read and keeps its failure as data.</summary>
    /// <typeparam name="T">What is asked for.</typeparam>
    /// <param name="read">The read.</param>
    /// <param name="clock">Gives the moment of the reading.</param>
    /// <returns>The value, or why it could not be read. Cancellation and faults that are no <see cref="PasswordOpsException"/> pass
    /// through.</returns>
    public static async Task<Reading<T>> TryAsync<T>(Func<Task<T>> read, IClock clock)
    {
        try
        {
            return Of(await read().ConfigureAwait(false), clock.UtcNow);
        }
        catch (PasswordOpsException error)
        {
            return Failed<T>(error, clock.UtcNow);
        }
    }
}
