using System.Collections.Generic;

namespace PasswordOps.Core.Contacts;

/// <summary>One row of a sheet as it was read. Holds contact data: never log it.</summary>
/// <param name="Number">Line of the file on which the row begins, from 1; the header is usually 1.</param>
/// <param name="Cells">Cells by the column that they belong to; a column that the sheet does not have is absent.</param>
public sealed record SheetRow(int Number, IReadOnlyDictionary<SheetColumn, string> Cells)
{
    /// <summary>Why the row cannot be read, naming row and column; null when it can. Rows after it are read all the same.</summary>
    public PasswordOpsException? Error { get; init; }

    /// <summary>A row that cannot be read.</summary>
    /// <param name="number">Line on which it begins.</param>
    /// <param name="error">Why.</param>
    /// <returns>The row, without cells.</returns>
    public static SheetRow Broken(int number, PasswordOpsException error) =>
        new(number, new Dictionary<SheetColumn, string>()) { Error = error };

    /// <summary>Only the number.</summary>
    /// <returns>The row's number.</returns>
    public override string ToString() => "row " + Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
