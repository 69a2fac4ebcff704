using System;

namespace PasswordOps.Core.Directory;

/// <summary>What was read, and when; or why it could not be read. What could not be read is Unknown, never assumed.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public sealed class Reading<T>
{
    private readonly T? value;

    internal Reading(T? value, PasswordOpsException? error, DateTimeOffset at)
    {
        this.value = value;
        Error = error;
        At = at;
    }

    /// <summary>True when the value was read.</summary>
    public bool IsKnown => Error is null;

    /// <summary>What was read.</summary>
    /// <exception cref="PasswordOpsException">It could not be read; the failure says why.</exception>
    public T Value => Error is null ? value! : throw Error;

    /// <summary>Why it could not be read; null when it was.</summary>
    public PasswordOpsException? Error { get; }

    /// <summary>Moment of the reading, UTC.</summary>
    public DateTimeOffset At { get; }

    /// <inheritdoc/>
    public override string ToString() => Error is null ? "read" : "not read: " + Error.Id;
}
