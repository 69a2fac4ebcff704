using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Contacts;

/// <summary>A contact sheet that is open for reading.</summary>
public interface ISheet : IDisposable
{
    /// <summary>Name of the file, without folder.</summary>
    string Name { get; }

    /// <summary>Header texts in the order of the file, each with the column that it was taken for.</summary>
    IReadOnlyList<KeyValuePair<string, SheetColumn>> Header { get; }

    /// <summary>Reads the rows once, as a stream; empty lines are passed over.</summary>
    /// <returns>The rows.</returns>
    /// <exception cref="PasswordOpsException">A row cannot be read: <c>SheetRowBroken</c>, which names row and column.</exception>
    IEnumerable<SheetRow> Rows();
}
