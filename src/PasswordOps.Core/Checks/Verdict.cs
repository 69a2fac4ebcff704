namespace PasswordOps.Core.Checks;

/// <summary>Answer of a check. Ordered by how much attention it needs: the worst of several is the highest.</summary>
public enum Verdict
{
    /// <summary>The question does not arise here.</summary>
    NotApplicable,

    /// <summary>In order.</summary>
    Pass,

    /// <summary>It could not be found out; the reason says why.</summary>
    Unknown,

    /// <summary>Works, or may work, but somebody should look.</summary>
    Warn,

    /// <summary>Does not work.</summary>
    Fail,
}
