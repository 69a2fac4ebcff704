namespace PasswordOps.Core.Writeback.Servers;

/// <summary>One thing that the collector was to find out: its value, or why there is none. What is not known is never assumed.</summary>
/// <typeparam name="T">What it is about.</typeparam>
public sealed class Collected<T>
    where T : class
{
    private Collected(T? value, string? error, string how)
    {
        Value = value;
        Error = error;
        How = how;
    }

    /// <summary>The value; null when it is not known.</summary>
    public T? Value { get; }

    /// <summary>Why it is not known, in the words of the server where it has any; null when it is.</summary>
    public string? Error { get; }

    /// <summary>Where on the server it was read, for example a registry path; empty when that is not known.</summary>
    public string How { get; }

    /// <inheritdoc/>
    public override string ToString() => Error is null ? "collected" : "not collected";

    internal static Collected<T> Of(T value, string how) => new(value, null, how);

    internal static Collected<T> Failed(string error, string how) => new(null, error, how);
}
