namespace PasswordOps.Core.Contacts;

/// <summary>What the plan holds for one field of one user.</summary>
public enum ChangeAction
{
    /// <summary>The value is there already: nothing will be sent.</summary>
    Same,

    /// <summary>The field is empty and gets a value.</summary>
    Set,

    /// <summary>The value is replaced.</summary>
    Change,

    /// <summary>The value is taken away.</summary>
    Clear,

    /// <summary>It cannot be done; the reason says why.</summary>
    Blocked,
}
