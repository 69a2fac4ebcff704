namespace PasswordOps.Core.Bulk;

/// <summary>How far a run has come, by its journal.</summary>
public enum JournalPhase
{
    /// <summary>The plan is not complete: nothing was sent.</summary>
    Unplanned,

    /// <summary>Writes have begun and not every row has had its turn: it is running, or was interrupted.</summary>
    Unfinished,

    /// <summary>Every row had its turn.</summary>
    Ended,
}
