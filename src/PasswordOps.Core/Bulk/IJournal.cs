using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Bulk;

/// <summary>
/// A journal that is open. Entries are appended, never changed; one process at a time may append. Safe to use from several threads.
/// </summary>
public interface IJournal : IDisposable
{
    /// <summary>Full path of the file.</summary>
    string Path { get; }

    /// <summary>The run that it belongs to.</summary>
    JournalHead Head { get; }

    /// <summary>
    /// Reads the entries from the first on, as a stream, up to what was there when the reading began. A last line that was cut in the
    /// middle, as a killed process leaves it, is passed over.
    /// </summary>
    /// <param name="withValues">True to decrypt values, false to leave them null (<see cref="JournalChange.HasValues"/>), which needs no
    /// key.</param>
    /// <returns>The entries.</returns>
    /// <exception cref="PasswordOpsException"><c>JournalBroken</c> (names the line), <c>JournalKeyMissing</c>, <c>JournalUnreadable</c>.
    /// </exception>
    IEnumerable<JournalEntry> Read(bool withValues);

    /// <summary>Appends entries as one piece.</summary>
    /// <param name="entries">The entries, in order.</param>
    /// <param name="flush">True to return only when they are on the disk.</param>
    /// <exception cref="PasswordOpsException"><c>JournalNotWritable</c>: for example the disk is full.</exception>
    void Append(IReadOnlyList<JournalEntry> entries, bool flush);

    /// <summary>Closes the journal and takes its file away: nothing was done that it would have to tell of.</summary>
    void Delete();
}
