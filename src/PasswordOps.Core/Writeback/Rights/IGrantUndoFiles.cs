namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Keeps records of grants: the port that files stand behind.</summary>
public interface IGrantUndoFiles
{
    /// <summary>Writes a record to a new file, which only its owner may read, and makes sure that it is on the disk.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="undo">The record.</param>
    /// <exception cref="PasswordOpsException"><c>FileExists</c>, <c>FileNotWritable</c>.</exception>
    void Write(string path, GrantUndo undo);

    /// <summary>Reads a record.</summary>
    /// <param name="path">Full path.</param>
    /// <returns>The record, as far as its form goes.</returns>
    /// <exception cref="PasswordOpsException"><c>GrantUndoInvalid</c>, <c>GrantUndoNotFound</c>.</exception>
    GrantUndo Read(string path);
}
