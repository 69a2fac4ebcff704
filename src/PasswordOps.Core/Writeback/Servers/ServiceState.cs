namespace PasswordOps.Core.Writeback.Servers;

/// <summary>A Windows service.</summary>
public sealed record ServiceState
{
    /// <summary>Running, Stopped or another of Windows' words.</summary>
    public required string State { get; init; }

    /// <summary>Auto, Manual, Disabled; null when it is not known.</summary>
    public string? StartMode { get; init; }

    /// <summary>Processes of the service's program; null when they could not be counted.</summary>
    public int? Processes { get; init; }

    /// <summary>It runs.</summary>
    public bool IsRunning => string.Equals(State, "Running", System.StringComparison.OrdinalIgnoreCase);
}
