namespace PasswordOps.Core.Writeback.Servers;

/// <summary>The scheduler of the sync engine; null for what it did not say.</summary>
public sealed record SyncScheduler
{
    /// <summary>The server stands by: it exports nothing and writes nothing back.</summary>
    public bool? Staging { get; init; }

    /// <summary>Cycles are started by themselves.</summary>
    public bool? CycleEnabled { get; init; }

    /// <summary>Cycles are held back for the time being.</summary>
    public bool? Suspended { get; init; }
}
