namespace PasswordOps.Core.Contacts;

/// <summary>What a write does with one field.</summary>
public enum WriteAction
{
    /// <summary>Gives the field a value where there was none.</summary>
    Add,

    /// <summary>Replaces the value.</summary>
    Replace,

    /// <summary>Takes the value away.</summary>
    Remove,
}
