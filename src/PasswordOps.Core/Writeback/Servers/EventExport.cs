namespace PasswordOps.Core.Writeback.Servers;

/// <summary>The export of the Application log beside the evidence.</summary>
public sealed record EventExport
{
    /// <summary>Name of the file.</summary>
    public required string File { get; init; }

    /// <summary>Days that it covers at most.</summary>
    public int Days { get; init; }
}
