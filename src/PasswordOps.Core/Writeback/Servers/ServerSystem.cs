namespace PasswordOps.Core.Writeback.Servers;

/// <summary>The operating system of a sync server.</summary>
public sealed record ServerSystem
{
    /// <summary>Name, for example Microsoft Windows Server 2022 Standard.</summary>
    public required string Caption { get; init; }

    /// <summary>Build, for example 20348.</summary>
    public required int Build { get; init; }

    /// <summary>1 for a workstation, 2 for a domain controller, 3 for another server; 0 when it is not known.</summary>
    public int ProductType { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Caption;
}
