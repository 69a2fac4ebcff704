using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Contacts;

/// <summary>A contact sheet that is being written. Disposed before it is complete, it leaves nothing behind.</summary>
public interface ISheetOutput : IDisposable
{
    /// <summary>Adds a row.</summary>
    /// <param name="cells">Cells in the order of the header.</param>
    /// <exception cref="PasswordOpsException"><c>FileNotWritable</c>: for example the disk is full.</exception>
    void Write(IReadOnlyList<string> cells);

    /// <summary>Puts the sheet under its name.</summary>
    /// <exception cref="PasswordOpsException"><c>FileNotWritable</c>.</exception>
    void Complete();
}
