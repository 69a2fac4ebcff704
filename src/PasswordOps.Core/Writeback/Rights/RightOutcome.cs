namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Whether an account has a right.</summary>
public enum RightOutcome
{
    /// <summary>It has.</summary>
    Granted,

    /// <summary>It has on some of the objects and not, or not surely, on others.</summary>
    Partly,

    /// <summary>Whether it has could not be found out.</summary>
    Unknown,

    /// <summary>It has not.</summary>
    NotGranted,
}
