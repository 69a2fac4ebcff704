namespace PasswordOps;

/// <summary>A cmdlet whose answers can be asked for in another language than PowerShell's own.</summary>
internal interface IHasLanguage
{
    /// <summary>Name of a culture; null for the language of PowerShell ($PSUICulture).</summary>
    string? Language { get; }
}
