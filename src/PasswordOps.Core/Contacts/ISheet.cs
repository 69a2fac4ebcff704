using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Contacts;

/// <summary>A contact sheet that is open for reading.</summary>
public interface ISheet : IDisposable
{
    /// <summary>Name of the file, without folder.</summary>
    string Name { get; }

    /// <summary>Name of the encoding that was found out, such as <c>utf-8</c>.</summary>
    string EncodingName { get; }

    /// <summary>The delimiter that was found out.</summary>
    char Delimiter { get; }

    /// <summary>Headings in the order of the file, each with the column that it was taken for.</summary>
    IReadOnlyList<SheetHeading> Header { get; }

    /// <summary>
    /// Reads the rows once, as a stream; empty lines are passed over. A row that cannot be read comes with its error
    /// (<c>SheetRowBroken</c>) and the next ones follow; where the reader cannot find the next row, the broken one is the last.
    /// </summary>
    /// <returns>The rows.</returns>
    /// <exception cref="PasswordOpsException">The file can no longer be read: <c>SheetUnreadable</c>.</exception>
    IEnumerable<SheetRow> Rows();
}
