namespace PasswordOps.Core.Reset;

/// <summary>Whether a user must choose another password at the next sign-in.</summary>
public enum ForceChange
{
    /// <summary>Yes.</summary>
    Yes,

    /// <summary>Yes, after multifactor authentication.</summary>
    YesWithMfa,

    /// <summary>No.</summary>
    No,
}
