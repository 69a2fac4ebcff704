namespace PasswordOps.Core.Writeback.Rights;

/// <summary>What became of a change of a list.</summary>
public enum GrantStatus
{
    /// <summary>Written, and read back as written.</summary>
    Done,

    /// <summary>The list is already so.</summary>
    Unchanged,

    /// <summary>Nothing was written.</summary>
    Failed,

    /// <summary>It was sent, and whether it took effect is not known: read the object before doing it again.</summary>
    Uncertain,
}
