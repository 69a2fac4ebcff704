namespace PasswordOps.Core.Writeback.Servers;

/// <summary>The writeback setting of the connector to Entra ID.</summary>
public sealed record WritebackSetting
{
    /// <summary>Switched on.</summary>
    public required bool IsEnabled { get; init; }
}
