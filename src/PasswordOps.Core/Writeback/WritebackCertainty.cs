namespace PasswordOps.Core.Writeback;

/// <summary>How sure the explanation of a code is.</summary>
public enum WritebackCertainty
{
    /// <summary>No public text explains the code.</summary>
    Unlisted,

    /// <summary>Support notes, blogs or issues explain it, no document of Microsoft does.</summary>
    Likely,

    /// <summary>A document of Microsoft explains it.</summary>
    Confirmed,
}
