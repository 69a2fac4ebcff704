namespace PasswordOps.Core.Writeback.Servers;

/// <summary>The registry value that restricts remote calls to the account database.</summary>
public sealed record RemoteSamSetting
{
    /// <summary>The descriptor in it; null when the value is not set.</summary>
    public string? Descriptor { get; init; }
}
