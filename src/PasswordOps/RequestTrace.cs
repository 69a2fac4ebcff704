using System;

namespace PasswordOps;

/// <summary>
/// Carries one safe line a request from a connection, which outlives cmdlets, to whichever cmdlet shows debug messages at the moment.
/// </summary>
internal sealed class RequestTrace
{
    /// <summary>A request ended; raised on any thread.</summary>
    internal event Action<string>? Written;

    /// <summary>Tells of a request.</summary>
    /// <param name="line">Method, path without names, status, duration, request id.</param>
    internal void Write(string line) => Written?.Invoke(line);
}
