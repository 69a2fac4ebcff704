namespace PasswordOps.Core.Writeback.Servers;

/// <summary>The .NET Framework of a server.</summary>
public sealed record FrameworkRelease
{
    /// <summary>The registry's number for it, for example 528040 for 4.8.</summary>
    public required long Release { get; init; }
}
